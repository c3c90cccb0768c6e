//! `decompose` as a planner sees it.

use super::Paper;
use super::frame::{chance, head, level, percent, say, yuan};
use crate::analysis::decision::decompose::{Share, Year};
use crate::analysis::decision::{Answer, Decomposition, Estimate};
use crate::report::briefing::wording::list;
use crate::report::briefing::{Cell, Column, DataTable, Format};
use crate::report::number;
use crate::text;
use crate::text::{Lang, Text};

mod doubtful;
mod figures;
mod keeps;
mod known;
mod tasks;

/// The answer in words, tables and charts.
pub fn decompose(answer: &Answer<Decomposition>, lang: Lang) -> Paper {
    let mut paper = Paper { lang, ..Paper::default() };
    paper.summary = sentences(answer, lang);
    paper.tables = vec![tasks::table(&answer.findings, lang)];
    paper.tables.extend(tasks::growths(&answer.findings, lang));
    paper.tables.extend([shares(answer, lang), milestones(answer, lang).without_empty_columns()]);
    paper.tables.extend(keeps::table(&answer.findings, lang));
    paper.draw(Some(figures::chances(answer, lang)));
    paper.draw(Some(figures::paths(answer, lang)));
    paper.method = method(answer, lang);
    paper
}

fn shown(estimate: Estimate, lang: Lang) -> String {
    number::probability_with_interval(estimate.value, estimate.interval.into(), lang)
}

fn sentences(answer: &Answer<Decomposition>, lang: Lang) -> Vec<String> {
    let found = &answer.findings;
    let target = answer.target.name.get(lang);
    let (world, policy) =
        (answer.worlds.first().map_or("", |world| world.name.get(lang)), found.policy.name.get(lang));
    let (all, each) = (shown(found.probability, lang), shown(found.chance, lang));
    let together = shown(found.together, lang);
    let amount = yuan(found.level, lang);
    let n = found.shares.len();
    let year = found.year;
    let (judged, note) = match (found.or_earlier, lang) {
        (false, _) => (String::new(), String::new()),
        (true, Lang::Zh) => (
            format!("{year}年当年"),
            format!(
                "这个目标在{year}年以前任何一年达到也算；任务须落到一个年份，这里按最后一年（{year}年）分解，所以可能性不高于报告里的。"
            ),
        ),
        (true, Lang::En) => (
            format!(" in {year} itself"),
            format!(
                " The target may be met earlier, too; tasks need one year, so it is split for its last one ({year}), and its probability is no higher than in a report."
            ),
        ),
    };
    let but = exceptions(found, lang);
    let mut all_text = vec![match lang {
        Lang::Zh => format!(
            "“{world}”、“{policy}”下，“{target}”{judged}的可能性为{all}。{note}把{amount}分给{n}个市州或集群，使各自完成任务的可能性相同，这一可能性为{each}{but}；任务合计正好等于总目标。"
        ),
        Lang::En => format!(
            "With “{policy}” under “{world}”, “{target}” has a probability of {all}{judged}.{note} Split over {n} clusters so that each has the same chance of its task, that chance is {each}{but}; the tasks add up to {amount}."
        ),
    }];
    all_text.extend(chosen(answer, lang));
    let spread = |share: &Share| share.chance_by_size.value;
    let best = found.shares.iter().max_by(|a, b| spread(a).total_cmp(&spread(b)));
    let worst = found.shares.iter().min_by(|a, b| spread(a).total_cmp(&spread(b)));
    if let (Some(best), Some(worst)) = (best, worst) {
        let (b, w) = (best.cluster.name.get(lang), worst.cluster.name.get(lang));
        let (p, q) = (shown(best.chance_by_size, lang), shown(worst.chance_by_size, lang));
        all_text.push(match lang {
            Lang::Zh => format!(
                "如果按现有规模分摊，难易就不一样：{b}完成的可能性为{p}，{w}只有{q}。各市州同时完成任务的可能性为{together}；总目标不要求个个完成，超额的可以补上不足的。"
            ),
            Lang::En => format!(
                "Split by present size the tasks would be unequal: {b} has {p}, {w} {q}. All clusters meet their tasks together with {together}; the target does not need that, since what exceeds makes up for what lacks."
            ),
        });
    }
    all_text.extend(known::sentence(found, lang));
    all_text.extend(doubtful::sentence(found, lang));
    all_text.extend(doubtful::falling(found, lang));
    all_text.extend(
        found.years.first().filter(|_| found.years.len() > 1).map(|year| first_year(found, year, lang)),
    );
    all_text.extend(tasks::first_step(found, lang));
    all_text
}

