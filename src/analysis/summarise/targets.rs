//! Summarises targets: probabilities, changes against the reference, first years, shortfalls.

use super::*;
use crate::math::powf;
use crate::model::{Demand, Figure, Level as Demanded, Subject, Target, When};
use crate::plan::{ALL_DOCUMENTS, Condition, Series, document_group};
use crate::stats::{Paired, wilson};
use crate::tally::{TargetCounts, TargetSums};
use crate::text;
use crate::text::Lang;
use crate::units::{UnitKind, show, show_grouped, shown};

/// The result of the model's target `index`; `None` only if the plan lacks it.
pub(super) fn target(cell: &Cell<'_>, index: usize) -> Option<TargetResult> {
    let model = cell.run.model;
    let spec = &model.targets[index];
    let at = cell.run.plan.targets.iter().position(|t| t.id == spec.id)?;
    let (counts, sums) = (&cell.counts.targets[at], &cell.sums.targets[at]);
    let n = cell.counts.trials;
    let judged = Judged::of(cell, spec, at);
    let average = model.is_average(spec);
    let stretch = |value| Stretch {
        value,
        probability: counts.stretch as f64 / n as f64,
        interval: proportion(counts.stretch, n),
    };
    Some(TargetResult {
        id: spec.id.clone(),
        name: spec.name.clone(),
        document: spec.document.clone(),
        by_rule: spec.by_rule,
        members: members(model, spec),
        role: if spec.is_condition { "condition" } else { "target" }.to_owned(),
        reading: spec.reading.map(|reading| model.reading_id(reading)),
        in_force: model.in_force(spec),
        scope: Named {
            id: model.scope_id(&spec.scope),
            name: model.judged_scope_name(&spec.subject, &spec.scope),
        },
        province: province(model, spec),
        measure: match spec.subject.is_revenue() {
            true => model.measures[spec.measure].id.clone(),
            false => String::new(),
        },
        year: judged_year(&spec.demand),
        condition: condition(model, spec),
        probability: counts.hits as f64 / n as f64,
        interval: proportion(counts.hits, n),
        line: None,
        hits: counts.hits,
        trials: n,
        change: change(cell, counts, judged.as_ref().map(|_| sums)),
        compared: compared::pairs(cell, at),
        quantity: judged.as_ref().map(Judged::quantity),
        hits_in_year: judged.as_ref().filter(|_| looks_around(&spec.demand)).map(|_| counts.in_year),
        average,
        first_year: (!average && !matches!(spec.demand, Demand::AtLeast { .. }))
            .then(|| first_year(cell, counts)),
        shortfall: judged.as_ref().map(|_| shortfall(spec, sums)),
        mean_if_met: judged.as_ref().and_then(|j| j.mean_if_met(spec, counts, sums)),
        growth_needed: judged.as_ref().and_then(|j| j.growth_needed(model, spec)),
        stretch: spec.stretch.map(stretch),
    })
}

/// Whether it looks at other years than the judged one.
fn looks_around(demand: &Demand) -> bool {
    matches!(demand, Demand::Threshold { when: When::By(_) | When::Sustained(..), .. })
}

/// The province of a target in a file of several.
fn province(model: &Model, target: &Target) -> Option<Named> {
    let province = &model.provinces[model.province_of(target).filter(|_| model.provinces.len() > 1)?];
    Some(Named { id: province.id.clone(), name: province.name.clone() })
}

/// What a group is made of, groups within it resolved. Targets refer to no circles, which the reader has seen to.
fn members(model: &Model, target: &Target) -> Option<Members> {
    let Demand::AtLeast { of, .. } = &target.demand else { return None };
    let each = of.iter().map(|&index| {
        let own = &model.targets[index];
        members(model, own).unwrap_or(Members { targets: 1, by_rule: usize::from(own.by_rule) })
    });
    Some(each.fold(Members { targets: 0, by_rule: 0 }, |sum, one| Members {
        targets: sum.targets + one.targets,
        by_rule: sum.by_rule + one.by_rule,
    }))
}

