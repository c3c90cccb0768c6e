//! Results for the terminal: a sentence that answers, one table that compares, one table for each policy.

use std::cmp::Ordering;

use super::number::{self, figure, figure_range, money, percent, points_change, probability};
use super::outside_text;
use super::precision_text;
use super::readings_text;
use super::sampler_text;
use super::table::{Column, Table, wrapped};
use super::untargeted_text;
use super::words::word;
use crate::analysis::results::*;
use crate::text;
use crate::text::{Lang, Text};

/// Everything a terminal shows of a run, laid out for `width` columns; ends with a line break.
pub fn terminal(results: &Results, lang: Lang, width: u16) -> String {
    let sentences = summary(results, lang);
    let lines = sentences.iter().flat_map(|sentence| wrapped(sentence, width));
    let mut parts: Vec<String> = lines.map(|line| line + "\n").collect();
    parts.extend(tables(results, lang).iter().map(|table| format!("\n{}", table.to_terminal(width))));
    parts.concat()
}

/// The tables in reading order: the comparison, conditional probabilities and readings if there are any, the outside
/// view, then the policies one by one.
pub fn tables(results: &Results, lang: Lang) -> Vec<Table> {
    if untargeted_text::is_untargeted(results) {
        return vec![untargeted_text::table(results, lang)];
    }
    let details = results.runs.iter().map(|run| details(results, run, lang));
    let more = [readings_text::conditional(results, lang), readings_text::switches(results, lang)];
    let outside = outside_text::main_targets(results, lang);
    let first = std::iter::once(comparison(results, lang)).chain(more.into_iter().flatten());
    first.chain(outside).chain(details).collect()
}

/// The answer in one sentence a world: the first target under the policy that makes it most likely, beside the
/// reference.
pub fn summary(results: &Results, lang: Lang) -> Vec<String> {
    if untargeted_text::is_untargeted(results) {
        return vec![untargeted_text::sentence(results, lang)];
    }
    results.run.worlds.iter().filter_map(|world| sentence(results, world, lang)).collect()
}

