//! Targets that cannot be split, and why.

use super::super::Goal;
use super::choice::candidates;
use crate::analysis::AnalysisError;
use crate::model::{Demand, Model, Scope, Subject, Target, When};
use crate::stats::Events;
use crate::text;
use crate::text::{Lang, Text};

/// Targets that are named as alternatives at most.
const LISTED: usize = 5;

/// The target with the year in which it is judged, if it can be split.
pub(super) fn splittable<'m>(model: &'m Model, goal: &Goal) -> Result<(&'m Target, i32), AnalysisError> {
    judge(model, goal).map_err(|why| {
        let others = others(model);
        refused(&goal.info(model).name, &Text::new(why.zh + &others.zh, why.en + &others.en))
    })
}

/// The targets that can be split, to be chosen by name.
fn others(model: &Model) -> Text {
    let all: Vec<&Target> = candidates(model).map(|index| &model.targets[index]).collect();
    let told = |lang: Lang| -> Vec<String> {
        let one = |target: &&Target| {
            let (id, name) = (&target.id, model.target_name(target));
            match lang {
                Lang::Zh => format!("“{}”（--target {id}）", name.zh),
                Lang::En => format!("\"{}\" (--target {id})", name.en),
            }
        };
        all.iter().take(LISTED).map(one).collect()
    };
    let (zh, en) = (told(Lang::Zh).join("、"), told(Lang::En).join(", "));
    let (more_zh, more_en) = if all.len() > LISTED { ("等", ", …") } else { ("", "") };
    match all.is_empty() {
        true => text!("；这个情景里没有可以分解的目标", "; no target of this scenario can be split"),
        false => text!("；可以分解的目标：{zh}{more_zh}", "; targets that can be split: {en}{more_en}"),
    }
}

/// No target was asked for, and none can be split: why the main one cannot, and what to write.
pub(super) fn no_other(model: &Model, main: &Goal, why: &Text) -> AnalysisError {
    let (name, measure) = (main.info(model).name, &model.measures[model.measure].name);
    let (zh, en, why_zh, why_en) = (&name.zh, &name.en, &why.zh, &why.en);
    let (measure_zh, measure_en) = (&measure.zh, &measure.en);
    AnalysisError::Refused(text!(
        "这个情景里没有可以分解的目标：主要目标“{zh}”不能分解，{why_zh}。要分解，请在情景文件里写一个主口径（{measure_zh}）的金额目标：[[target]]，scope 写全省或几个集群，并写 year 与 at_least",
        "no target of this scenario can be split; the main one, \"{en}\", cannot: {why_en}. To split one, state an amount in the \
         primary measure ({measure_en}) in the file: a [[target]] with the province or several clusters as its scope, year and at_least"
    ))
}

/// Tasks were asked for years that the simulation does not simulate.
pub(super) fn before_the_base(base_year: i32, from: i32) -> AnalysisError {
    let first = base_year + 1;
    AnalysisError::Refused(text!(
        "--from {from}：模拟从基年{base_year}年之后开始，任务最早从{first}年起",
        "--from {from}: the simulation begins after the base year {base_year}; tasks can begin in {first} at the earliest"
    ))
}

/// The target and its year, or why it cannot be split.
pub(super) fn judge<'m>(model: &'m Model, goal: &Goal) -> Result<(&'m Target, i32), Text> {
    let no = |why: Text| Err(why);
    let Goal::Target(index) = goal else {
        return no(text!(
            "它由几个目标组成，没有总额可分",
            "it is several targets: there is no total to split"
        ));
    };
    let target = &model.targets[*index];
    if target.subject != Subject::Revenue {
        return no(text!(
            "它不是营业收入目标，各集群的数不能这样相加",
            "it is not about revenue, so clusters do not add up to it"
        ));
    }
    let Demand::Threshold { at_least, when, .. } = &target.demand else {
        return no(text!(
            "它数的是个数或由几个目标组成，没有总额可分",
            "it counts, or groups targets: there is no total to split"
        ));
    };
    if !at_least {
        return no(text!("它是上限而不是要达到的数", "it is an upper limit, not an amount to reach"));
    }
    let (When::Year(year) | When::By(year)) = when else {
        return no(text!(
            "它要求连续几年都达到，没有一个年份的总额可分",
            "it has to be met year after year: there is no total of one year to split"
        ));
    };
    if target.measure != model.measure {
        return no(text!(
            "它用的不是主口径，各集群在那个口径下没有数",
            "it is not in the primary measure, in which alone clusters have figures"
        ));
    }
    if matches!(target.scope, Scope::Industry(_)) {
        return no(text!("它按行业算，不能分到集群", "it is about an industry, not about clusters"));
    }
    if model.clusters_of(&target.scope).len() < 2 {
        return no(text!("它只有一个集群，没有可分的", "it is about one cluster: there is nothing to split"));
    }
    Ok((target, *year))
}

pub(super) fn refused(name: &Text, why: &Text) -> AnalysisError {
    let (zh, en, why_zh, why_en) = (&name.zh, &name.en, &why.zh, &why.en);
    AnalysisError::Refused(text!("“{zh}”不能分解：{why_zh}", "\"{en}\" cannot be split: {why_en}"))
}

/// The error of a target whose year is over before the first task is due.
pub(super) fn over_before(name: &Text, year: i32, from: i32) -> AnalysisError {
    let why = text!(
        "目标年是 {year} 年，而任务要求从 {from} 年起下达；--from 最晚可写 {year}",
        "its year is {year}, but tasks are to begin in {from}: --from may be {year} at the latest"
    );
    refused(name, &why)
}

/// The error of a target that the trials say nothing of.
pub(super) fn out_of_sight(name: &Text, hits: &Events) -> AnalysisError {
    let trials = hits.trials();
    let why = if hits.count() == 0 {
        text!(
            "{trials} 次模拟里没有一次达到，无从推算各集群的可能性；请用 --trials 增加次数，或换一个目标或方案",
            "none of {trials} trials meets it, so nothing can be said of chances; ask for more --trials, or choose another target or policy"
        )
    } else {
        text!(
            "{trials} 次模拟里每一次都达到，不必分解；请选更高的目标",
            "all of {trials} trials meet it: choose a higher target"
        )
    };
    refused(name, &why)
}