/// Which target was split, where none was asked for and the main one cannot be.
fn chosen(answer: &Answer<Decomposition>, lang: Lang) -> Option<String> {
    let main = answer.findings.passed_over.as_ref()?;
    let (name, why, id) = (main.name.get(lang), main.why.get(lang), &answer.target.id);
    let target = answer.target.name.get(lang);
    Some(match lang {
        Lang::Zh => format!(
            "没有用 --target 指定目标：文件的主要目标“{name}”不能分解（{why}），所以分解的是第一个可以分解的目标“{target}”（--target {id}）。"
        ),
        Lang::En => format!(
            "No --target was stated, and the main target of the file, “{name}”, cannot be split ({why}): this is the first one that can be, “{target}” (--target {id})."
        ),
    })
}

/// Clusters whose chance is not the common one: because their revenue does not vary, or by rounding.
fn exceptions(found: &Decomposition, lang: Lang) -> String {
    let one = |share: &Share| {
        let (name, chance) = (share.cluster.name.get(lang), shown(share.chance, lang));
        if lang == Lang::Zh { format!("{name}为{chance}") } else { format!("{name} {chance}") }
    };
    let names = |is: fn(&Share) -> bool| {
        let names: Vec<String> = found.shares.iter().filter(|share| is(share)).map(one).collect();
        (!names.is_empty()).then(|| names.join(if lang == Lang::Zh { "、" } else { ", " }))
    };
    let steps = names(|share| share.stepped && !share.has_no_revenue());
    let steps = steps.map(|names| match lang {
        Lang::Zh => format!("（营业收入在全部或许多次模拟中相同的除外：{names}）"),
        Lang::En => format!(" (but where revenue is the same in all or many trials: {names})"),
    });
    let moved = names(|share| share.moved_by_rounding && !share.stepped);
    let moved = moved.map(|names| match lang {
        Lang::Zh => format!("（任务取整后有例外：{names}）"),
        Lang::En => format!(" (but for rounding: {names})"),
    });
    [steps, moved].into_iter().flatten().collect()
}

/// What the first milestone means for the end.
fn first_year(found: &Decomposition, year: &Year, lang: Lang) -> String {
    let (y, milestone) = (year.year, yuan(year.milestone.value, lang));
    let then = year.final_chance.map(|chance| shown(chance, lang));
    let level = |estimate: Option<Estimate>| estimate.map(|estimate| yuan(estimate.value, lang));
    let (keep, wanted) = (level(year.keep), level(year.wanted));
    let line = percent(found.wanted);
    match lang {
        Lang::Zh => {
            let then =
                then.map_or_else(String::new, |then| format!("；若{y}年恰好达到，最终达标的可能性为{then}"));
            let keep =
                keep.map_or_else(String::new, |keep| format!("；{y}年低于{keep}，最终达标就比现在更难"));
            let wanted = wanted.map_or_else(
                || format!("；要使最终达标的可能性为{line}，{y}年需要的水平在模拟中见不到或太少见，不能推算"),
                |wanted| format!("；要使最终达标的可能性为{line}，{y}年须达到{wanted}"),
            );
            format!("{y}年的任务合计为{milestone}，与总目标同样难{then}{keep}{wanted}。")
        }
        Lang::En => {
            let then = then.map_or_else(String::new, |then| {
                format!("; exactly there in {y}, the final chance is {then}")
            });
            let keep = keep.map_or_else(String::new, |keep| {
                format!("; below {keep} in {y} the target is harder than now")
            });
            let wanted = wanted.map_or_else(
                || format!("; a level in {y} that gives {line} is not seen, or too rarely, in the trials"),
                |wanted| format!("; a final chance of {line} takes {wanted} in {y}"),
            );
            format!("The tasks of {y} add up to {milestone}, as likely as the target{then}{keep}{wanted}.")
        }
    }
}

