//! Where along a lever's range the search looks.

use crate::math::{exp_m1, ln_1p};

/// A range with a coordinate from 0 (its low end) to 1 (its high end), on which the search takes equal steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    /// The value above `low` from which on steps grow in proportion to it; `None` for equal steps.
    step: Option<f64>,
}

impl Scale {
    /// Equal steps.
    pub fn even(low: f64, high: f64) -> Self {
        Self { low, high, step: None }
    }

    /// Steps that are even up to about `step` (above 0) beyond `low` and grow in proportion from there on.
    pub fn growing(low: f64, high: f64, step: f64) -> Self {
        Self { low, high, step: Some(step) }
    }

    /// The value at a coordinate; the ends exactly.
    pub fn at(&self, coordinate: f64) -> f64 {
        if coordinate >= 1.0 {
            return self.high;
        }
        let width = self.high - self.low;
        match self.step {
            None => self.low + width * coordinate,
            Some(step) => self.low + step * exp_m1(coordinate * ln_1p(width / step)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn steps_are_even_or_grow_in_proportion() {
        for scale in [Scale::even(-0.1, 0.3), Scale::growing(0.0, 1e4, 25.0)] {
            assert_eq!((scale.at(0.0), scale.at(1.0)), (scale.low, scale.high));
            let values: Vec<f64> = (0..=20).map(|index| scale.at(f64::from(index) / 20.0)).collect();
            assert!(values.windows(2).all(|pair| pair[0] < pair[1]));
        }
        assert!((Scale::even(-0.1, 0.3).at(0.25) - 0.0).abs() < 1e-15);
        let scale = Scale::growing(0.0, 1e4, 25.0);
        let grown = |from: f64| (scale.at(from + 0.1) + 25.0) / (scale.at(from) + 25.0);
        assert!((grown(0.2) - grown(0.8)).abs() < 1e-12);
    }
}
