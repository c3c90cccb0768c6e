//! Shapley effects: the variance of an output shared among its inputs, fairly also when they depend on each other.
//!
//! The Shapley values of the game whose coalition u is worth its closed index `Var(E[Y|X_u]) / Var Y` (Owen 2014,
//! SIAM/ASA Journal on Uncertainty Quantification 2:245–251; Song, Nelson & Staum 2016, ibid. 4:1060–1083; Owen & Prieur
//! 2017, ibid. 5:986–1002 for dependent inputs). They are at least 0 in truth and add up to 1, exactly also in the
//! estimate, since none is worth 0 and all are worth 1 by definition.

use std::collections::BTreeMap;

use thiserror::Error;

use super::Estimate;
use super::estimate::influence_error;
use super::shapley::{Coalition, Orders, ShapleyError, everyone, shapley, weights};
use super::sobol_indices::{Index, SobolError, closed_index};

/// Why Shapley effects cannot be estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EffectError {
    /// The outputs do not give an index.
    #[error(transparent)]
    Index(#[from] SobolError),
    /// The inputs do not give a game.
    #[error(transparent)]
    Game(#[from] ShapleyError),
    /// A coalition was given that is not needed, or given twice.
    #[error("coalition {0:#b} is not needed, or was given before")]
    NotNeeded(Coalition),
    /// A needed coalition was not given.
    #[error("the outputs of coalition {0:#b} are missing")]
    Missing(Coalition),
}

/// The Shapley effect of one input or group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Share of the variance; its standard error covers trials and, if orders were sampled, orders.
    pub estimate: Estimate,
    /// The part of the standard error that comes from sampling orders; 0 for the exact form.
    pub error_of_orders: f64,
}

/// Gathers the closed indices of coalitions, one at a time, and forms the effects.
///
/// All indices must come from the same trials in the same order. Memory: one number for each input and trial.
#[derive(Clone, Debug)]
pub struct ShapleyEffects {
    inputs: usize,
    trials: usize,
    orders: Option<Orders>,
    /// Weights of the needed coalitions other than none and everyone, one for each input.
    weights: BTreeMap<Coalition, Vec<f64>>,
    indices: BTreeMap<Coalition, f64>,
    /// Influence of each trial on the effect of each input.
    influence: Vec<Vec<f64>>,
}

impl ShapleyEffects {
    /// Effects of up to 16 inputs (or groups) from the closed indices of all 2ⁿ − 2 coalitions, over `trials` trials.
    ///
    /// # Errors
    /// [`ShapleyError::TooManyPlayers`].
    pub fn exact(inputs: usize, trials: usize) -> Result<Self, EffectError> {
        let exact = weights(inputs)?;
        let row = |mask| (0..inputs).map(|input| exact.weight(input, mask)).collect();
        let table = exact.coalitions().map(|mask| (mask, row(mask))).collect();
        Ok(Self::new(inputs, trials, None, table))
    }

    /// Effects of `inputs` inputs from the coalitions along sampled orders of them.
    pub fn sampled(orders: Orders, trials: usize) -> Self {
        let table = orders.weights();
        Self::new(orders.players(), trials, Some(orders), table)
    }

    fn new(
        inputs: usize,
        trials: usize,
        orders: Option<Orders>,
        mut weights: BTreeMap<Coalition, Vec<f64>>,
    ) -> Self {
        // what none and everyone are worth is known
        weights.remove(&0);
        weights.remove(&everyone(inputs));
        let influence = vec![vec![0.0; trials]; inputs];
        Self { inputs, trials, orders, weights, indices: BTreeMap::new(), influence }
    }

    /// The coalitions that are needed and not yet given, in increasing order.
    pub fn missing(&self) -> Vec<Coalition> {
        self.weights.keys().copied().filter(|mask| !self.indices.contains_key(mask)).collect()
    }

    /// Adds a coalition u from the outputs `y` and `y_u`, the latter with X_u kept and the rest redrawn given X_u.
    ///
    /// # Errors
    /// Those of [`closed_index`] and of [`ShapleyEffects::add_index`].
    pub fn add(&mut self, coalition: Coalition, y: &[f64], y_u: &[f64]) -> Result<(), EffectError> {
        self.add_index(coalition, &closed_index(y, y_u)?)
    }

