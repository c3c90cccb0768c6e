//! The chart of targets in pairs: how likely both are met in the same trial.

use super::foot::{policy_name, probability_cell, say, source};
use super::{Attempt, Figure, Focus};
use crate::analysis::Results;
use crate::analysis::results::{PairsResult, TargetResult};
use crate::report::briefing::{Cell, Column, DataTable};
use crate::report::chart::matrix::{self, Matrix};
use crate::report::chart::page::Words;
use crate::report::{number, readings_text};
use crate::stats::{Level, wilson};
use crate::text;
use crate::text::{Lang, by_number};

/// Targets in one matrix: more would make cells too small for their figures.
const MOST: usize = 12;
/// Characters of a list of names that still reads as a note.
const MOST_LISTED: usize = 240;
/// Lower bounds of the shades, those of the words for probabilities.
const BOUNDS: [f64; 6] = [0.01, 0.1, 0.33, 0.66, 0.9, 0.99];

/// One target of the matrix: its place in the list of pairs, and what it is.
type Shown<'a> = (usize, &'a TargetResult);

/// The matrix of the most informative targets; `None` with fewer than two.
pub(super) fn figure(results: &Results, focus: &Focus<'_>, lang: Lang) -> Attempt {
    let pairs = focus.run.pairs.as_ref()?;
    let (shown, left_out) = choose(focus, pairs);
    if shown.len() < 2 || results.run.trials == 0 {
        return None;
    }
    let trials = results.run.trials;
    let level = Level::new(results.run.interval_level).unwrap_or(Level::P95);
    let policy = policy_name(results, focus.run).get(lang).to_owned();
    let title =
        text!("两项目标同时实现的可能性：{policy}", "Probability of meeting two targets at once: {policy}");
    let title = title.get(lang).to_owned();
    let names: Vec<String> =
        shown.iter().map(|(_, target)| readings_text::name(results, target).get(lang).to_owned()).collect();
    let mut table = table(&names, &title, lang);
    let mut cells = Vec::with_capacity(shown.len());
    for (row, (i, first)) in shown.iter().enumerate() {
        let mut drawn = Vec::with_capacity(row + 1);
        let mut written = vec![
            Cell::Number((row + 1) as f64, crate::report::briefing::Format::Count),
            Cell::text(&names[row]),
        ];
        for (column, (j, second)) in shown[..=row].iter().enumerate() {
            let hits = *pairs.hits.get(*i.max(j))?.get(*i.min(j))?;
            let p = hits as f64 / trials as f64;
            let interval = wilson(hits, trials, level).map_or((p, p), |ends| (ends.low(), ends.high()));
            let figures = number::probability(p, interval, lang);
            drawn.push(matrix::Cell {
                value: p,
                figures: short(p, interval, &figures),
                hover: if row == column {
                    format!("{}: {figures}", names[row])
                } else {
                    both(&names[row], &names[column], &figures, first.probability * second.probability, lang)
                },
            });
            written.push(probability_cell(p, [interval.0, interval.1]));
        }
        written.resize(shown.len() + 2, Cell::Empty);
        table.rows.push(written);
        cells.push(drawn);
    }
    let chart = Matrix {
        words: Words {
            title: title.clone(),
            subtitle: say(
                lang,
                "单位：%；粗框为单项目标的可能性，其余格为行、列两项目标同时实现的可能性；列的编号与行相同",
                "Unit: %; thick frames hold single targets, other cells both the row's and the column's target; columns are numbered like rows",
            ),
            notes: left_out_note(results, &left_out, lang).into_iter().collect(),
            source: source(results, lang),
        },
        names,
        cells,
        bounds: BOUNDS.to_vec(),
        shade_labels: ["<1%", "1%–10%", "10%–33%", "33%–66%", "66%–90%", "90%–99%", "≥99%"]
            .map(str::to_owned)
            .to_vec(),
    };
    let caption = say(
        lang,
        "同时实现的可能性不超过其中较低的一项；接近较低一项，说明两项目标往往同进同退。",
        "Both together are never likelier than the less likely one; where they are nearly as likely, the two go together.",
    );
    Some(matrix::render(&chart).map(|drawing| Figure { id: "joint".into(), title, caption, drawing, table }))
}