/// Figures of all together, with the digits of the step that they add up to.
fn format(found: &Decomposition) -> Format {
    Format::Yuan(digits(found.unit))
}

/// Figures of one cluster, with the digits of its own step.
fn own_format(share: &Share) -> Format {
    Format::Yuan(digits(share.unit))
}

/// Digits of a step of tasks.
fn digits(unit: f64) -> u8 {
    let (mut digits, mut step) = (0, 1.0);
    while digits < 4 && step > 1.5 * unit {
        (digits, step) = (digits + 1, step / 10.0);
    }
    digits
}

fn shares(answer: &Answer<Decomposition>, lang: Lang) -> DataTable {
    let unit = say(&number::money_unit(), lang);
    let found = &answer.findings;
    let (level, year) = (level(answer), found.year);
    let columns = vec![
        Column::text(head("市州或集群", "Cluster", lang)),
        Column::number(say(&text!("{year}年任务", "Task {year}"), lang), unit.clone()),
        Column::number(say(&text!("{level}区间", "{level} interval"), lang), unit.clone()),
        Column::number(head("完成的可能性（复核）", "Chance (fresh draws)", lang), ""),
        Column::number(head("按现有规模分摊", "By present size", lang), unit),
        Column::number(head("那时完成的可能性", "Its chance", lang), ""),
        Column::number(head("自身波动中假设的占比", "Own spread assumed", lang), ""),
    ];
    let title = head("等可能性分解与按规模分摊的比较", "Equal chances against the split by size", lang);
    let mut table = DataTable::new("shares", title, columns);
    for share in &found.shares {
        // what is rounded away belongs to the error of the task
        let [low, high] = share.share.interval;
        let (low, high) = (low.min(share.task), high.max(share.task));
        table.rows.push(vec![
            Cell::text(share.cluster.name.get(lang)),
            Cell::Number(share.task, own_format(share)),
            Cell::Interval(low, high, own_format(share)),
            chance(share.chance.value, share.chance.interval),
            Cell::Number(share.by_size, own_format(share)),
            chance(share.chance_by_size.value, share.chance_by_size.interval),
            share.assumed.map_or(Cell::Empty, |assumed| Cell::Number(assumed, Format::Share)),
        ]);
    }
    table.notes.push(head(
        "区间已含取整。自身波动：各集群自己的逐年波动、额外增速和基数份额，不含各家共有的趋势和周期；占比为其中依据等级是假设的部分。",
        "Intervals include the rounding. Own spread: a cluster's own shocks, premiums and base figure, without trends and cycles that all share; the part of it whose grade of evidence is an assumption.",
        lang,
    ));
    table
}