/// The joint targets of every document, in the order of the documents' first targets.
pub(super) fn joint(cell: &Cell<'_>) -> Vec<JointResult> {
    let model = cell.run.model;
    let mut documents: Vec<&str> = Vec::new();
    for document in model.targets.iter().filter_map(|t| t.document.as_deref()) {
        if !documents.contains(&document) {
            documents.push(document);
        }
    }
    documents.push(ALL_DOCUMENTS);
    let result = |document: &str| {
        let group = document_group(document);
        let at = cell.run.plan.targets.iter().position(|t| t.id == group)?;
        let Condition::AtLeast { of, .. } = &cell.run.plan.targets[at].condition else { return None };
        let counts = &cell.counts.targets[at];
        let source = model.sources.iter().find(|s| s.id == document);
        let by_rule = of.iter().filter(|&&member| {
            let id = &cell.run.plan.targets[member].id;
            model.targets.iter().any(|target| target.id == *id && target.by_rule)
        });
        let title = || match document {
            ALL_DOCUMENTS => Text::new("所有文件", "All documents"),
            _ => Text::same(document),
        };
        Some(JointResult {
            document: document.to_owned(),
            title: source.map_or_else(title, |s| s.title.clone()),
            targets: of.iter().map(|&member| cell.run.plan.targets[member].id.clone()).collect(),
            by_rule: by_rule.count(),
            probability: counts.hits as f64 / cell.counts.trials as f64,
            interval: proportion(counts.hits, cell.counts.trials),
            hits: counts.hits,
            change: change(cell, counts, None),
        })
    };
    documents.into_iter().filter_map(result).collect()
}

/// The quantity that a threshold target judges.
struct Judged<'a> {
    moments: &'a Moments,
    sketch: &'a QuantileSketch,
    base: &'a QuantileSketch,
    /// The series.
    series: &'a Series,
    at_least: bool,
}

impl<'a> Judged<'a> {
    fn of(cell: &'a Cell<'_>, spec: &Target, at: usize) -> Option<Self> {
        let plan = cell.run.plan;
        let Condition::Threshold { series, at_least, .. } = &plan.targets[at].condition else { return None };
        let year = usize::try_from(judged_year(&spec.demand)? - plan.base_year).ok()?;
        let point = plan.at(*series, year);
        Some(Self {
            moments: &cell.sums.series[point],
            sketch: &cell.counts.series[point],
            base: &cell.counts.series[plan.at(*series, 0)],
            series: &plan.series[*series],
            at_least: *at_least,
        })
    }

    fn quantity(&self) -> QuantityResult {
        QuantityResult {
            series: self.series.id.clone(),
            figure: figure_word(self.series.unit).to_owned(),
            unit: unit_word(self.series).to_owned(),
            unit_name: self.series.unit_name.clone(),
            mean: mean(self.moments),
            sd: sd(self.moments),
            quantiles: quantiles(self.sketch, self.series.unit),
            density: bins(self.sketch, self.series.unit),
            median_interval: self
                .sketch
                .quantile_interval(0.5, LEVEL)
                .map(|interval| ends(interval).map(|x| whole(x, self.series.unit))),
        }
    }

    /// What the tally knows of the trials that miss leaves the mean of those that meet: with a constant level L,
    /// the missing ones sum to `missed · L ∓ total shortfall`.
    fn mean_if_met(&self, spec: &Target, counts: &TargetCounts, sums: &TargetSums) -> Option<f64> {
        let Demand::Threshold { level: Demanded::Fixed(level), when: When::Year(_), .. } = &spec.demand
        else {
            return None;
        };
        let n = self.moments.n() as f64;
        let missed = sums.relative_shortfall.n() as f64 * level;
        let gap = mean(&sums.shortfall) * n;
        let missing = if self.at_least { missed - gap } else { missed + gap };
        (counts.hits > 0).then(|| (mean(self.moments) * n - missing) / counts.hits as f64)
    }

    fn growth_needed(&self, model: &Model, spec: &Target) -> Option<f64> {
        // numbers of things do not grow at a rate
        if !spec.subject.is_revenue() {
            return None;
        }
        growth_needed(&spec.demand, model.base_year, self.base.quantile(0.5)?)
    }
}

