//! PRIM, the patient rule induction method: under which conditions on the inputs the cases of interest lie.
//!
//! A box is a set of lower and upper limits on some inputs. Starting from all cases, a small share is peeled off at the
//! best end of one input, over and over, so that the density of cases of interest grows while their coverage falls
//! (Friedman & Fisher 1999, Statistics and Computing 9:123–143; for scenario discovery Bryant & Lempert 2010,
//! Technological Forecasting and Social Change 77:34–49). The reader chooses a box along that trajectory; few
//! restricted inputs make it easy to state.
//!
//! A box is found by search, hence looks better on the sample it was found on than it is. [`Region::measure`] on a
//! fresh sample gives honest numbers; [`restrictions`] and [`reproducibility`] say which limits are more than luck.

mod check;
mod paste;
mod peel;
#[cfg(test)]
mod tests;

pub use check::{Reproducibility, Restriction, reproducibility, restrictions};
pub use paste::paste;
pub use peel::{Objective, Peeling, Step, Trajectory, peel};

use thiserror::Error;

use super::{Interval, Level, wilson};

/// Why no condition can be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PrimError {
    /// There is no input.
    #[error("there is no input")]
    NoInputs,
    /// An input does not have one value for each case.
    #[error("input {input} has {found} values instead of {expected}")]
    Lengths {
        /// Index of the input.
        input: usize,
        /// Number of cases.
        expected: usize,
        /// Values given.
        found: usize,
    },
    /// An input is not a finite number in every case.
    #[error("input {0} is not a finite number in every case")]
    NotFinite(usize),
    /// No case is of interest, so that there is nothing to find.
    #[error("no case is of interest")]
    NothingOfInterest,
    /// Every case is of interest, so that there is nothing to tell apart.
    #[error("every case is of interest")]
    AllOfInterest,
    /// A share is not strictly between 0 and 1, or a peeled share not at most ½.
    #[error("a share of cases is out of range")]
    Share,
    /// More than 2³² − 1 cases.
    #[error("too many cases")]
    TooManyCases,
}

/// Cases with their inputs and whether each is of interest.
#[derive(Clone, Debug)]
pub struct Cases<'a> {
    inputs: Vec<&'a [f64]>,
    of_interest: &'a [bool],
}

impl<'a> Cases<'a> {
    /// Cases with `inputs[input][case]`.
    ///
    /// # Errors
    /// [`PrimError::NoInputs`], [`PrimError::Lengths`], [`PrimError::NotFinite`], [`PrimError::TooManyCases`].
    pub fn new(inputs: Vec<&'a [f64]>, of_interest: &'a [bool]) -> Result<Self, PrimError> {
        let expected = of_interest.len();
        if inputs.is_empty() {
            return Err(PrimError::NoInputs);
        }
        if u32::try_from(expected).is_err() {
            return Err(PrimError::TooManyCases);
        }
        for (input, values) in inputs.iter().enumerate() {
            if values.len() != expected {
                return Err(PrimError::Lengths { input, expected, found: values.len() });
            }
            if values.iter().any(|v| !v.is_finite()) {
                return Err(PrimError::NotFinite(input));
            }
        }
        Ok(Self { inputs, of_interest })
    }

    /// Number of cases.
    pub const fn count(&self) -> usize {
        self.of_interest.len()
    }

    /// Number of inputs.
    pub const fn inputs(&self) -> usize {
        self.inputs.len()
    }

    /// Number of cases of interest.
    pub fn of_interest(&self) -> usize {
        self.of_interest.iter().filter(|y| **y).count()
    }

    /// Refuses cases among which nothing can be told apart.
    fn searchable(&self) -> Result<(), PrimError> {
        match self.of_interest() {
            0 => Err(PrimError::NothingOfInterest),
            all if all == self.count() => Err(PrimError::AllOfInterest),
            _ => Ok(()),
        }
    }
}

/// Limits on one input; `None` where it is not limited.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// Values must be at least this.
    pub low: Option<f64>,
    /// Values must be at most this.
    pub high: Option<f64>,
}

