//! How the probability of the main target settled while trials were added.

use super::super::wording;
use super::{Attempt, paths};
use crate::analysis::Results;
use crate::report::briefing::{Cell, Column, DataTable, Figure, Focus, Format};
use crate::report::chart::convergence::{self, Checkpoint, ConvergenceChart};
use crate::report::number;
use crate::report::readings_text;
use crate::stats::{Level, wilson};
use crate::text;
use crate::text::{Lang, Text};

/// The running estimate under the policy in focus; nothing if the document holds none.
pub fn figure(results: &Results, focus: &Focus<'_>, lang: Lang) -> Attempt {
    let settled = focus.run.convergence.as_ref()?;
    let target = focus.run.target(&settled.target)?;
    let level = Level::new(results.run.interval_level).unwrap_or(Level::P95);
    let percent = wording::level(results);
    let title = text!("模拟次数与结果的稳定性", "How the estimate settled");
    let columns = vec![
        Column::number(Text::new("模拟次数", "Trials").get(lang), ""),
        Column::number(Text::new("达到次数", "Hits").get(lang), ""),
        Column::number(Text::new("可能性", "Probability").get(lang), ""),
        Column::number(text!("{percent}置信区间", "{percent} interval").get(lang), ""),
    ];
    let mut table = DataTable::new("convergence", title.get(lang), columns);
    let mut checkpoints = Vec::with_capacity(settled.trials.len());
    for (&trials, &hits) in settled.trials.iter().zip(&settled.hits) {
        let interval = wilson(hits, trials, level).ok()?;
        let (estimate, ends) = (hits as f64 / trials as f64, (interval.low(), interval.high()));
        let shown = number::probability_with_interval(estimate, ends, lang);
        let count = number::decimal(trials as f64, 0);
        let told = text!("{count}次：{shown}", "{count} trials: {shown}");
        table.rows.push(vec![
            Cell::Number(trials as f64, Format::Count),
            Cell::Number(hits as f64, Format::Count),
            Cell::Chance { estimate, low: ends.0, high: ends.1 },
            Cell::Interval(ends.0, ends.1, Format::Probability),
        ]);
        checkpoints.push(Checkpoint {
            trials,
            estimate,
            low: ends.0.min(estimate),
            high: ends.1.max(estimate),
            told: told.get(lang).to_owned(),
        });
    }
    let last = checkpoints.last()?;
    let ends = (last.low, last.high);
    let half = number::percent((last.high - last.low) / 2.0);
    let points = half.trim_end_matches('%');
    let value = number::probability(last.estimate, ends, lang);
    let half = text!("±{points}个百分点", "±{points} points");
    // Without any hit, or with hits only, the bound says it all.
    let is_open = last.estimate > 0.0 && last.estimate < 1.0;
    let count = number::decimal(last.trials as f64, 0);
    let after = text!("{count}次模拟", "{count} trials");
    let name = readings_text::plain_name(results, target);
    let (run, world) = (&focus.run.policy.name, &focus.run.world.name);
    let mut subtitle = Text::new(
        format!(
            "目标：{}；方案：{}；情景：{}；带为{percent}置信区间；横轴为模拟次数（对数刻度）",
            name.zh, run.zh, world.zh
        ),
        format!(
            "Target: {}; policy: {}; world: {}; band: {percent} interval; horizontal axis: trials (logarithmic)",
            name.en, run.en, world.en
        ),
    );
    let mut chart = ConvergenceChart {
        title: title.get(lang).to_owned(),
        subtitle: String::new(),
        source: paths::source(results).get(lang).to_owned(),
        end: [Some(value), is_open.then(|| half.get(lang).to_owned()), Some(after.get(lang).to_owned())]
            .into_iter()
            .flatten()
            .collect(),
        checkpoints,
        lang,
    };
    if let Some(bottom) = chart.bottom() {
        subtitle.zh.push_str(&format!("；纵轴从{bottom}起"));
        subtitle.en.push_str(&format!("; axis from {bottom}"));
    }
    chart.subtitle = subtitle.get(lang).to_owned();
    let caption = text!(
        "线为模拟次数增加时的估计值，带为其{percent}置信区间；带只反映模拟次数有限带来的误差，不含参数和模型本身的不确定性。",
        "The line is the estimate after so many trials, the band its {percent} interval, which covers the error of sampling only, not that of parameters or the model."
    );
    Some(convergence::render(&chart).map(|drawing| Figure {
        id: "convergence".to_owned(),
        title: chart.title.clone(),
        caption: caption.get(lang).to_owned(),
        drawing,
        table,
    }))
}