/// Compound annual growth that leads from `base` to the demanded level; `None` for counts and groups, or if base or
/// level is not positive. With levels by year, the greatest growth that any of them needs (the least for `at_most`).
pub(in crate::analysis) fn growth_needed(demand: &Demand, base_year: i32, base: f64) -> Option<f64> {
    let Demand::Threshold { at_least, level, when } = demand else { return None };
    let (first, last) = match when {
        When::Year(year) | When::By(year) => (*year, *year),
        When::Sustained(from, to) => (*from, *to),
    };
    let to = |amount: f64, year: i32| {
        let valid = base > 0.0 && amount > 0.0 && year > base_year;
        valid.then(|| powf(amount / base, 1.0 / f64::from(year - base_year)) - 1.0)
    };
    match level {
        Demanded::Growth(rate) => Some(*rate),
        Demanded::Fixed(amount) => to(*amount, if *at_least { first } else { last }),
        Demanded::MultipleOfBase(multiple) => to(multiple * base, if *at_least { first } else { last }),
        Demanded::ByYear(amounts) => {
            let judged = amounts.iter().filter(|(year, _)| (first..=last).contains(year));
            let needed = judged.filter_map(|&(year, amount)| to(amount, year));
            needed.reduce(|a, b| if *at_least { a.max(b) } else { a.min(b) })
        }
    }
}

/// Calendar year in which a target is judged, the last one of several.
pub(in crate::analysis) fn judged_year(demand: &Demand) -> Option<i32> {
    let (Demand::Threshold { when, .. } | Demand::Count { when, .. }) = demand else { return None };
    Some(match when {
        When::Year(year) | When::By(year) => *year,
        When::Sustained(_, to) => *to,
    })
}

pub(super) fn proportion(hits: u64, n: u64) -> Ends {
    // a run has at least one trial and no more hits than trials
    wilson(hits, n, LEVEL).map_or([0.0, 1.0], ends)
}

fn change(cell: &Cell<'_>, counts: &TargetCounts, quantity: Option<&TargetSums>) -> Option<Change> {
    if cell.policy == 0 {
        return None;
    }
    let TargetCounts { both, only_here, only_reference, .. } = *counts;
    let neither = cell.counts.trials - both - only_here - only_reference;
    let paired = Paired::new(both, only_here, only_reference, neither).ok()?;
    let difference = quantity.map(|sums| sums.change.moments());
    Some(Change {
        against: cell.run.plan.policies[0].clone(),
        probability: paired.difference(),
        interval: ends(paired.interval(LEVEL)),
        quantity_mean: difference.map(mean),
        quantity_interval: difference.and_then(|m| m.mean_interval(LEVEL)).map(ends),
    })
}

fn first_year(cell: &Cell<'_>, counts: &TargetCounts) -> FirstYear {
    let n = cell.counts.trials;
    let share = |trials: u64| trials as f64 / n as f64;
    let base_year = cell.run.plan.base_year;
    let years = counts.first_year.iter().enumerate().skip(1);
    let reached: u64 = counts.first_year.iter().skip(1).sum();
    FirstYear {
        by_year: years.map(|(year, &trials)| (base_year + year as i32, share(trials))).collect(),
        never: share(n - reached),
    }
}

fn shortfall(spec: &Target, sums: &TargetSums) -> Shortfall {
    let nothing = matches!(spec.demand, Demand::Threshold { level: Demanded::Fixed(0.0), .. });
    let missed = sums.relative_shortfall.n();
    let total = mean(&sums.shortfall) * sums.shortfall.n() as f64;
    Shortfall {
        mean: mean(&sums.shortfall),
        mean_if_missed: (missed > 0).then(|| total / missed as f64),
        share_of_target: sums.relative_shortfall.mean().filter(|_| !nothing),
    }
}

