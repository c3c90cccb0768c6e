//! What the chosen split does, in words: which instruments get more, which less.

use crate::analysis::decision::Answer;
use crate::analysis::decision::optimise::{Line, Optimum};
use crate::report::decision::frame::yuan;
use crate::text::{Lang, Text};

/// Changes below this amount, 亿元, are not worth a word.
const LEAST: f64 = 0.05;
/// Share by which the parts may exceed what is expected to be paid before it is explained.
const APART: f64 = 0.01;

/// What the split is called: a recommendation only where it is better than the present one beyond the error.
pub fn name(answer: &Answer<Optimum>) -> Text {
    if answer.findings.gain.iter().any(|gain| gain.interval[0] > 0.0) {
        Text::new("推荐", "recommended")
    } else {
        Text::new("搜索所得", "found by the search")
    }
}

/// Which instruments get more and which less, and which stand at the most that is allowed.
pub fn sentence(answer: &Answer<Optimum>, lang: Lang) -> Option<String> {
    let lines = &answer.findings.instruments;
    let listed = |of: &dyn Fn(&Line) -> bool| {
        let one = |line: &Line| {
            let (name, from, to) =
                (line.instrument.name.get(lang), yuan(line.present, lang), yuan(line.best, lang));
            if lang == Lang::Zh {
                format!("{name}（{from}→{to}）")
            } else {
                format!("{name} ({from} → {to})")
            }
        };
        let all: Vec<String> = lines.iter().filter(|line| of(line)).map(one).collect();
        all.join(if lang == Lang::Zh { "、" } else { ", " })
    };
    let more = listed(&|line| line.best - line.present >= LEAST);
    let less = listed(&|line| line.present - line.best >= LEAST);
    let full = lines.iter().filter(|line| line.best > 0.0 && line.best >= line.bounds[1] - 1e-6);
    let full: Vec<&str> = full.map(|line| line.instrument.name.get(lang)).collect();
    let part = |zh: &str, en: &str, list: &str| match (list.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("{zh}{list}；"),
        (false, Lang::En) => format!("{en} {list}; "),
    };
    let parts = part("增加", "more for", &more) + &part("减少", "less for", &less);
    let parts = parts.trim_end().trim_end_matches(['；', ';']);
    if parts.is_empty() {
        return None;
    }
    let bound = match (full.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("{}已到允许的上限，再多没有查。", full.join("、")),
        (false, Lang::En) => format!(" {} at the most that is allowed; more was not tried.", full.join(", ")),
    };
    let planned = answer.findings.fixed_cost + lines.iter().map(|line| line.best).sum::<f64>();
    let paid = answer.findings.best.first().map_or(planned, |best| best.cost);
    let apart = match ((planned - paid).abs() > APART * planned.abs(), lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => format!(
            "各项合计安排{}，平均实际支出{}：按获批或签约支付的钱每次模拟不同，与安排数不必相等。",
            yuan(planned, lang),
            yuan(paid, lang)
        ),
        (true, Lang::En) => format!(
            " Set aside are {} in all, paid on average {}: what follows approvals or signings differs from trial to trial.",
            yuan(planned, lang),
            yuan(paid, lang)
        ),
    };
    Some(match lang {
        Lang::Zh => format!("这一分法与现有相比：{parts}。{bound}{apart}"),
        Lang::En => format!("Against the present plan this split means {parts}.{bound}{apart}"),
    })
}
