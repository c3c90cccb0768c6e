//! Peeling: the trajectory of ever smaller and denser boxes.

use super::{Cases, Limits, Measure, PrimError, Region, Side};

/// What a peel should gain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Objective {
    /// Rise in density for each case taken off: patient with inputs of few values, whose peels are large (the objective
    /// "lenient 1" of the EMA Workbench, its default; Kwakkel & Jaxa-Rozen 2016, Environmental Modelling & Software
    /// 79:311–321).
    #[default]
    GainPerCase,
    /// Rise in density (Friedman & Fisher 1999).
    Gain,
}

/// How to peel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peeling {
    /// Share of the cases in the box that one peel takes off an input without ties, in (0, ½]. Small is patient.
    pub share: f64,
    /// Least share of all cases that a box may hold, in (0, 1).
    pub least_mass: f64,
    /// What a peel should gain.
    pub objective: Objective,
    /// Most inputs that may be restricted; `None` for any number.
    pub most_restricted: Option<usize>,
}

impl Default for Peeling {
    /// 5 % a peel, boxes of 5 % of the cases at least.
    fn default() -> Self {
        Self { share: 0.05, least_mass: 0.05, objective: Objective::default(), most_restricted: None }
    }
}

/// One box of a trajectory, measured on the cases it was found on.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The box.
    pub region: Region,
    /// Its counts, biased to the good side by the search.
    pub measure: Measure,
    /// Number of restricted inputs.
    pub restricted: usize,
}

/// Boxes in the order of peeling, the first without limits; coverage never rises, density always does.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    /// At least one step.
    pub steps: Vec<Step>,
}

impl Trajectory {
    /// For each number of restricted inputs that occurs, in increasing order: the box with the largest smaller one of
    /// coverage and density, the first of equals.
    pub fn best_by_restricted(&self) -> Vec<&Step> {
        let most = self.steps.iter().map(|s| s.restricted).max().unwrap_or(0);
        let best = |restricted: usize| {
            let steps = self.steps.iter().filter(|s| s.restricted == restricted);
            steps.reduce(
                |best, step| {
                    if step.measure.balance() > best.measure.balance() { step } else { best }
                },
            )
        };
        (0..=most).filter_map(best).collect()
    }

    /// The box for a reader: of those with at least this density, the ones with the fewest restricted inputs, and of
    /// these the one with the largest coverage, the first of equals. `None` if no box is so dense.
    pub fn choose(&self, density: f64) -> Option<&Step> {
        let dense = self.steps.iter().filter(|s| s.measure.density().is_some_and(|d| d >= density));
        dense.reduce(|best, step| {
            let better = step.restricted < best.restricted
                || step.restricted == best.restricted
                    && step.measure.of_interest_inside > best.measure.of_interest_inside;
            if better { step } else { best }
        })
    }
}

/// Peels until no peel raises the density or every one would leave too few cases.
///
/// A limit lies halfway between the values on both its sides. Where values are tied, the peel takes all equal ones. Of
/// equally good peels the one that restricts no further input is taken, then the first input, its upper end before its
/// lower. Cost: one sort for each input, then a pass over the cases left for each input and peel.
///
/// # Errors
/// [`PrimError::NothingOfInterest`], [`PrimError::AllOfInterest`], [`PrimError::Share`].
pub fn peel(cases: &Cases, peeling: &Peeling) -> Result<Trajectory, PrimError> {
    cases.searchable()?;
    if !(peeling.share > 0.0 && peeling.share <= 0.5 && peeling.least_mass > 0.0 && peeling.least_mass < 1.0)
    {
        return Err(PrimError::Share);
    }
    let mut state = State::new(cases);
    let mut steps = vec![state.step()];
    while let Some(candidate) = state.best(peeling) {
        state.apply(&candidate);
        steps.push(state.step());
    }
    Ok(Trajectory { steps })
}

/// A possible peel.
struct Candidate {
    input: usize,
    side: Side,
    limit: f64,
    /// Cases taken off.
    removed: usize,
    score: f64,
    restricted: usize,
}

/// The box so far.
struct State<'a, 'b> {
    cases: &'a Cases<'b>,
    region: Region,
    /// For each input the cases in the box, by increasing value.
    sorted: Vec<Vec<u32>>,
    inside: Vec<bool>,
    of_interest: usize,
    all_of_interest: usize,
}

