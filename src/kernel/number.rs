//! Reads a plan number lane by lane, whether it is known or drawn.

use crate::math::{LANES, Lanes};
use crate::plan::Num;

/// A number in one block.
#[derive(Clone, Copy)]
pub enum NumLanes<'a> {
    /// The same in every trial.
    Const(f64),
    /// One value per trial.
    Lanes(&'a Lanes),
}

impl<'a> NumLanes<'a> {
    /// The number's values, given the block's drawn quantities.
    pub fn of(num: Num, values: &'a [Lanes]) -> Self {
        match num {
            Num::Const(x) => Self::Const(x),
            Num::Draw(i) => Self::Lanes(&values[i]),
        }
    }

    /// Value in one lane.
    #[inline(always)]
    pub fn at(&self, lane: usize) -> f64 {
        match self {
            Self::Const(x) => *x,
            Self::Lanes(x) => x[lane],
        }
    }

    /// The values of all lanes.
    pub fn lanes(&self) -> Lanes {
        match self {
            Self::Const(x) => [*x; LANES],
            Self::Lanes(x) => **x,
        }
    }

    /// Writes the values to `out`.
    pub fn write(&self, out: &mut Lanes) {
        match self {
            Self::Const(x) => out.fill(*x),
            Self::Lanes(x) => out.copy_from_slice(*x),
        }
    }

    /// `out *= self`, lane by lane.
    pub fn multiply(&self, out: &mut Lanes) {
        match self {
            Self::Const(x) => out.iter_mut().for_each(|o| *o *= x),
            Self::Lanes(x) => (0..LANES).for_each(|i| out[i] *= x[i]),
        }
    }

    /// `out *= 1 − self`, lane by lane.
    pub fn multiply_complement(&self, out: &mut Lanes) {
        match self {
            Self::Const(x) => out.iter_mut().for_each(|o| *o *= 1.0 - x),
            Self::Lanes(x) => (0..LANES).for_each(|i| out[i] *= 1.0 - x[i]),
        }
    }

    /// `out += self · factor`, lane by lane.
    pub fn add_scaled(&self, factor: f64, out: &mut Lanes) {
        match self {
            Self::Const(x) => out.iter_mut().for_each(|o| *o += x * factor),
            Self::Lanes(x) => (0..LANES).for_each(|i| out[i] += x[i] * factor),
        }
    }

    /// `out += self · x`, lane by lane, each product rounded by itself.
    #[inline(always)]
    pub fn add_product(&self, x: &Lanes, out: &mut Lanes) {
        match self {
            Self::Const(c) if *c == 1.0 => (0..LANES).for_each(|i| out[i] += x[i]),
            Self::Const(c) => (0..LANES).for_each(|i| out[i] += c * x[i]),
            Self::Lanes(c) => (0..LANES).for_each(|i| out[i] += c[i] * x[i]),
        }
    }

    /// Whether the number is known to be zero.
    pub fn is_zero(&self) -> bool {
        matches!(self, Self::Const(x) if *x == 0.0)
    }
}
