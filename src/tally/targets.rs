//! Targets judged trial by trial: hits, first years, shortfalls, and pairs with the policy that each is compared with.

use super::Progress;
use crate::kernel::BlockView;
use crate::math::{LANES, Lanes, Mask, Task, Vector};
use crate::plan::{Condition, Level, Plan, When};
use crate::stats::{MeanDifference, Moments};

/// Integer counts of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetCounts {
    /// Trials that meet the target.
    pub hits: u64,
    /// Trials that meet the demand in the judged year, whatever the other years that it looks at; 0 for counts and groups.
    pub in_year: u64,
    /// Trials that meet the stretch target.
    pub stretch: u64,
    /// Trials by the year in which the level is first reached (1..=steps; entry 0 is the base year).
    pub first_year: Vec<u64>,
    /// Trials that meet it under this policy and under the one it is compared with.
    pub both: u64,
    /// Trials that meet it under this policy only.
    pub only_here: u64,
    /// Trials that meet it under the other only.
    pub only_reference: u64,
    /// Trials that meet it, stretch by stretch of the run.
    pub progress: Progress,
}

/// Floating-point sums of one target.
#[derive(Clone, Debug, Default)]
pub struct TargetSums {
    /// Shortfall `max(0, level − quantity)` in the judged year, over all trials.
    pub shortfall: Moments,
    /// Shortfall as a share of the level's size, over the trials that miss it; 0 for a level of 0.
    pub relative_shortfall: Moments,
    /// Quantity under this policy less quantity under the one it is compared with, in the judged year.
    pub change: MeanDifference,
}

impl TargetCounts {
    /// No trial yet.
    pub fn new(plan: &Plan) -> Self {
        Self {
            hits: 0,
            in_year: 0,
            stretch: 0,
            first_year: vec![0; plan.points()],
            both: 0,
            only_here: 0,
            only_reference: 0,
            progress: Progress::default(),
        }
    }

    /// Adds other counts.
    pub fn merge(&mut self, other: &Self) {
        self.hits += other.hits;
        self.in_year += other.in_year;
        self.stretch += other.stretch;
        self.first_year.iter_mut().zip(&other.first_year).for_each(|(a, b)| *a += b);
        self.both += other.both;
        self.only_here += other.only_here;
        self.only_reference += other.only_reference;
        self.progress.merge(&other.progress);
    }
}

impl TargetSums {
    /// Adds the sums of the trials that follow.
    pub fn append(&mut self, next: &Self) {
        self.shortfall.merge(&next.shortfall);
        self.relative_shortfall.merge(&next.relative_shortfall);
        self.change.merge(&next.change);
    }
}

/// Verdicts of the block at hand, and of the policies in the same block that others are compared with.
pub struct Verdicts {
    here: Vec<Mask>,
    /// What others are compared with, by policy; empty for policies that nothing is compared with.
    kept: Vec<Kept>,
    /// For every target, trials that satisfy its yearly condition, by year.
    yearly: Vec<Vec<Mask>>,
    /// The same for a stretch target while it is judged.
    stretched: Vec<Mask>,
    vector: Vector,
}

/// What one policy came to in the block at hand.
#[derive(Clone, Default)]
struct Kept {
    hits: Vec<Mask>,
    /// The quantity in every target's judged year.
    quantity: Vec<[f64; LANES]>,
}

impl Verdicts {
    /// Scratch space for `plan`.
    pub fn new(plan: &Plan, vector: Vector) -> Self {
        let none = vec![Mask::NONE; plan.targets.len()];
        let kept = || Kept { hits: none.clone(), quantity: vec![[0.0; LANES]; plan.targets.len()] };
        let kept = (0..plan.policies.len())
            .map(|policy| if plan.against.contains(&policy) { kept() } else { Kept::default() })
            .collect();
        Self {
            kept,
            here: none,
            yearly: vec![vec![Mask::NONE; plan.points()]; plan.targets.len()],
            stretched: vec![Mask::NONE; plan.points()],
            vector,
        }
    }

    /// The trials that meet each target, of the block that was last judged.
    pub fn here(&self) -> &[Mask] {
        &self.here
    }

