//! The mean of an output as a smooth function of one input: a cross-fitted, penalised cubic regression spline.
//!
//! The input enters by the normal score of its rank, so that outliers have no leverage and a linear effect of a normal
//! input is a straight line. Natural cubic splines in their cardinal form with the integral of the squared second
//! derivative as penalty (Wood 2017, Generalized Additive Models, 2nd ed., section 5.3.1); the penalty's weight by
//! generalised cross-validation with 1.4 degrees of freedom counted for each used (Kim & Gu 2004, Journal of the Royal
//! Statistical Society B 66:337–356). An input with few values has a knot at each of them.
//!
//! Cross-fitting: trial t belongs to fold t mod 5, and what is said about it is learnt from the other folds, so that its
//! own noise cannot flatter the fit. Cost: one sort, then some 50 operations for each trial and output.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn, SymmetricEigen};

use crate::math::powf;
use crate::math::special::normal_quantile;

/// Number of folds.
const FOLDS: usize = 5;
/// Shares of the trials below the knots.
const KNOTS: [f64; 13] = [0.005, 0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975, 0.995];
/// What one degree of freedom costs in cross-validation.
const CHARGE: f64 = 1.4;

/// Sums of products of the four local weights of [`Place`] within one interval between knots.
type Gram = [[f64; 4]; 4];

/// Where a trial lies: the interval between knots, and the weights of the spline's values at its two ends and of its
/// second derivatives there.
#[derive(Clone, Copy, Debug)]
struct Place {
    interval: usize,
    weights: [f64; 4],
}

/// The spline's design for one input.
pub(super) struct Spline {
    places: Vec<Place>,
    knots: usize,
    /// Local weights of each interval from values at knots: `locals[interval]` is 4 × knots.
    locals: Vec<DMatrix<f64>>,
    penalty: DMatrix<f64>,
    /// `grams[fold][interval]`.
    grams: Vec<Vec<Gram>>,
}

/// An output's mean given the input, from the folds that a trial is not in.
pub(super) struct CrossFit {
    /// Fitted mean for each trial.
    pub fitted: Vec<f64>,
    /// Mean square that noise alone leaves in the fitted means: σ² tr(H²) / n of a fit, averaged over folds.
    pub noise: f64,
}

impl Spline {
    /// The design for the values of an input, all finite, one for each trial.
    pub fn new(x: &[f64]) -> Self {
        let scores = normal_scores(x);
        let knots = knots(&scores);
        let places: Vec<Place> = scores.iter().map(|&z| place(&knots, z)).collect();
        let curvature = curvature(&knots);
        let intervals = knots.len().saturating_sub(1).max(1);
        let local = |interval: usize| {
            DMatrix::from_fn(4, knots.len(), |row, column| match row {
                0 | 1 if interval + row < knots.len() => f64::from(u8::from(column == interval + row)),
                2 | 3 if interval + row - 2 < knots.len() => curvature.0[(interval + row - 2, column)],
                _ => 0.0,
            })
        };
        let mut grams = vec![vec![Gram::default(); intervals]; FOLDS];
        for (t, place) in places.iter().enumerate() {
            let gram = &mut grams[t % FOLDS][place.interval];
            for (row, a) in gram.iter_mut().zip(place.weights) {
                for (sum, b) in row.iter_mut().zip(place.weights) {
                    *sum += a * b;
                }
            }
        }
        Self {
            places,
            knots: knots.len(),
            locals: (0..intervals).map(local).collect(),
            penalty: curvature.1,
            grams,
        }
    }

