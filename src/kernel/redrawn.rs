//! Draws some members of the copula anew, given the others.

use nalgebra::DMatrix;

use super::draws::correlate;
use crate::math::{LANES, Lanes, Vector};
use crate::plan::Copula;
use crate::random::Stream;

/// The members of a copula that are drawn anew while others are kept.
///
/// With the kept members in front, the correlation has another Cholesky factor; its innovations for the kept members
/// follow from their scores, those of the others are fresh. This is the conditional law of a normal vector.
pub struct Redrawn {
    /// Positions of the copula's members: those kept, then those drawn anew.
    order: Vec<usize>,
    kept: usize,
    /// Lower Cholesky factor of the correlation in that order, row-major.
    lower: Vec<f64>,
    /// Streams of the first seed of the members drawn anew, with their positions: the scores of the kept ones rest on
    /// them.
    replaced: Vec<(usize, Stream)>,
}

impl Redrawn {
    /// The members marked in `renewed` are drawn anew; `streams` are those of the first seed. `None` if all or none are:
    /// then nothing is conditional.
    pub fn new(copula: &Copula, renewed: &[bool], streams: impl Iterator<Item = Stream>) -> Option<Self> {
        let n = copula.members.len();
        let (mut order, anew): (Vec<usize>, Vec<usize>) = (0..n).partition(|&k| !renewed[k]);
        let kept = order.len();
        if kept == 0 || anew.is_empty() {
            return None;
        }
        order.extend(&anew);
        let factor = DMatrix::from_row_slice(n, n, &copula.lower);
        let correlation = &factor * factor.transpose();
        let reordered = DMatrix::from_fn(n, n, |i, j| correlation[(order[i], order[j])]);
        // the model has checked that the matrix is positive definite; its order changes nothing about that
        let factor = reordered.cholesky()?.l();
        let lower = (0..n * n).map(|k| factor[(k / n, k % n)]).collect();
        let replaced = streams.enumerate().filter(|(k, _)| renewed[*k]).collect();
        Some(Self { order, kept, lower, replaced })
    }

    /// Replaces the correlated scores: `innovations` are those of the first seed for the kept members, of the second for
    /// the others.
    pub fn redraw(
        &self,
        copula: &Copula,
        v: Vector,
        block: u64,
        innovations: &[Lanes],
        correlated: &mut [Lanes],
    ) {
        let n = self.order.len();
        let mut original = innovations.to_vec();
        let mut words = [0; LANES];
        for (position, stream) in &self.replaced {
            stream.words(v, block, 0, 0, &mut words);
            v.normal_from_words(&words, &mut original[*position]);
        }
        correlate(v, &copula.lower, &original, correlated);
        let mut fresh: Vec<Lanes> = Vec::with_capacity(n);
        for (row, &position) in self.order.iter().enumerate() {
            let weights = &self.lower[row * n..=row * n + row];
            let mut known = [0.0; LANES];
            for (weight, innovation) in weights.iter().zip(&fresh) {
                v.axpy(*weight, innovation, &mut known);
            }
            if row < self.kept {
                let mut innovation = correlated[position];
                (0..LANES).for_each(|i| innovation[i] = (innovation[i] - known[i]) / weights[row]);
                fresh.push(innovation);
            } else {
                v.axpy(weights[row], &innovations[position], &mut known);
                correlated[position] = known;
                fresh.push(innovations[position]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean of x·y over many blocks.
    fn products(pairs: &[(Lanes, Lanes)]) -> f64 {
        let sum: f64 = pairs.iter().map(|(x, y)| (0..LANES).map(|i| x[i] * y[i]).sum::<f64>()).sum();
        sum / (pairs.len() * LANES) as f64
    }

    #[test]
    fn kept_scores_stay_and_fresh_ones_keep_their_correlations() {
        // three members, correlations 0.6 (0–1), 0.3 (0–2), 0.5 (1–2); the first is drawn anew
        let correlation = DMatrix::from_row_slice(3, 3, &[1.0, 0.6, 0.3, 0.6, 1.0, 0.5, 0.3, 0.5, 1.0]);
        let factor = correlation.clone().cholesky().unwrap().l();
        let lower: Vec<f64> = (0..9).map(|k| factor[(k / 3, k % 3)]).collect();
        let copula = Copula { members: vec![0, 1, 2], lower };
        let v = Vector::detect();
        let stream = |seed: u64, k: usize| Stream::new(seed, &format!("q{k}"));
        let redrawn = Redrawn::new(&copula, &[true, false, false], (0..3).map(|k| stream(1, k))).unwrap();
        let (mut fresh_with_kept, mut fresh_with_old) = (Vec::new(), Vec::new());
        let blocks = 2_000;
        for block in 0..blocks {
            let draw = |seed: u64, k: usize| {
                let (mut words, mut z) = ([0; LANES], [0.0; LANES]);
                stream(seed, k).words(v, block, 0, 0, &mut words);
                v.normal_from_words(&words, &mut z);
                z
            };
            let first: Vec<Lanes> = (0..3).map(|k| draw(1, k)).collect();
            let mixed = vec![draw(2, 0), first[1], first[2]];
            let mut old = vec![[0.0; LANES]; 3];
            correlate(v, &copula.lower, &first, &mut old);
            let mut new = vec![[0.0; LANES]; 3];
            redrawn.redraw(&copula, v, block, &mixed, &mut new);
            assert_eq!((old[1], old[2]), (new[1], new[2]), "kept members keep their bits");
            fresh_with_kept.push((new[0], new[1]));
            fresh_with_old.push((new[0], old[0]));
        }
        // n = 512,000 products with a spread below 1.2: 4.9 standard errors (1e-6) are 0.0083. Given the others, old and
        // new are independent, so their correlation is r' R⁻¹ r.
        let r = nalgebra::Vector2::new(0.6, 0.3);
        let rest = nalgebra::Matrix2::new(1.0, 0.5, 0.5, 1.0);
        let explained = r.dot(&(rest.try_inverse().unwrap() * r));
        assert!((products(&fresh_with_kept) - 0.6).abs() < 0.0083, "{}", products(&fresh_with_kept));
        assert!((products(&fresh_with_old) - explained).abs() < 0.0083, "{}", products(&fresh_with_old));
    }

    #[test]
    fn nothing_is_conditional_if_all_or_none_are_drawn_anew() {
        let copula = Copula { members: vec![0, 1], lower: vec![1.0, 0.0, 0.6, 0.8] };
        let streams = || (0..2).map(|k| Stream::new(1, &format!("q{k}")));
        assert!(Redrawn::new(&copula, &[true, true], streams()).is_none());
        assert!(Redrawn::new(&copula, &[false, false], streams()).is_none());
        assert!(Redrawn::new(&copula, &[true, false], streams()).is_some());
    }
}