    /// Adds a coalition whose closed index is known. For independent inputs, outputs with u taken from B and the rest
    /// from A give two: the first-order index of u, and [`Index::complement`] of its total index for the rest.
    ///
    /// # Errors
    /// [`EffectError::NotNeeded`]; [`SobolError::Lengths`] if the index comes from another number of trials.
    pub fn add_index(&mut self, coalition: Coalition, index: &Index) -> Result<(), EffectError> {
        let Some(weights) = self.weights.get(&coalition) else {
            return Err(EffectError::NotNeeded(coalition));
        };
        if self.indices.contains_key(&coalition) {
            return Err(EffectError::NotNeeded(coalition));
        }
        if index.influence.len() != self.trials {
            let second = index.influence.len();
            return Err(SobolError::Lengths { first: self.trials, second }.into());
        }
        for (row, weight) in self.influence.iter_mut().zip(weights) {
            for (sum, influence) in row.iter_mut().zip(&index.influence) {
                *sum += weight * influence;
            }
        }
        self.indices.insert(coalition, index.estimate.value);
        Ok(())
    }

    /// The effects, one for each input in order. Coalitions must be added in one fixed order for the same last bits.
    ///
    /// With sampled orders the variance between pairs of orders is added to that of the trials. It holds a part of the
    /// latter's noise, so that the standard error errs on the large side.
    ///
    /// # Errors
    /// [`EffectError::Missing`], the first coalition that was not added.
    pub fn finish(self) -> Result<Vec<Effect>, EffectError> {
        if let Some(&mask) = self.missing().first() {
            return Err(EffectError::Missing(mask));
        }
        let all = everyone(self.inputs);
        let worth = |mask: Coalition| match mask {
            0 => 0.0,
            mask if mask == all => 1.0,
            mask => self.indices.get(&mask).copied().unwrap_or(f64::NAN),
        };
        let estimates: Vec<Estimate> = match &self.orders {
            Some(orders) => orders.estimate(worth)?,
            None => {
                let values: Vec<f64> = (0..=all).map(worth).collect();
                let exact = |value| Estimate { value, standard_error: 0.0 };
                shapley(self.inputs, &values)?.into_iter().map(exact).collect()
            }
        };
        let effect = |(of_orders, influence): (&Estimate, &Vec<f64>)| {
            let (trials, orders) = (influence_error(influence), of_orders.standard_error);
            let standard_error = (trials * trials + orders * orders).sqrt();
            let estimate = Estimate { value: of_orders.value, standard_error };
            Effect { estimate, error_of_orders: orders }
        };
        Ok(estimates.iter().zip(&self.influence).map(effect).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::conditional::Conditional;
    use crate::stats::sobol_indices::indices;
    use rand::rngs::ChaCha8Rng;
    use rand::{Rng, SeedableRng};

    /// Two-sided normal bound of a false-alarm rate of 1e-6.
    const Z: f64 = 4.891_638_475_699;

    fn normals(n: usize, random: &mut ChaCha8Rng) -> Vec<f64> {
        (0..n).map(|_| crate::math::elementary::normal_score(random.next_u32())).collect()
    }

    /// Case `shapley_gaussian_3a`: Y = X₁ + X₂ + X₃, sd 1, 1, 2, correlation 0.7 of the last two. H0: estimates are normal
    /// about the closed form with the stated standard error.
    #[test]
    fn correlated_normals() {
        const N: usize = 10_000;
        let random = &mut ChaCha8Rng::seed_from_u64(11);
        let rho = [1.0, 0.0, 0.0, 0.0, 1.0, 0.7, 0.0, 0.7, 1.0];
        let sd = [1.0, 1.0, 2.0];
        let output = |x: &[f64]| x.iter().zip(sd).map(|(x, s)| x * s).sum::<f64>();
        let all = Conditional::new(3, &rho, 0).unwrap();
        let x: Vec<[f64; 3]> = (0..N)
            .map(|_| {
                let mut x = [0.0; 3];
                all.fill(&normals(3, random), &mut x);
                x
            })
            .collect();
        let y: Vec<f64> = x.iter().map(|x| output(x)).collect();
        let mut effects = ShapleyEffects::exact(3, N).unwrap();
        for mask in effects.missing() {
            let law = Conditional::new(3, &rho, mask).unwrap();
            let redrawn = |x: &[f64; 3]| {
                let mut x = *x;
                law.fill(&normals(3 - mask.count_ones() as usize, random), &mut x);
                output(&x)
            };
            let y_u: Vec<f64> = x.iter().map(redrawn).collect();
            effects.add(mask, &y, &y_u).unwrap();
        }
        let found = effects.finish().unwrap();
        let exact = [0.113_636_363_636_363_63, 0.356_249_999_999_999_95, 0.530_113_636_363_636_4];
        for (effect, exact) in found.iter().zip(exact) {
            let Estimate { value, standard_error } = effect.estimate;
            assert!(
                (value - exact).abs() < Z * standard_error && standard_error < 0.01,
                "{value} ± {standard_error} instead of {exact}"
            );
        }
        let total: f64 = found.iter().map(|e| e.estimate.value).sum();
        assert!((total - 1.0).abs() < 1e-12);
    }

    /// An additive function of independent inputs: its effects are its first-order indices, in any order of joining, so
    /// that orders add no error but the noise of the indices; half of the coalitions are runs, half complements.
    #[test]
    fn sampled_orders_and_complements() {
        const N: usize = 4_000;
        let random = &mut ChaCha8Rng::seed_from_u64(2);
        let scale = [3.0, 2.0, 1.0, 1.0, 0.5, 0.1];
        let exact: Vec<f64> = scale.iter().map(|s| s * s / 15.26).collect();
        let draw =
            |random: &mut ChaCha8Rng| -> Vec<Vec<f64>> { (0..N).map(|_| normals(6, random)).collect() };
        let (a, b) = (draw(random), draw(random));
        let output = |x: &[f64]| x.iter().zip(scale).map(|(x, s)| x * s).sum::<f64>();
        let column = |x: &[Vec<f64>]| x.iter().map(|x| output(x)).collect::<Vec<f64>>();
        let (y_a, y_b) = (column(&a), column(&b));
        let orders = Orders::draw(6, 8, random).unwrap();
        let mut effects = ShapleyEffects::sampled(orders, N);
        while let Some(&mask) = effects.missing().first() {
            let mix = |t: usize| -> f64 {
                let x: Vec<f64> =
                    (0..6).map(|i| if mask >> i & 1 == 1 { b[t][i] } else { a[t][i] }).collect();
                output(&x)
            };
            let ab: Vec<f64> = (0..N).map(mix).collect();
            let found = indices(&y_a, &y_b, &ab).unwrap();
            effects.add_index(mask, &found.first).unwrap();
            effects.add_index(everyone(6) & !mask, &found.total.complement()).unwrap();
        }
        let found = effects.finish().unwrap();
        for (effect, exact) in found.iter().zip(&exact) {
            let Estimate { value, standard_error } = effect.estimate;
            assert!((value - exact).abs() < Z * standard_error, "{effect:?} instead of {exact}");
            assert!(effect.error_of_orders < standard_error && standard_error < 0.02);
        }
        let total: f64 = found.iter().map(|e| e.estimate.value).sum();
        assert!((total - 1.0).abs() < 1e-12);
    }

    #[test]
    fn incomplete_games_are_refused() {
        let (y, y_u) = ([1.0, 2.0, 3.0, 5.0], [1.0, 3.0, 2.0, 4.0]);
        let mut effects = ShapleyEffects::exact(2, 4).unwrap();
        assert_eq!(effects.missing(), [1, 2]);
        effects.add(1, &y, &y_u).unwrap();
        assert_eq!(effects.clone().finish(), Err(EffectError::Missing(2)));
        for mask in [0, 1, 3, 4] {
            assert_eq!(effects.add(mask, &y, &y_u), Err(EffectError::NotNeeded(mask)));
        }
        let lengths = SobolError::Lengths { first: 4, second: 2 };
        assert_eq!(effects.add(2, &y[..2], &y_u[..2]), Err(EffectError::Index(lengths)));
        effects.add(2, &y, &y_u).unwrap();
        assert_eq!(effects.finish().unwrap()[0].estimate.value, 0.5);
    }
}