    /// Fits `y`, one finite value for each trial, on all folds but one, for each fold.
    pub fn cross_fit(&self, y: &[f64]) -> CrossFit {
        let n = y.len();
        let intervals = self.locals.len();
        let centre = y.iter().sum::<f64>() / n as f64;
        let mut sides = vec![vec![[0.0; 4]; intervals]; FOLDS];
        let mut squares = [0.0; FOLDS];
        for (t, (y, place)) in y.iter().zip(&self.places).enumerate() {
            let y = y - centre;
            squares[t % FOLDS] += y * y;
            for (sum, weight) in sides[t % FOLDS][place.interval].iter_mut().zip(place.weights) {
                *sum += weight * y;
            }
        }
        let (mut fitted, mut noise) = (vec![0.0; n], 0.0);
        for fold in 0..FOLDS {
            let (mut gram, mut side) = (DMatrix::zeros(self.knots, self.knots), DVector::zeros(self.knots));
            let (mut square, mut trials) = (0.0, 0.0);
            let others = || (0..FOLDS).filter(|&other| other != fold);
            for other in others() {
                square += squares[other];
                trials += ((n + FOLDS - 1 - other) / FOLDS) as f64;
            }
            for (interval, local) in self.locals.iter().enumerate() {
                let product = |i: usize, j: usize| others().map(|o| self.grams[o][interval][i][j]).sum();
                let products = DMatrix::from_fn(4, 4, product);
                let sums = DVector::from_fn(4, |i, _| others().map(|o| sides[o][interval][i]).sum());
                gram += local.transpose() * products * local;
                side += local.transpose() * sums;
            }
            let fit = fit(gram, &self.penalty, &side, square, trials);
            noise += fit.noise / FOLDS as f64;
            let values: Vec<DVector<f64>> = self.locals.iter().map(|local| local * &fit.values).collect();
            for t in (fold..n).step_by(FOLDS) {
                let place = &self.places[t];
                let terms = place.weights.iter().zip(values[place.interval].iter()).map(|(w, v)| w * v);
                fitted[t] = centre + terms.sum::<f64>();
            }
        }
        CrossFit { fitted, noise }
    }
}

/// Φ⁻¹ of (rank − ½)/n, ties at their middle rank.
fn normal_scores(x: &[f64]) -> Vec<f64> {
    let mut order: Vec<u32> = (0..x.len() as u32).collect();
    order.sort_unstable_by(|&i, &j| x[i as usize].total_cmp(&x[j as usize]).then(i.cmp(&j)));
    let mut scores = vec![0.0; x.len()];
    let mut start = 0;
    while start < order.len() {
        let value = x[order[start] as usize];
        let tied = order[start..].iter().take_while(|&&i| x[i as usize] == value).count();
        let score = normal_quantile((start as f64 + 0.5 * tied as f64) / x.len() as f64);
        for &i in &order[start..start + tied] {
            scores[i as usize] = score;
        }
        start += tied;
    }
    scores
}

/// Knots at all values if there are few, else at quantiles; in increasing order, each once.
fn knots(scores: &[f64]) -> Vec<f64> {
    let mut sorted = scores.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut distinct = sorted.clone();
    distinct.dedup();
    if distinct.len() > KNOTS.len() {
        distinct = KNOTS.iter().map(|q| sorted[(q * sorted.len() as f64) as usize]).collect();
        distinct.dedup();
    }
    distinct
}

/// The place of a score among the knots; outside of them the spline is a straight line.
fn place(knots: &[f64], z: f64) -> Place {
    if knots.len() < 2 {
        return Place { interval: 0, weights: [1.0, 0.0, 0.0, 0.0] };
    }
    let interval = knots.partition_point(|k| *k <= z).clamp(1, knots.len() - 1) - 1;
    let (low, high) = (knots[interval], knots[interval + 1]);
    let (h, from_low, to_high) = (high - low, z - low, high - z);
    let weights = if from_low < 0.0 {
        [to_high / h, from_low / h, 0.0, -h * from_low / 6.0]
    } else if to_high < 0.0 {
        [to_high / h, from_low / h, -h * to_high / 6.0, 0.0]
    } else {
        let cubic = |d: f64| (d * d * d / h - h * d) / 6.0;
        [to_high / h, from_low / h, cubic(to_high), cubic(from_low)]
    };
    Place { interval, weights }
}