    /// Judges every target. Groups follow from their members, which stand before them.
    pub fn judge(&mut self, plan: &Plan, view: &BlockView<'_>) {
        for (index, target) in plan.targets.iter().enumerate() {
            self.here[index] = match &target.condition {
                Condition::AtLeast { k, of } => Mask::in_at_least(*k, of.iter().map(|&i| &self.here[i])),
                condition => {
                    satisfied_by_year(self.vector, plan, condition, None, view, &mut self.yearly[index]);
                    judged(condition, &self.yearly[index])
                }
            };
        }
        let kept = &mut self.kept[view.policy];
        if kept.hits.is_empty() {
            return;
        }
        kept.hits.copy_from_slice(&self.here);
        for (quantity, target) in kept.quantity.iter_mut().zip(&plan.targets) {
            if let Some((series, year, _)) = quantity_of(&target.condition) {
                *quantity = *view.paths.series(series, year);
            }
        }
    }

    /// Counts the verdicts of the block that was last judged.
    pub fn record(
        &mut self,
        plan: &Plan,
        view: &BlockView<'_>,
        counts: &mut [TargetCounts],
        sums: &mut [TargetSums],
    ) {
        let present = Mask::first(view.lanes);
        let kept = &self.kept[plan.against[view.policy]];
        for (index, target) in plan.targets.iter().enumerate() {
            let (here, reference) = (self.here[index].and(&present), kept.hits[index].and(&present));
            let counts = &mut counts[index];
            let (hits, both) = (here.count(), here.and(&reference).count());
            counts.hits += hits;
            counts.both += both;
            counts.only_here += hits - both;
            counts.only_reference += reference.count() - both;
            counts.progress.record(view.block, hits);
            if matches!(target.condition, Condition::AtLeast { .. }) {
                continue;
            }
            if let Some((_, year, _)) = quantity_of(&target.condition) {
                counts.in_year += self.yearly[index][year].and(&present).count();
            }
            let mut waiting = present;
            for (first, hits) in counts.first_year.iter_mut().zip(&self.yearly[index]).skip(1) {
                *first += waiting.and(hits).count();
                waiting = waiting.and(&hits.complement());
            }
            if let Some(stretch) = target.stretch {
                let stretched = &mut self.stretched;
                satisfied_by_year(self.vector, plan, &target.condition, Some(stretch), view, stretched);
                counts.stretch += judged(&target.condition, stretched).and(&present).count();
            }
            record_quantity(self.vector, view, &target.condition, &kept.quantity[index], &mut sums[index]);
        }
    }
}

/// Series, judged year and direction of a threshold target; `None` for counts and groups.
pub(crate) fn quantity_of(condition: &Condition) -> Option<(usize, usize, bool)> {
    let Condition::Threshold { series, at_least, when, .. } = condition else { return None };
    let year = match when {
        When::Year(year) | When::By(year) => *year,
        When::Every(years) => *years.end(),
    };
    Some((*series, year, *at_least))
}

fn record_quantity(
    v: Vector,
    view: &BlockView<'_>,
    condition: &Condition,
    reference: &[f64; LANES],
    sums: &mut TargetSums,
) {
    let Some((series, year, _)) = quantity_of(condition) else { return };
    let n = view.lanes;
    let mut change = *view.paths.series(series, year);
    v.zip(&mut change, reference, |here, reference| here - reference);
    sums.change.record_differences_on(v, &change[..n]);
    let Some((shortfall, levels)) = shortfall_of(v, view, condition) else { return };
    sums.shortfall.record_lanes_on(v, &shortfall[..n]);
    // nothing has no share of nothing; the summary leaves the share out then
    let mut shares = shortfall;
    v.zip(&mut shares, &levels, |lack, level| if level == 0.0 { 0.0 } else { lack / level.abs() });
    let mut relative = [0.0; LANES];
    let mut missed = 0;
    Mask::above(v, &shortfall, 0.0).and(&Mask::first(n)).for_each(|lane| {
        relative[missed] = shares[lane];
        missed += 1;
    });
    sums.relative_shortfall.record_lanes_on(v, &relative[..missed]);
}

