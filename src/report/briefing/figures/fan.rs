//! The fan chart of one series alone: of the main quantity, and of a cluster for its page.

use super::{Attempt, paths};
use crate::analysis::Results;
use crate::analysis::results::{RunResult, SeriesResult, TargetResult};
use crate::report::briefing::{Figure, Focus};
use crate::report::chart::fan;
use crate::report::chart::form::Form;
use crate::text;
use crate::text::{Lang, Text};

/// The series in focus, with the record of past years and the main target.
pub fn figure(results: &Results, focus: &Focus<'_>, form: Form, lang: Lang) -> Attempt {
    single("fan", results, focus.run, focus.series?, focus.target, form, lang)
}

/// The fan chart of a cluster's `series` under `run`, with the first target in force for it; its page bears its name and is
/// often printed, so that it is drawn as a strip there, and as a picture of its own for telephones.
pub fn cluster(results: &Results, run: &RunResult, series: &SeriesResult, form: Form, lang: Lang) -> Attempt {
    let judged = |target: &&TargetResult| {
        let quantity = target.quantity.as_ref();
        target.is_proper() && quantity.is_some_and(|quantity| quantity.series == series.id)
    };
    let target = run.targets.iter().find(judged);
    let id = format!("cluster-{}", super::slug(&series.id));
    single(&id, results, run, series, target, form, lang)
}

fn single(
    id: &str,
    results: &Results,
    run: &RunResult,
    series: &SeriesResult,
    target: Option<&TargetResult>,
    form: Form,
    lang: Lang,
) -> Attempt {
    let mut chart = paths::chart(results, series, target, lang)?;
    let mut record = paths::record(results, series, &series.measure);
    let other = if record.is_empty() { paths::other_record(results, series) } else { None };
    let subject = paths::subject(results, series).get(lang).to_owned();
    let mut caption = text!(
        "深色带为50%区间，浅色带为90%区间：每年的数值有九成可能落在浅色带内。",
        "The dark band holds half of the trials, the light band nine out of ten."
    );
    if let Some((measure, found)) = other {
        record = found;
        let Text { zh, en } = measure;
        let label = text!("历年实际（另一口径：{zh}）", "Record in another measure: {en}");
        chart.record_label = label.get(lang).to_owned();
        (chart.record, chart.is_other_record) = (paths::drawn_record(&record, series, lang), true);
        caption.zh.push_str("空心点为另一口径的历年实际，口径不同，只供看变动幅度，不能与预测直接相接。");
        caption.en.push_str(
            " Hollow dots are past figures in another measure: they show the size of changes and need not meet the fan.",
        );
    }
    chart.title = subject;
    chart.subtitle = paths::conditions(results, run, series).get(lang).to_owned();
    let name = &chart.title;
    let title = if record.is_empty() {
        text!("{name}：预测", "{name}: projection")
    } else {
        text!("{name}：历年与预测", "{name}: past and projection")
    };
    let title = title.get(lang).to_owned();
    let table = paths::table(id, &title, series, &chart, &record);
    Some(fan::render_for(&chart, form).map(|drawing| Figure {
        id: id.to_owned(),
        title,
        caption: caption.get(lang).to_owned(),
        drawing,
        table,
    }))
}
