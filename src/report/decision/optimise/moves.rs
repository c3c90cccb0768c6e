//! What the chosen split does, in words: which instruments get more, which less.

use crate::analysis::decision::optimise::{Line, Optimum};
use crate::analysis::decision::{Answer, Estimate, QuantityInfo};
use crate::report::briefing::wording::list;
use crate::report::decision::frame::{latest_figure, yuan};
use crate::text;
use crate::text::{Lang, Text};

/// Changes below this amount, 亿元, are not worth a word.
pub(super) const LEAST: f64 = 0.05;
/// Share of the budget below which the search shifts money to and fro without meaning.
const NOISE: f64 = 0.01;

/// What the split is called: a recommendation only where it is better than the present one beyond the error.
pub fn name(answer: &Answer<Optimum>) -> Text {
    if answer.findings.certain {
        Text::new("不再花钱", "no more money")
    } else if is_recommended(answer) {
        Text::new("推荐", "recommended")
    } else {
        Text::new("搜索所得", "found by the search")
    }
}

fn is_recommended(answer: &Answer<Optimum>) -> bool {
    super::verdict::is_fair(answer)
        && super::verdict::deciding(answer).is_some_and(|gain| gain.interval[0] > 0.0)
}

/// Which instruments get more and which less, in the order of what that brings, whose money is spread otherwise, and what is
/// left. What moves the mean only is told apart.
pub fn sentence(answer: &Answer<Optimum>, lang: Lang) -> Option<String> {
    let sign = answer.findings.quantity.as_ref().map_or(1.0, QuantityInfo::sign);
    // what helps in one of the worlds helps, whichever decides by the rule
    let most = |changes: &[Estimate], sign: f64| {
        changes.iter().map(|change| sign * change.value).fold(f64::NEG_INFINITY, f64::max)
    };
    let mean_of = |line: &Line| most(&line.quantity_change, sign);
    let chance_of = |line: &Line| most(&line.change, 1.0);
    let is_surely_better = |line: &Line| line.change.iter().any(|change| change.interval[0] > 0.0);
    let is_surely_worse =
        |line: &Line| !is_surely_better(line) && line.change.iter().any(|change| change.interval[1] < 0.0);
    let differs = |change: &Estimate| change.interval[0] > 0.0 || change.interval[1] < 0.0;
    let moves_mean = |line: &Line| line.quantity_change.iter().any(differs);
    let mut lines: Vec<&Line> = answer.findings.instruments.iter().collect();
    lines.sort_by(|a, b| {
        let by_chance = chance_of(b).total_cmp(&chance_of(a));
        is_surely_better(b).cmp(&is_surely_better(a)).then(by_chance).then(mean_of(b).total_cmp(&mean_of(a)))
    });
    let listed = |of: &dyn Fn(&Line) -> bool| {
        let one = |line: &&Line| {
            let (name, from, to) =
                (line.instrument.name.get(lang), yuan(line.present, lang), yuan(line.best, lang));
            if lang == Lang::Zh {
                format!("“{name}”（{from}→{to}）")
            } else {
                format!("“{name}” ({from} → {to})")
            }
        };
        let all: Vec<String> = lines.iter().filter(|line| of(line)).map(one).collect();
        all.join(if lang == Lang::Zh { "、" } else { ", " })
    };
    // what is less than the search can tell is named apart, and no advice
    let budget = answer.findings.budget;
    let told = LEAST.max(NOISE * budget);
    let is_noise = |line: &Line| {
        let change = (line.best - line.present).abs();
        change >= LEAST && change < told && !is_surely_better(line) && !is_surely_worse(line)
    };
    let is_more = |line: &Line| line.best - line.present >= LEAST && !is_noise(line);
    let more = listed(&|line| is_more(line) && is_surely_better(line));
    let is_idle = |line: &Line| is_more(line) && !is_surely_better(line) && !is_surely_worse(line);
    let mean_only = listed(&|line| is_idle(line) && moves_mean(line));
    let neither = listed(&|line| is_idle(line) && !moves_mean(line));
    let harmful = listed(&|line| is_more(line) && is_surely_worse(line));
    let less = listed(&|line| line.present - line.best >= LEAST && !is_noise(line));
    let noise = listed(&is_noise);
    let part = |zh: (&str, &str), en: (&str, &str), list: &str| match (list.is_empty(), lang) {
        (true, _) => None,
        (false, Lang::Zh) => Some(format!("{}{list}{}", zh.0, zh.1)),
        (false, Lang::En) => Some(format!("{} {list}{}", en.0, en.1)),
    };
    let several = answer.worlds.len() > 1;
    let (all_zh, all_en) = if several { ("在各情景里", " in any of the worlds") } else { ("", "") };
    let only_mean = text!(
        "，这样加钱{all_zh}对可能性的作用都在模拟误差之内，只动均值",
        ", which changes the chance by no more than the error{all_en} and moves the mean only"
    );
    let nothing = match answer.findings.quantity.is_some() {
        true => text!(
            "，这样加钱{all_zh}对可能性和均值的作用都在模拟误差之内",
            ", which changes neither the chance nor the mean by more than the error{all_en}"
        ),
        false => text!(
            "，{all_zh}作用在模拟误差之内",
            ", which changes the chance by no more than the error{all_en}"
        ),
    };
    let one_zh = if several { "在有的情景里" } else { "" };
    let one_en = if several { " in some world" } else { "" };
    let small = text!(
        "，不到预算的百分之一，出于搜索的误差，不必照改",
        ", less than a hundredth of the budget: noise of the search, which need not be followed"
    );
    let harms = text!("，这样加钱{one_zh}反而降低可能性", ", which lowers the chance{one_en}");
    let parts = [
        part(("增加", ""), ("more for", ""), &more),
        part(("减少", ""), ("less for", ""), &less),
        part(("另外增加", &only_mean.zh), ("besides, more for", &only_mean.en), &mean_only),
        part(("另外增加", &nothing.zh), ("besides, more for", &nothing.en), &neither),
        part(("另外增加", &harms.zh), ("besides, more for", &harms.en), &harmful),
        part(("小的出入：", &small.zh), ("small changes:", &small.en), &noise),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let kept = unspent(answer, lang);
    let rearranged = super::rearranged::told(answer, lang);
    if parts.is_empty() {
        return rearranged.map(|rearranged| match lang {
            Lang::Zh => format!("这一分法与现有相比：各项工具的金额基本不变，只是{rearranged}。{kept}"),
            Lang::En => format!(
                "Against the present plan this split leaves every instrument about its amount, but {rearranged}.{kept}"
            ),
        });
    }
    let besides = rearranged.map(|rearranged| match lang {
        Lang::Zh => format!("此外，{rearranged}"),
        Lang::En => format!("besides, {rearranged}"),
    });
    let parts: Vec<String> = parts.into_iter().chain(besides).collect();
    let parts = parts.join(if lang == Lang::Zh { "；" } else { "; " });
    Some(match lang {
        Lang::Zh => format!("这一分法与现有相比：{parts}。{kept}"),
        Lang::En => format!("Against the present plan this split means {parts}.{kept}"),
    })
}

/// Whether the chosen split gives an instrument all that is merely assumed to be possible.
pub fn is_at_assumed_bound(line: &Line) -> bool {
    line.assumed && line.best > line.spent && line.best >= line.bounds[1] * 0.999
}

/// Behind the verdict: which instruments have the most money that is merely assumed to be possible, so that the bound
/// decides and not the simulation.
pub fn bound(answer: &Answer<Optimum>, lang: Lang) -> String {
    // of a split that is not recommended no bound matters
    if !is_recommended(answer) {
        return String::new();
    }
    let full = answer.findings.instruments.iter().filter(|line| is_at_assumed_bound(line));
    let full: Vec<String> = full.map(|line| format!("“{}”", line.instrument.name.get(lang))).collect();
    let these = if full.len() == 1 { "它" } else { "这几项" };
    match (full.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => {
            format!(
                "；其中{}已到假定的上限（现有的三倍），再多没有查，{these}的金额由假定的上限定出，另有依据的用 --bound 改",
                full.join("、")
            )
        }
        (false, Lang::En) => format!(
            ". {} {} at the assumed bound of three times the present money, beyond which nothing was tried: the bound sets {}, and --bound sets another",
            list(&full, lang),
            if full.len() == 1 { "is" } else { "are" },
            if full.len() == 1 { "this amount" } else { "these amounts" }
        ),
    }
}

/// From which year on money was moved, and why from then.
pub fn first_year(answer: &Answer<Optimum>, lang: Lang) -> String {
    let found = &answer.findings;
    let (from, last, spent) = (found.from, found.last_known, yuan(found.spent, lang));
    let (has_spent, by_default) = (found.spent > 0.0, from == last + 1);
    // a figure of something else, or of some months, means that the year has begun
    let begun = found.latest.as_ref().filter(|latest| by_default && !latest.of_target);
    let begun = begun.map(|latest| latest_figure(latest, last, lang));
    let known = (from <= last).then(|| match (&found.latest, lang) {
        (Some(latest), _) => latest_figure(latest, last, lang),
        (None, Lang::Zh) => format!("{last}年"),
        (None, Lang::En) => last.to_string(),
    });
    match lang {
        Lang::Zh => {
            let why = match (begun, known) {
                (Some(whose), _) => format!("文件里最近的数字是{whose}的，按此{last}年已经开始，"),
                (None, Some(whose)) => format!(
                    "文件里已有{whose}的数字，而 --from 要求从{from}年起调整（已有数字的年份的钱往往已经花出，这样算只供对照）："
                ),
                (None, None) if by_default => format!("文件里的数字到{last}年为止，"),
                (None, None) => String::new(),
            };
            let spent = if has_spent {
                format!("此前已安排的{spent}按现有方案不动，仍计入支出")
            } else {
                "要调整的各项工具此前没有支出".to_owned()
            };
            format!("{why}只调整{from}年及以后的资金；{spent}（起始年份用 --from 改）。")
        }
        Lang::En => {
            let why = match (begun, known) {
                (Some(whose), _) => {
                    format!("The latest figure of the file is that of {whose}, so {last} has begun: only")
                }
                (None, Some(whose)) => format!(
                    "The file already has a figure of {whose}, but --from moves money from {from} on (that of years with figures is mostly spent: for comparison only): only"
                ),
                (None, None) if by_default => format!("The figures of the file end with {last}: only"),
                (None, None) => "Only".to_owned(),
            };
            let spent = if has_spent {
                format!("{spent} of earlier years stays as in the present plan and counts as spent")
            } else {
                "the instruments in question pay nothing before".to_owned()
            };
            format!("{why} money of {from} and later is moved; {spent} (--from sets another year).")
        }
    }
}

/// Share of the budget from which on it is told that it is left.
const WORTH_A_WORD: f64 = 0.01;

/// How much of the budget the chosen split leaves, 亿元; `None` if it is not worth a word: what remains of the search's last
/// step says nothing about the use of money.
pub fn left(answer: &Answer<Optimum>) -> Option<f64> {
    let found = &answer.findings;
    let left = found.budget - found.best.first()?.cost;
    (left >= LEAST.max(WORTH_A_WORD * found.budget)).then_some(left)
}

/// How much of the budget is left, and why.
fn unspent(answer: &Answer<Optimum>, lang: Lang) -> String {
    let found = &answer.findings;
    let (Some(best), Some(left)) = (found.best.first(), left(answer)) else { return String::new() };
    let taken = if found.useless < LEAST {
        String::new()
    } else {
        let taken = yuan(found.useless, lang);
        match lang {
            Lang::Zh => format!("（其中{taken}是搜索放上去、另一批随机数看不出用处而去掉的，标准见文末）"),
            Lang::En => format!(
                " ({taken} of it was placed by the search and taken out, as fresh draws showed no use of it)"
            ),
        }
    };
    // too few hits tell nothing of what money does
    let is_seen = super::frontier::flat(answer, lang).is_some();
    let helps_no_more =
        is_seen && found.enough.as_ref().is_some_and(|enough| enough.point.cost <= best.cost * (1.0 + 1e-9));
    let why = match lang {
        _ if !helps_no_more => "",
        Lang::Zh => "：在允许的范围内，再花看不出能提高可能性",
        Lang::En => ": within the bounds no more of it can be seen to raise the probability",
    };
    let (budget, left) = (yuan(found.budget, lang), yuan(left, lang));
    match lang {
        Lang::Zh => format!("预算{budget}中有{left}没有安排{taken}{why}。"),
        Lang::En => format!(" Of the budget of {budget}, {left} is left{taken}{why}."),
    }
}