/// The matrix that takes values at knots to second derivatives there (0 at both ends), and that of the penalty.
fn curvature(knots: &[f64]) -> (DMatrix<f64>, DMatrix<f64>) {
    let k = knots.len();
    let (mut second, penalty) = (DMatrix::zeros(k, k), DMatrix::zeros(k, k));
    if k < 3 {
        return (second, penalty);
    }
    let h: Vec<f64> = knots.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mut differences = DMatrix::zeros(k - 2, k);
    let mut band = DMatrix::zeros(k - 2, k - 2);
    for i in 0..k - 2 {
        differences[(i, i)] = 1.0 / h[i];
        differences[(i, i + 1)] = -1.0 / h[i] - 1.0 / h[i + 1];
        differences[(i, i + 2)] = 1.0 / h[i + 1];
        band[(i, i)] = (h[i] + h[i + 1]) / 3.0;
        if i + 3 < k {
            band[(i, i + 1)] = h[i + 1] / 6.0;
            band[(i + 1, i)] = h[i + 1] / 6.0;
        }
    }
    // strictly diagonally dominant, hence positive definite
    let Some(factor) = Cholesky::<f64, Dyn>::new(band) else { return (second, penalty) };
    let inner = factor.solve(&differences);
    let penalty = differences.transpose() * &inner;
    second.view_mut((1, 0), (k - 2, k)).copy_from(&inner);
    (second, penalty)
}

/// A fit's values at the knots and the mean square of its noise over the trials it was made from.
struct Fit {
    values: DVector<f64>,
    noise: f64,
}