fn milestones(answer: &Answer<Decomposition>, lang: Lang) -> DataTable {
    let unit = say(&number::money_unit(), lang);
    let found = &answer.findings;
    let (level, wanted) = (level(answer), percent(found.wanted));
    let interval = say(&text!("{level}区间", "{level} interval"), lang);
    let columns = vec![
        Column::text(head("年份", "Year", lang)),
        Column::number(head("里程碑", "Milestone", lang), unit.clone()),
        Column::number(interval.clone(), unit.clone()),
        Column::number(head("模拟平均", "Mean of the trials", lang), unit.clone()),
        Column::number(head("恰好达到时，最终达标的可能性", "Final chance exactly there", lang), ""),
        Column::number(
            head("保持现有可能性的水平", "Level that keeps the chance of now", lang),
            unit.clone(),
        ),
        Column::number(interval.clone(), unit.clone()),
        Column::number(say(&text!("最终可能性为{wanted}的水平", "Level for {wanted}"), lang), unit.clone()),
        Column::number(interval, unit),
    ];
    let title = head("各年里程碑（合计）", "Milestones by year, all together", lang);
    let mut table = DataTable::new("milestones", title, columns);
    for year in &found.years {
        let span = |estimate: Option<Estimate>| {
            let figure = estimate.map_or(Cell::Empty, |e| Cell::Number(e.value, format(found)));
            let ends =
                estimate.map_or(Cell::Empty, |e| Cell::Interval(e.interval[0], e.interval[1], format(found)));
            [figure, ends]
        };
        let is_last = year.year == found.year;
        let [milestone, ends] = span(Some(year.milestone));
        let [keep, keep_ends] = span(year.keep);
        let [line, line_ends] = span(year.wanted);
        table.rows.push(vec![
            Cell::text(year.year.to_string()),
            milestone,
            if is_last { Cell::Empty } else { ends },
            Cell::Number(year.mean, format(found)),
            year.final_chance.map_or(Cell::Empty, |p| chance(p.value, p.interval)),
            keep,
            keep_ends,
            line,
            line_ends,
        ]);
    }
    if !keeps::is_told(found) && found.years.len() > 1 {
        table.notes.push(head(
            "各集群的年度保持线在模拟中都见不到或太少见，不能推算，故不列。",
            "Levels that keep single clusters' chances are not seen, or too rarely, in the trials and are left out.",
            lang,
        ));
    }
    let untold = |level: fn(&Year) -> Option<Estimate>| {
        found.years.iter().filter(|year| year.year < found.year).all(|year| level(year).is_none())
    };
    if found.years.len() > 1 {
        let columns = [
            (
                untold(|year| year.final_chance),
                head("恰好达到时的最终可能性", "the final chance exactly at a milestone", lang),
            ),
            (
                untold(|year| year.keep),
                head("保持现有可能性的水平", "the level that keeps the chance of now", lang),
            ),
            (
                untold(|year| year.wanted),
                say(&text!("最终可能性为{wanted}的水平", "the level for {wanted}"), lang),
            ),
        ];
        let missing: Vec<String> =
            columns.iter().filter(|(untold, _)| *untold).map(|(_, name)| name.clone()).collect();
        let names = list(&missing, lang);
        table.notes.extend((!missing.is_empty()).then(|| match lang {
            Lang::Zh => format!("{names}，在模拟中见不到或太少见，不能推算，故不列；可用 --trials 增加模拟次数。"),
            Lang::En => format!(
                "Not seen, or too rarely, in the trials and left out: {names}; --trials asks for more of them."
            ),
        }));
        table.notes.extend((missing.len() < columns.len()).then(|| {
            head(
                "“—”：最后一年就是总目标；其他年份表示在模拟中见不到或太少见，不能推算。",
                "\"—\": the last year is the target itself; elsewhere such a level is not seen, or too rarely, in the trials.",
                lang,
            )
        }));
    }
    table
}

fn method(answer: &Answer<Decomposition>, lang: Lang) -> Vec<String> {
    let found = &answer.findings;
    let (level, seed) = (level(answer), found.check_seed);
    let trials = number::decimal(answer.trials as f64, 0);
    let text: [Text; 3] = [
        text!(
            "方法：在{trials}次模拟上，用二分法求一个共同的可能性，使各集群按这一可能性所能达到的水平（经验分位数）之和等于总目标。区间由各集群同时变动的影响函数得到（德尔塔法，{level}）。完成的可能性用种子{seed}的另一批随机数复核。",
            "Method: on {trials} trials, bisection for the common chance at which the clusters' empirical quantiles add up to the target. Intervals by the influence of each trial on all quantiles at once (delta method, {level}). Chances are judged on fresh draws (seed {seed})."
        ),
        text!(
            "各年里程碑取与总目标同样难的水平：全部集群合计在该年达到它的可能性，等于最后一年达到总目标的可能性。保持线与参照线由局部逻辑回归得到：该年恰好处于这一水平时，最终达标的可能性等于所写的数。",
            "The milestone of a year is as likely to be reached as the target itself. The reference lines come from local logistic regressions: given exactly that level in that year, the final chance is the stated one."
        ),
        text!(
            "区间只反映模拟次数有限，不反映模型与参数本身的误差；模拟中没有出现过的水平不作推算。",
            "Intervals cover the sampling error only, not errors of the model or its figures; levels that no trial shows are not extrapolated to."
        ),
    ];
    text.iter().map(|text| say(text, lang)).collect()
}