fn sentence(results: &Results, world: &Named, lang: Lang) -> Option<String> {
    let id = &results.runs.first()?.main_target()?.id;
    let in_world = results.runs.iter().filter(|run| run.world.id == world.id);
    let mut all = in_world.filter_map(|run| Some((run, run.target(id)?)));
    let first = all.next()?;
    let (mut run, mut target, mut tied) = (first.0, first.1, vec![first.0]);
    for (next, judged) in all {
        match judged.told().0.partial_cmp(&target.told().0) {
            Some(Ordering::Greater) => (run, target, tied) = (next, judged, vec![next]),
            Some(Ordering::Equal) => tied.push(next),
            _ => {}
        }
    }
    let (policy, name) = (&run.policy.name, &readings_text::name(results, target));
    // the words of reports, which follow the interval: a handful of trials that all end alike does not make certain
    let word = if target.is_judged() { word(target.told().1) } else { readings_text::no_judgement() };
    let (word_zh, word_en) = (&word.zh, &word.en);
    let (id, several) = (&run.policy.id, results.run.policies.len() > 1);
    let (world_zh, world_en, name_zh, name_en) = (&world.name.zh, &world.name.en, &name.zh, &name.en);
    let text = if target.hits == 0 && target.line.is_none() {
        // no winner among policies that never get there, and no bare zero
        let (n, bound) = (target.trials, percent(target.interval[1]));
        let (who_zh, who_en) = if several {
            ("所有方案".to_owned(), "no policy".to_owned())
        } else {
            (format!("方案“{}”", policy.zh), format!("the policy “{}” never", policy.en))
        };
        let once_en = if several { "reaches it once" } else { "reaches it" };
        text!(
            "“{world_zh}”下，“{name_zh}”：{who_zh}在{n}次模拟中一次也没有达到，可能性低于{bound}，{word_zh}。",
            "World “{world_en}”, “{name_en}”: {who_en} {once_en} in {n} trials; the probability is below {bound}: {word_en}."
        )
    } else {
        let p = sampler_text::chance(target, lang);
        // a bound is none that is near
        let (about_zh, about_en) = if p.starts_with(['>', '<']) { ("为", "") } else { ("约为", "about ") };
        if tied.len() > 1 {
            // in a tie no policy is put before the others
            let names = |pick: fn(&Text) -> &str, with: &str| {
                let each =
                    tied.iter().map(|run| format!("“{}”（{}）", pick(&run.policy.name), run.policy.id));
                each.collect::<Vec<_>>().join(with)
            };
            let (zh, en) = (names(|name| &name.zh, "、"), names(|name| &name.en, ", "));
            let en = en.replace('（', " (").replace('）', ")");
            let is_all = tied.len() == results.run.policies.len();
            let (all_zh, all_en) = if is_all && target.hits == target.trials && target.line.is_none() {
                // what always happens in a few trials ranks nobody
                let (n, trials) = (target.trials, number::trials(target.trials));
                (
                    format!("所有方案在{n}次模拟中次次达到，可能性"),
                    format!("every policy reaches it in {n} of {trials}"),
                )
            } else if is_all {
                ("各方案可能性相同，".to_owned(), "all policies are equally likely".to_owned())
            } else {
                (format!("可能性最高的方案并列：{zh}，"), format!("the likeliest policies are tied: {en}"))
            };
            let text = text!(
                "“{world_zh}”下，“{name_zh}”：{all_zh}{about_zh}{p}，{word_zh}。",
                "World “{world_en}”, “{name_en}”: {all_en}, with a probability of {about_en}{p}: {word_en}."
            );
            return Some(text.get(lang).to_owned());
        }
        let (policy_zh, policy_en) = (&policy.zh, &policy.en);
        let alike = alike(results, world, (run, target));
        let (lead_zh, lead_en) = match (several, &alike) {
            (true, None) => ("可能性最高的方案是", "the likeliest policy is"),
            (true, Some(_)) => ("估计值最高的方案是", "the highest estimate is that of"),
            (false, _) => ("按方案", "under"),
        };
        let Text { zh: alike_zh, en: alike_en } = alike.unwrap_or_else(|| Text::new("", ""));
        text!(
            "“{world_zh}”下，“{name_zh}”：{lead_zh}“{policy_zh}”（{id}），{about_zh}{p}，{word_zh}{alike_zh}。",
            "World “{world_en}”, “{name_en}”: {lead_en} “{policy_en}” ({id}), with a probability of {about_en}{p}: {word_en}{alike_en}."
        )
    };
    Some(text.get(lang).to_owned())
}

/// The policies that the trials cannot tell from the one with the highest estimate, as the end of a sentence; `None` if they
/// can be told, or were not compared.
fn alike(results: &Results, world: &Named, (best, highest): (&RunResult, &TargetResult)) -> Option<Text> {
    let others =
        results.runs.iter().filter(|run| run.world.id == world.id && run.policy.id != best.policy.id);
    let not_apart = |other: &&RunResult| {
        let theirs = other.target(&highest.id)?;
        let (_, [low, _]) = highest.less(&best.policy.id, theirs, &other.policy.id)?;
        Some(low <= 0.0)
    };
    let alike: Vec<&Text> =
        others.filter(|other| not_apart(other) == Some(true)).map(|run| &run.policy.name).collect();
    if alike.is_empty() {
        return None;
    }
    let names = |pick: fn(&Text) -> &str, with: &str| {
        alike.iter().map(|name| format!("“{}”", pick(name))).collect::<Vec<_>>().join(with)
    };
    let (zh, en) = (names(|name| &name.zh, "、"), names(|name| &name.en, ", "));
    Some(text!("；按现有次数与{zh}分不出高低", "; these trials cannot tell it from {en}"))
}