/// What a threshold target lacks, `max(0, level − quantity)` (the excess where it is a ceiling), with the level that it is
/// lacked of: in the judged year; the least of all years where one of them is enough; the largest where all must hold. So
/// something is lacking exactly where the target is missed. `None` for counts, groups and years without a level.
pub(super) fn shortfall_of(v: Vector, view: &BlockView<'_>, condition: &Condition) -> Option<(Lanes, Lanes)> {
    let Condition::Threshold { series, at_least, levels, when } = condition else { return None };
    let (years, one_is_enough) = match when {
        When::Year(year) => (*year..=*year, true),
        When::By(last) => (1..=*last, true),
        When::Every(years) => (years.clone(), false),
    };
    let base = view.paths.series(*series, 0);
    let mut found: Option<(Lanes, Lanes)> = None;
    for (year, level) in years.filter_map(|year| Some((year, levels[year]?))) {
        let path = view.paths.series(*series, year);
        let is_first = found.is_none();
        let (lacking, judged) = found.get_or_insert(([0.0; LANES], [0.0; LANES]));
        let at_least = *at_least;
        v.run(Lack { path, base, level, at_least, is_first, one_is_enough, lacking, judged });
    }
    found
}

/// What one year lacks, taken over where it is the one that counts.
struct Lack<'a> {
    path: &'a Lanes,
    base: &'a Lanes,
    level: Level,
    at_least: bool,
    is_first: bool,
    one_is_enough: bool,
    lacking: &'a mut Lanes,
    judged: &'a mut Lanes,
}

impl Task for Lack<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for lane in 0..LANES {
            let level = level_of(self.level, self.base[lane]);
            let gap = if self.at_least { level - self.path[lane] } else { self.path[lane] - level };
            let gap = if gap > 0.0 { gap } else { 0.0 };
            let so_far = self.lacking[lane];
            let counts = self.is_first | ((gap < so_far) == self.one_is_enough) & (gap != so_far);
            self.lacking[lane] = if counts { gap } else { so_far };
            self.judged[lane] = if counts { level } else { self.judged[lane] };
        }
    }
}

#[inline(always)]
pub(super) fn level_of(level: Level, base: f64) -> f64 {
    level.constant + level.of_base * base
}

/// Marks for every year which trials satisfy the condition in that year; `stretch` replaces the level.
fn satisfied_by_year(
    v: Vector,
    plan: &Plan,
    condition: &Condition,
    stretch: Option<f64>,
    view: &BlockView<'_>,
    out: &mut [Mask],
) {
    out.fill(Mask::NONE);
    match condition {
        Condition::Threshold { series, at_least, levels, .. } => {
            let base = view.paths.series(*series, 0);
            for year in 0..plan.points() {
                let Some(level) = levels[year] else { continue };
                let path = view.paths.series(*series, year);
                let level = stretch.map_or((level.constant, level.of_base), |stretch| (stretch, 0.0));
                out[year] = Mask::reached(v, path, base, level, *at_least);
            }
        }
        Condition::Count { members, tiers, .. } => {
            for (year, out) in out.iter_mut().enumerate() {
                let reach = |value: f64| {
                    let reach = |&member: &usize| {
                        let path = view.paths.series(member, year);
                        Mask::reached(v, path, path, (value, 0.0), true)
                    };
                    members.iter().map(reach).collect::<Vec<Mask>>()
                };
                *out = tiers.iter().fold(Mask::ALL, |all, (count, value)| {
                    all.and(&Mask::in_at_least(*count, reach(*value).iter()))
                });
            }
        }
        Condition::AtLeast { .. } => {}
    }
}

fn judged(condition: &Condition, yearly: &[Mask]) -> Mask {
    let (Condition::Threshold { when, .. } | Condition::Count { when, .. }) = condition else {
        return Mask::NONE;
    };
    match when {
        When::Year(year) => yearly[*year],
        When::By(last) => Mask::in_at_least(1, yearly[1..=*last].iter()),
        When::Every(years) => Mask::in_at_least(years.clone().count(), yearly[years.clone()].iter()),
    }
}