impl<'a, 'b> State<'a, 'b> {
    fn new(cases: &'a Cases<'b>) -> Self {
        let by_value = |values: &&[f64]| {
            let mut order: Vec<u32> = (0..cases.count() as u32).collect();
            order
                .sort_unstable_by(|&i, &j| values[i as usize].total_cmp(&values[j as usize]).then(i.cmp(&j)));
            order
        };
        let of_interest = cases.of_interest();
        Self {
            cases,
            region: Region::everything(cases.inputs()),
            sorted: cases.inputs.iter().map(by_value).collect(),
            inside: vec![true; cases.count()],
            of_interest,
            all_of_interest: of_interest,
        }
    }

    fn count(&self) -> usize {
        self.sorted[0].len()
    }

    fn step(&self) -> Step {
        let measure = Measure {
            cases: self.cases.count() as u64,
            of_interest: self.all_of_interest as u64,
            inside: self.count() as u64,
            of_interest_inside: self.of_interest as u64,
        };
        Step { region: self.region.clone(), measure, restricted: self.region.restricted().count() }
    }

    /// The best peel, if any raises the density.
    fn best(&self, peeling: &Peeling) -> Option<Candidate> {
        let restricted = self.region.restricted().count();
        let mut best: Option<Candidate> = None;
        for (input, limits) in self.region.limits.iter().enumerate() {
            let restricted = restricted + usize::from(!limits.restrict());
            if peeling.most_restricted.is_some_and(|most| restricted > most) {
                continue;
            }
            for side in [Side::High, Side::Low] {
                let Some(candidate) = self.candidate(input, side, restricted, peeling) else { continue };
                let better = best.as_ref().is_none_or(|b| {
                    candidate.score > b.score
                        || candidate.score == b.score && candidate.restricted < b.restricted
                });
                if candidate.score > 0.0 && better {
                    best = Some(candidate);
                }
            }
        }
        best
    }

    /// The peel of one end of an input; `None` if it takes off nothing or leaves too little.
    fn candidate(&self, input: usize, side: Side, restricted: usize, peeling: &Peeling) -> Option<Candidate> {
        let (values, order) = (self.cases.inputs[input], &self.sorted[input]);
        let limit = limit(values, order, side, peeling.share)?;
        let outside = |i: &&u32| !side_limits(side, limit).contain(values[**i as usize]);
        let taken = |cases: &mut dyn Iterator<Item = &u32>| {
            cases
                .fold((0, 0), |(n, hits), &i| (n + 1, hits + usize::from(self.cases.of_interest[i as usize])))
        };
        let (removed, hits) = match side {
            Side::Low => taken(&mut order.iter().take_while(outside)),
            Side::High => taken(&mut order.iter().rev().take_while(outside)),
        };
        let left = self.count() - removed;
        if removed == 0 || left == 0 || (left as f64) < peeling.least_mass * self.cases.count() as f64 {
            return None;
        }
        let density = self.of_interest as f64 / self.count() as f64;
        let gain = (self.of_interest - hits) as f64 / left as f64 - density;
        let score = match peeling.objective {
            Objective::GainPerCase => gain / removed as f64,
            Objective::Gain => gain,
        };
        Some(Candidate { input, side, limit, removed, score, restricted })
    }

    fn apply(&mut self, candidate: &Candidate) {
        let order = &self.sorted[candidate.input];
        let taken = match candidate.side {
            Side::Low => &order[..candidate.removed],
            Side::High => &order[order.len() - candidate.removed..],
        };
        for &case in taken {
            self.inside[case as usize] = false;
            self.of_interest -= usize::from(self.cases.of_interest[case as usize]);
        }
        for order in &mut self.sorted {
            order.retain(|case| self.inside[*case as usize]);
        }
        self.region.limits[candidate.input].set(candidate.side, Some(candidate.limit));
    }
}

/// Limits on one side only.
const fn side_limits(side: Side, limit: f64) -> Limits {
    let mut limits = Limits { low: None, high: None };
    limits.set(side, Some(limit));
    limits
}

/// The limit that takes the given share off one end of the sorted cases: halfway between the two values at the quantile, the
/// outer one being the first that differs from the inner (or the other way round at the last value).
fn limit(values: &[f64], order: &[u32], side: Side, share: f64) -> Option<f64> {
    let at = |rank: usize| values[order[rank] as usize];
    let last = order.len().checked_sub(1)?;
    let place = match side {
        Side::Low => last as f64 * share,
        Side::High => last as f64 * (1.0 - share),
    };
    let (mut low, mut high) = (place.floor() as usize, place.ceil() as usize);
    match side {
        Side::Low => {
            while at(low) == at(high) && high < last {
                high += 1;
            }
        }
        Side::High => {
            while at(low) == at(high) && low > 0 {
                low -= 1;
            }
        }
    }
    Some((at(low) + at(high)) / 2.0)
}