/// Targets against policies: probabilities only. Several worlds stand in a column of their own.
fn comparison(results: &Results, lang: Lang) -> Table {
    let worlds = &results.run.worlds;
    let say = |text: Text| text.get(lang).to_owned();
    let mut columns = vec![Column::text(say(Text::new("目标", "Target")))];
    if worlds.len() > 1 {
        columns.push(Column::text(say(Text::new("情景", "World"))));
    }
    let of_policy = |policy: &Named| {
        let in_all_parts = policy.id == results.run.reference.id;
        Column { in_all_parts, ..Column::number(policy.name.get(lang)) }
    };
    columns.extend(results.run.policies.iter().map(of_policy));
    let mut rows = Vec::new();
    let Some(first) = results.runs.first() else { return Table { columns, ..Table::default() } };
    let subjects =
        shown(first).map(|target| (readings_text::name(results, target), target.id.clone(), false));
    let joint = first.joint.iter().filter(|joint| joint.targets.len() > 1).map(|joint| {
        let (id, n) = (&joint.document, joint.targets.len());
        let name = match id.as_str() {
            "*" => text!("所有文件的{n}项目标全部实现", "All {n} targets of all documents"),
            _ => text!("{id} 的{n}项目标全部实现", "All {n} targets of {id}"),
        };
        let name = match readings_text::by_rule_among(n, joint.by_rule) {
            Some(Text { zh: mark_zh, en: mark_en }) => {
                let (zh, en) = (name.zh, name.en);
                text!("{zh}（{mark_zh}）", "{en} ({mark_en})")
            }
            None => name,
        };
        (name, joint.document.clone(), true)
    });
    for (name, id, is_joint) in subjects.chain(joint) {
        for world in worlds {
            let mut row = vec![name.get(lang).to_owned()];
            if worlds.len() > 1 {
                row.push(world.name.get(lang).to_owned());
            }
            for policy in &results.run.policies {
                let run = results.run_of(&policy.id, &world.id);
                row.push(run.and_then(|run| chance_of(run, &id, is_joint, lang)).unwrap_or_default());
            }
            rows.push(row);
        }
    }
    let (trials, trials_en) =
        (number::decimal(results.run.trials as f64, 0), number::trials(results.run.trials));
    let (seed, version) = (results.run.seed, &results.program.version);
    let note = text!(
        "每个方案模拟{trials}次，种子{seed}，clustercast {version}；所有方案用同一批随机数。",
        "{trials_en} a policy, seed {seed}, clustercast {version}; all policies share the same random draws."
    );
    Table {
        title: Some(say(Text::new("各方案实现目标的可能性", "Probability of each target under each policy"))),
        columns,
        rows,
        notes: std::iter::once(say(note))
            .chain(sampler_text::note(results).map(say))
            .chain(sampler_text::lines(results).map(say))
            .chain(precision_text::sentence(results, lang))
            .chain(readings_text::by_rule_note(first).map(say))
            .collect(),
    }
}

/// The targets that tables show: conditions stand beside what they are conditions of.
fn shown(run: &RunResult) -> impl Iterator<Item = &TargetResult> {
    run.targets.iter().filter(|target| target.role == "target")
}

fn chance_of(run: &RunResult, id: &str, joint: bool, lang: Lang) -> Option<String> {
    if joint {
        let found = run.joint.iter().find(|joint| joint.document == id)?;
        return Some(probability(found.probability, found.interval.into(), lang));
    }
    run.target(id).map(|target| sampler_text::short_chance(target, lang))
}

/// All targets of one policy in one world.
fn details(results: &Results, run: &RunResult, lang: Lang) -> Table {
    let say = |text: Text| text.get(lang).to_owned();
    let reference = &results.run.reference;
    let is_reference = run.policy.id == reference.id;
    let mut columns = vec![
        Column::text(say(Text::new("目标", "Target"))),
        Column::number(say(Text::new("可能性（95%区间）", "Probability (95% interval)"))),
    ];
    if !is_reference {
        let (zh, en) = (&reference.name.zh, &reference.name.en);
        columns.push(Column::number(say(text!("与“{zh}”相比", "Against “{en}”"))));
    }
    // where all is money the heads carry the unit, else every cell its own
    let mixed = run.targets.iter().filter_map(|t| t.quantity.as_ref()).any(|q| q.figure != "money");
    let (median, shortfall) = if mixed {
        (Text::new("中位数（5%–95%）", "Median (5–95%)"), Text::new("平均缺口", "Mean shortfall"))
    } else {
        (
            Text::new("中位数（5%–95%）亿元", "Median (5–95%), billion yuan"),
            Text::new("平均缺口 亿元", "Mean shortfall, billion yuan"),
        )
    };
    columns.push(Column::number(say(median)));
    columns.push(Column::text(say(Text::new("何时首次达到", "First reached"))));
    columns.push(Column::number(say(shortfall)));
    let rows = shown(run).map(|target| {
        let mut row = vec![readings_text::name(results, target).get(lang).to_owned(), chance(target, lang)];
        if !is_reference {
            let change = |(change, ends): (f64, Ends)| points_change(change, ends.into(), lang);
            row.push(target.told_change().map_or_else(String::new, change));
        }
        row.push(target.quantity.as_ref().map_or_else(String::new, |quantity| spread(quantity, mixed, lang)));
        row.push(match &target.first_year {
            Some(first) => say(first_reached(first)),
            None if target.average => say(readings_text::no_first_year()),
            None => String::new(),
        });
        let gap = |s: &Shortfall| match &target.quantity {
            // shares differ by percentage points, not by a percentage
            Some(quantity) if quantity.figure == "share" => {
                let points = figure(s.mean, "share", lang);
                let points = points.trim_end_matches('%');
                say(text!("{points}个百分点", "{points} pp"))
            }
            Some(quantity) if mixed => with_unit(&figure(s.mean, &quantity.figure, lang), quantity, lang),
            _ => money(s.mean, lang),
        };
        row.push(target.shortfall.as_ref().map_or_else(String::new, gap));
        row
    });
    let (policy, world) = (&run.policy.name, &run.world.name);
    let title = if results.run.worlds.len() > 1 {
        Text::new(
            format!("{}（情景：{}）", policy.zh, world.zh),
            format!("{} (world: {})", policy.en, world.en),
        )
    } else {
        policy.clone()
    };
    let rows = rows.collect();
    Table { title: Some(say(title)), columns, rows, notes: vec![say(public_money(&run.cost, lang))] }
}