/// Penalised least squares from normal equations, in the basis that makes both matrices diagonal.
fn fit(mut gram: DMatrix<f64>, penalty: &DMatrix<f64>, side: &DVector<f64>, square: f64, n: f64) -> Fit {
    /// Grid of weights: half decades from where nothing is smoothed to where only a straight line is left.
    const HALF_DECADES: i32 = 32;
    /// Of the mean diagonal element, added to it: a knot without trials in these folds leaves the matrix solvable.
    const RIDGE: f64 = 1e-10;
    let k = gram.nrows();
    let ridge = RIDGE * gram.trace() / k as f64;
    for i in 0..k {
        gram[(i, i)] += ridge;
    }
    let nothing = || Fit { values: DVector::zeros(k), noise: 0.0 };
    let Some(lower) = Cholesky::<f64, Dyn>::new(gram).map(|c| c.l()) else { return nothing() };
    let Some(half) = lower.solve_lower_triangular(penalty) else { return nothing() };
    let Some(whole) = lower.solve_lower_triangular(&half.transpose()) else { return nothing() };
    let Some(side) = lower.solve_lower_triangular(side) else { return nothing() };
    let eigen = SymmetricEigen::new((&whole + whole.transpose()) * 0.5);
    let rotated = eigen.eigenvectors.transpose() * side;
    let largest = eigen.eigenvalues.max();
    let kept = |weight: f64| -> Vec<f64> {
        eigen.eigenvalues.iter().map(|s| 1.0 / (1.0 + weight * s.max(0.0))).collect()
    };
    let mut best = (f64::INFINITY, kept(0.0), 0.0);
    for step in 0..=HALF_DECADES {
        let weight = if largest > 0.0 { powf(10.0, 0.5 * f64::from(step) - 4.0) / largest } else { 0.0 };
        let shrunk = kept(weight);
        let explained: f64 = shrunk.iter().zip(rotated.iter()).map(|(s, r)| (2.0 * s - s * s) * r * r).sum();
        let residual = (square - explained).max(0.0);
        let used: f64 = shrunk.iter().sum();
        let left = (n - CHARGE * used).max(1.0);
        let score = residual / (left * left);
        if score < best.0 {
            best = (score, shrunk, residual / (n - used).max(1.0));
        }
    }
    let (_, shrunk, variance) = best;
    let scaled = DVector::from_iterator(k, shrunk.iter().zip(rotated.iter()).map(|(s, r)| s * r));
    let values = lower.transpose().solve_upper_triangular(&(eigen.eigenvectors * scaled));
    let noise = variance * shrunk.iter().map(|s| s * s).sum::<f64>() / n;
    values.map_or_else(nothing, |values| Fit { values, noise })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A spline through exact values: the fit of a straight line is that line, whatever the input's scale.
    #[test]
    fn straight_lines_in_scores_are_kept() {
        let x: Vec<f64> = (0..2000).map(|t| f64::from((t * 739) % 2000).sqrt()).collect();
        let y: Vec<f64> = normal_scores(&x).iter().map(|z| 5.0 - 2.0 * z).collect();
        let fit = Spline::new(&x).cross_fit(&y);
        for (f, y) in fit.fitted.iter().zip(&y) {
            assert!((f - y).abs() < 1e-7, "{f} instead of {y}");
        }
        assert!(fit.noise < 1e-10);
    }

    #[test]
    fn curves_are_followed_and_few_values_are_met_exactly() {
        let x: Vec<f64> = (0..5000).map(|t| f64::from((t * 739) % 5000)).collect();
        let y: Vec<f64> = normal_scores(&x).iter().map(|z| libm::sin(1.5 * z)).collect();
        let fit = Spline::new(&x).cross_fit(&y);
        let error = fit.fitted.iter().zip(&y).map(|(f, y)| (f - y) * (f - y)).sum::<f64>() / 5000.0;
        assert!(error < 2e-3, "{error}");
        let few: Vec<f64> = (0..600).map(|t| f64::from(t % 7 % 4)).collect();
        let steps: Vec<f64> = few.iter().map(|x| [3.0, -1.0, 8.0, 8.5][*x as usize]).collect();
        let fit = Spline::new(&few).cross_fit(&steps);
        for (f, y) in fit.fitted.iter().zip(&steps) {
            assert!((f - y).abs() < 1e-2, "{f} instead of {y}");
        }
        let constant = Spline::new(&[4.0; 100]).cross_fit(&[2.5; 100]);
        assert!(constant.fitted.iter().all(|f| (f - 2.5).abs() < 1e-12));
    }

    /// The natural spline in cardinal form: continuous with its first two derivatives at inner knots, straight outside.
    #[test]
    fn pieces_join() {
        let knots = [-2.0, -0.5, 0.1, 1.7, 2.0];
        let (second, penalty) = curvature(&knots);
        let values = DVector::from_column_slice(&[1.0, -2.0, 0.3, 5.0, 4.0]);
        let bends = &second * &values;
        let at = |z: f64| {
            let Place { interval: i, weights: w } = place(&knots, z);
            w[0] * values[i] + w[1] * values[i + 1] + w[2] * bends[i] + w[3] * bends[i + 1]
        };
        let h = 1e-4;
        for (i, &knot) in knots.iter().enumerate() {
            assert!((at(knot) - values[i]).abs() < 1e-12);
            let (left, right) = ((at(knot) - at(knot - h)) / h, (at(knot + h) - at(knot)) / h);
            assert!((left - right).abs() < 2e-2, "slope at {knot}: {left} and {right}");
        }
        assert!((at(3.0) - 2.0 * at(2.5) + at(2.0)).abs() < 1e-12);
        assert!((at(-4.0) - 2.0 * at(-3.0) + at(-2.0)).abs() < 1e-12);
        // ∫ f''² by Simpson's rule, exact for the square of a straight line on each piece
        let integral: f64 = (0..4)
            .map(|i| {
                (knots[i + 1] - knots[i]) / 3.0
                    * (bends[i] * bends[i] + bends[i] * bends[i + 1] + bends[i + 1] * bends[i + 1])
            })
            .sum();
        assert!((values.dot(&(penalty * &values)) / integral - 1.0).abs() < 1e-12);
    }
}