/// What a target demands, in words.
pub(in crate::analysis) fn condition(model: &Model, spec: &Target) -> ConditionInfo {
    match &spec.demand {
        Demand::Threshold { at_least, level, when } => {
            let level_text = match level {
                Demanded::Fixed(amount) => amount_text(model, &spec.subject, *amount),
                _ => level_text(level),
            };
            // numbers of things are few or many, not low or high
            let (zh_sign, en_sign) = match (*at_least, spec.subject.is_count()) {
                (true, false) => ("不低于", "at least"),
                (true, true) => ("不少于", "at least"),
                (false, false) => ("不高于", "at most"),
                (false, true) => ("不多于", "at most"),
            };
            let Text { zh: zh_when, en: en_when } = when_text(*when);
            let (zh, en) = (level_text.zh, level_text.en);
            let fixed = if let Demanded::Fixed(amount) = level { Some(*amount) } else { None };
            let kind = if *at_least { "at_least" } else { "at_most" };
            let of = match spec.subject {
                Subject::Revenue => Text::default(),
                _ => model.subject_name(&spec.subject),
            };
            // a name that begins with a year does not run into the one before it
            let comma = if of.zh.starts_with(|c: char| c.is_ascii_digit()) { "，" } else { "" };
            let of_en = if of.en.is_empty() { String::new() } else { format!("{}: ", of.en) };
            let of_zh = of.zh;
            let text = match level {
                // an average over years, judged at the end of them
                Demanded::Growth(_) => text!(
                    "{zh_when}{comma}{of_zh}比基年年均增长{zh_sign}{zh}",
                    "{of_en}growth of {en_sign} {en} a year since the base year, {en_when}"
                ),
                _ => text!("{zh_when}{comma}{of_zh}{zh_sign}{zh}", "{of_en}{en_sign} {en} {en_when}"),
            };
            ConditionInfo { kind: kind.to_owned(), when: when_word(*when), text, level: fixed }
        }
        Demand::Count { tiers, when } => {
            let Text { zh: zh_when, en: en_when } = when_text(*when);
            let tier = |&(count, value): &(usize, f64)| {
                let Text { zh, en } = money_text(value);
                text!("至少{count}个集群达到{zh}", "at least {count} clusters at {en}")
            };
            let tiers = join(tiers.iter().map(tier), "且", " and ");
            let text = Text::new(format!("{zh_when}{}", tiers.zh), format!("{} {en_when}", tiers.en));
            ConditionInfo { kind: "count".to_owned(), when: when_word(*when), text, level: None }
        }
        Demand::AtLeast { k, of } => {
            let names = join(of.iter().map(|&t| model.targets[t].name.clone()), "、", ", ");
            let (zh, en, n) = (names.zh, names.en, of.len());
            let text = if *k == n {
                text!("全部达到：{zh}", "all of: {en}")
            } else {
                text!("{n}项中至少达到{k}项：{zh}", "at least {k} of {n}: {en}")
            };
            ConditionInfo { kind: "group".to_owned(), when: String::new(), text, level: None }
        }
    }
}

/// The word for the years that a demand looks at.
fn when_word(when: When) -> String {
    match when {
        When::Year(_) => "year",
        When::By(_) => "by",
        When::Sustained(..) => "sustained",
    }
    .to_owned()
}

fn join(texts: impl Iterator<Item = Text>, zh: &str, en: &str) -> Text {
    let texts: Vec<Text> = texts.collect();
    let all =
        |language: fn(&Text) -> &str, with: &str| texts.iter().map(language).collect::<Vec<_>>().join(with);
    Text::new(all(|t| &t.zh, zh), all(|t| &t.en, en))
}

fn level_text(level: &Demanded) -> Text {
    match level {
        Demanded::Fixed(amount) => money_text(*amount),
        Demanded::ByYear(amounts) => {
            let (_, last) = amounts.last().copied().unwrap_or_default();
            let Text { zh, en } = money_text(last);
            text!("逐年水平（最后为{zh}）", "the levels by year (finally {en})")
        }
        Demanded::MultipleOfBase(multiple) => {
            let multiple = show(*multiple, UnitKind::Number, Lang::Zh);
            text!("基年的{multiple}倍", "{multiple} times the base year")
        }
        Demanded::Growth(rate) => Text::same(show(*rate, UnitKind::Rate, Lang::Zh)),
    }
}

/// A level of a subject with its unit: `3家`, `5.5%`, `60天`.
fn amount_text(model: &Model, subject: &Subject, amount: f64) -> Text {
    let Text { zh, en } = model.unit(subject);
    let number = show(amount, UnitKind::Number, Lang::Zh);
    match model.figure(subject) {
        Figure::Money | Figure::Amount => money_text(amount),
        Figure::Share => shown(amount, UnitKind::Rate),
        // the subject's name says in English what is counted
        Figure::Count if !matches!(subject, Subject::Indicator { .. }) => text!("{number}{zh}", "{number}"),
        Figure::Count | Figure::Number => text!("{number}{zh}", "{number} {en}"),
    }
}

/// An amount as each language says it: 亿元 are tenths of a billion.
fn money_text(amount: f64) -> Text {
    let billions = show_grouped(amount / 10.0);
    Text::new(show(amount, UnitKind::Money, Lang::Zh), format!("{billions} billion yuan"))
}

fn when_text(when: When) -> Text {
    match when {
        When::Year(year) => text!("{year}年", "in {year}"),
        When::By(year) => text!("{year}年以前任一年", "in any year up to {year}"),
        When::Sustained(from, to) => text!("{from}至{to}年每年", "in every year from {from} to {to}"),
    }
}
