//! Bootstrap over batches of trials: how often another set of trials would lead to the same choice.

use std::convert::Infallible;

use rand::TryRng;

use super::shapley::below;

/// Most batches of a series: enough for their means to stand for single trials, few enough to resample often.
const MOST: usize = 400;

/// Sums of consecutive batches of trials of a series; all series of one run have the same batches.
#[derive(Clone, Debug, PartialEq)]
pub struct Batches {
    sums: Vec<f64>,
    sizes: Vec<f64>,
}

impl Batches {
    /// The batches of a series, at most 400, as equal in size as can be.
    pub fn of(values: impl ExactSizeIterator<Item = f64>) -> Self {
        let (n, batches) = (values.len(), values.len().min(MOST));
        let (mut sums, mut sizes) = (vec![0.0; batches], vec![0.0; batches]);
        for (trial, value) in values.enumerate() {
            let batch = trial * batches / n;
            sums[batch] += value;
            sizes[batch] += 1.0;
        }
        Self { sums, sizes }
    }

    /// Number of batches.
    pub fn len(&self) -> usize {
        self.sums.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.sums.is_empty()
    }

    /// Mean of the series in a resample that holds each batch so many times.
    pub fn mean(&self, times: &[f64]) -> f64 {
        let weighted = |values: &[f64]| values.iter().zip(times).map(|(x, w)| x * w).sum::<f64>();
        weighted(&self.sums) / weighted(&self.sizes)
    }
}

/// How many times each batch stands in each of `resamples` resamples with replacement (Efron 1979, The Annals of
/// Statistics 7:1–26). The same generator gives the same resamples.
pub fn resamples(
    batches: usize,
    resamples: usize,
    random: &mut impl TryRng<Error = Infallible>,
) -> Vec<Vec<f64>> {
    let mut one = || {
        let mut times = vec![0.0; batches];
        (0..batches).for_each(|_| times[below(batches as u32, random)] += 1.0);
        times
    };
    (0..resamples).map(|_| one()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Moments;
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    #[test]
    fn batches_hold_every_trial_once() {
        for n in [1, 399, 400, 401, 12_345] {
            let batches = Batches::of((0..n).map(f64::from));
            assert_eq!(batches.len(), (n as usize).min(400));
            let mean = batches.mean(&vec![1.0; batches.len()]);
            assert!((mean - f64::from(n - 1) / 2.0).abs() < 1e-9 * f64::from(n));
        }
        assert!(Batches::of(std::iter::empty::<f64>()).is_empty());
    }

    /// H0: the spread of resampled means is the standard error of the mean; 2000 resamples estimate it with a relative
    /// error of 1/√4000 = 1.6 %, the 400 batches with 3.5 %, so that 20 % is more than five of these together.
    #[test]
    fn resampled_means_spread_as_the_mean_does() {
        let mut random = ChaCha8Rng::seed_from_u64(7);
        let values: Vec<f64> = (0..20_000).map(|_| below(1000, &mut random) as f64).collect();
        let batches = Batches::of(values.iter().copied());
        let means: Vec<f64> =
            resamples(batches.len(), 2000, &mut random).iter().map(|times| batches.mean(times)).collect();
        let (mut all, mut spread) = (Moments::default(), Moments::default());
        all.record_lanes(&values);
        spread.record_lanes(&means);
        let ratio = spread.sd().unwrap() / all.standard_error().unwrap();
        assert!((ratio - 1.0).abs() < 0.2, "{ratio}");
    }
}