/// The probability, and that of the upper end of a stated range.
fn chance(target: &TargetResult, lang: Lang) -> String {
    let p = sampler_text::chance(target, lang);
    let Some(stretch) = &target.stretch else { return p };
    let upper = probability(stretch.probability, stretch.interval.into(), lang);
    text!("{p}；高限{upper}", "{p}; upper end {upper}").get(lang).to_owned()
}

fn spread(quantity: &QuantityResult, mixed: bool, lang: Lang) -> String {
    let at = |key: &str| quantity.quantiles.get(key).copied().unwrap_or(f64::NAN);
    let range = figure_range(at("0.05"), at("0.95"), &quantity.figure, lang);
    let median = figure(at("0.5"), &quantity.figure, lang);
    let median = if mixed { with_unit(&median, quantity, lang) } else { median };
    text!("{median}（{range}）", "{median} ({range})").get(lang).to_owned()
}

/// A figure with the unit of its quantity: `3家`, `3 firms`, `1 firm`; percentages carry theirs already.
fn with_unit(figure: &str, quantity: &QuantityResult, lang: Lang) -> String {
    let unit = number::unit_of(&quantity.figure, &quantity.unit_name);
    let unit = unit.get(lang);
    match (quantity.figure.as_str(), lang) {
        ("share", _) => figure.to_owned(),
        (_, Lang::Zh) => format!("{figure}{unit}"),
        (_, Lang::En) if figure == "1" => format!("1 {}", number::singular(unit)),
        (_, Lang::En) => format!("{figure} {unit}"),
    }
}

/// The most likely year, or that it is likelier than any year never to be reached up to the horizon.
fn first_reached(first: &FirstYear) -> Text {
    let reached = first.by_year.iter().filter(|(_, p)| **p > 0.0);
    let likely = reached.reduce(|best, next| if next.1 > best.1 { next } else { best });
    let last = first.by_year.keys().last().copied().unwrap_or_default();
    let never = number::percent(first.never);
    match likely {
        None => text!("到{last}年从未达到", "never up to {last}"),
        Some((year, p)) if first.never < *p => {
            let p = number::percent(*p);
            text!("最可能{year}年（{p}）", "most likely {year} ({p})")
        }
        Some(_) => text!("到{last}年仍未达到：{never}", "not up to {last}: {never}"),
    }
}

fn public_money(cost: &CostResult, lang: Lang) -> Text {
    if cost.gross.mean == 0.0 {
        return text!("不花财政资金。", "No public money.");
    }
    let (gross, net) = (money(cost.gross.mean, lang), money(cost.net.mean, lang));
    text!(
        "财政资金：支出平均{gross}亿元，扣除可收回部分后{net}亿元。",
        "Public money: {gross} paid on average, {net} net of recoveries (billion yuan)."
    )
}