/// The targets to show in the order of the file, and those left out: the main target first, then those whose outcome
/// is least settled; targets that only repeat an assumption are left out.
fn choose<'a>(focus: &Focus<'a>, pairs: &PairsResult) -> (Vec<Shown<'a>>, Vec<&'a TargetResult>) {
    let found: Vec<Shown> = pairs
        .targets
        .iter()
        .enumerate()
        .filter_map(|(index, id)| Some((index, focus.run.target(id)?)))
        .collect();
    let main = focus.target.map(|target| target.id.as_str());
    let mut ranked: Vec<Shown> = found.iter().copied().filter(|(_, target)| !target.by_rule).collect();
    let doubt = |target: &TargetResult| {
        if main == Some(target.id.as_str()) { 1.0 } else { target.probability * (1.0 - target.probability) }
    };
    // the sort is stable: ties keep the order of the file
    ranked.sort_by(|a, b| doubt(b.1).total_cmp(&doubt(a.1)));
    ranked.truncate(MOST);
    ranked.sort_by_key(|(index, _)| *index);
    let is_shown = |index: usize| ranked.iter().any(|(shown, _)| *shown == index);
    let left_out = found.iter().filter(|(index, _)| !is_shown(*index)).map(|(_, target)| *target).collect();
    (ranked, left_out)
}

/// Which targets are not in the matrix, and why.
fn left_out_note(results: &Results, left_out: &[&TargetResult], lang: Lang) -> Option<String> {
    if left_out.is_empty() {
        return None;
    }
    let n = left_out.len();
    let only_by_rule = left_out.iter().all(|target| target.by_rule);
    let (zh, en) = if only_by_rule {
        (
            format!("按目标倒推的{n}项未列"),
            format!(
                "{n} {} an assumption (by rule) {} left out",
                by_number(n, "target that only repeats", "targets that only repeat"),
                by_number(n, "is", "are")
            ),
        )
    } else {
        (
            format!("只列主要目标和结果最不确定的几项，另有{n}项未列（结果较确定或按目标倒推）"),
            format!(
                "Only the main target and those least settled are shown; {n} more {} left out (nearly certain either way, or by rule)",
                by_number(n, "is", "are")
            ),
        )
    };
    let names: Vec<String> =
        left_out.iter().map(|target| readings_text::name(results, target).get(lang).to_owned()).collect();
    // a list longer than this is better read in the chart of all targets
    let is_short = names.iter().map(|name| name.chars().count()).sum::<usize>() <= MOST_LISTED;
    let note = match lang {
        Lang::Zh if is_short => format!("{zh}：{}。", names.join("；")),
        Lang::Zh => format!("{zh}，见各项目标的图。"),
        Lang::En if is_short => format!("{en}: {}.", names.join("; ")),
        Lang::En => format!("{en}; see the chart of all targets."),
    };
    Some(note)
}

/// The figures of a cell without parentheses: `<0.02%` where no trial met both.
fn short(p: f64, interval: (f64, f64), figures: &str) -> String {
    if p > 0.0 || interval.1 <= 0.0 {
        return figures.to_owned();
    }
    let inner = figures.find('<').map_or(figures, |at| &figures[at..]);
    inner.trim_end_matches(['）', ')']).to_owned()
}

fn both(first: &str, second: &str, figures: &str, independent: f64, lang: Lang) -> String {
    let independent = number::percent(independent);
    text!(
        "“{first}”与“{second}”同时实现：{figures}（若互不相干则为{independent}）",
        "“{first}” and “{second}” together: {figures} (were they independent: {independent})"
    )
    .get(lang)
    .to_owned()
}

fn table(names: &[String], title: &str, lang: Lang) -> DataTable {
    let mut columns =
        vec![Column::number(say(lang, "编号", "No."), ""), Column::text(say(lang, "目标", "Target"))];
    columns.extend((1..=names.len()).map(|number| Column::number(number.to_string(), "")));
    DataTable::new("figure-joint", title, columns)
}