impl Limits {
    /// Whether a value is within the limits.
    pub fn contain(self, x: f64) -> bool {
        self.low.is_none_or(|low| x >= low) && self.high.is_none_or(|high| x <= high)
    }

    /// Whether there is a limit on either side.
    pub const fn restrict(self) -> bool {
        self.low.is_some() || self.high.is_some()
    }

    /// The limit on one side.
    pub const fn side(self, side: Side) -> Option<f64> {
        match side {
            Side::Low => self.low,
            Side::High => self.high,
        }
    }

    const fn set(&mut self, side: Side, limit: Option<f64>) {
        match side {
            Side::Low => self.low = limit,
            Side::High => self.high = limit,
        }
    }
}

/// One end of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The lower limit.
    Low,
    /// The upper limit.
    High,
}

/// A box: limits for every input, in the order of the inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// One entry for each input.
    pub limits: Vec<Limits>,
}

impl Region {
    /// The box without limits.
    pub fn everything(inputs: usize) -> Self {
        Self { limits: vec![Limits::default(); inputs] }
    }

    /// Indices of the inputs with a limit.
    pub fn restricted(&self) -> impl Iterator<Item = usize> + '_ {
        self.limits.iter().enumerate().filter(|(_, limits)| limits.restrict()).map(|(input, _)| input)
    }

    /// The same box without the limit on one side of one input.
    #[must_use]
    pub fn without(&self, input: usize, side: Side) -> Self {
        let mut region = self.clone();
        region.limits[input].set(side, None);
        region
    }

    /// Whether a case lies in the box.
    ///
    /// # Panics
    /// If the box is not over the inputs of `cases`, or there is no such case.
    pub fn contains(&self, cases: &Cases, case: usize) -> bool {
        assert_eq!(self.limits.len(), cases.inputs(), "a box has limits for every input");
        self.limits.iter().zip(&cases.inputs).all(|(limits, values)| limits.contain(values[case]))
    }

    /// How the box does on these cases. Honest only for cases that it was not found on.
    ///
    /// # Panics
    /// If the box is not over the inputs of `cases`.
    pub fn measure(&self, cases: &Cases) -> Measure {
        let mut measure = Measure {
            cases: cases.count() as u64,
            of_interest: cases.of_interest() as u64,
            inside: 0,
            of_interest_inside: 0,
        };
        for case in (0..cases.count()).filter(|case| self.contains(cases, *case)) {
            measure.inside += 1;
            measure.of_interest_inside += u64::from(cases.of_interest[case]);
        }
        measure
    }
}

/// Counts that say how good a box is on a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// All cases.
    pub cases: u64,
    /// Cases of interest.
    pub of_interest: u64,
    /// Cases in the box.
    pub inside: u64,
    /// Cases of interest in the box.
    pub of_interest_inside: u64,
}

impl Measure {
    /// Share of the cases of interest that lie in the box, in [0, 1]; `None` if none is of interest.
    pub fn coverage(&self) -> Option<f64> {
        share(self.of_interest_inside, self.of_interest)
    }

    /// Share of the cases in the box that are of interest, in [0, 1]; `None` if the box is empty.
    pub fn density(&self) -> Option<f64> {
        share(self.of_interest_inside, self.inside)
    }

    /// Share of all cases that lie in the box, in [0, 1]; `None` without cases.
    pub fn mass(&self) -> Option<f64> {
        share(self.inside, self.cases)
    }

    /// Share of the cases outside of the box that are of interest all the same; `None` if all are inside.
    pub fn density_outside(&self) -> Option<f64> {
        share(self.of_interest - self.of_interest_inside, self.cases - self.inside)
    }

    /// Wilson interval of the coverage.
    pub fn coverage_interval(&self, level: Level) -> Option<Interval> {
        wilson(self.of_interest_inside, self.of_interest, level).ok()
    }

    /// Wilson interval of the density.
    pub fn density_interval(&self, level: Level) -> Option<Interval> {
        wilson(self.of_interest_inside, self.inside, level).ok()
    }

    /// The smaller of coverage and density, a plain way to weigh both; 0 if either is undefined.
    pub fn balance(&self) -> f64 {
        self.coverage().unwrap_or(0.0).min(self.density().unwrap_or(0.0))
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
