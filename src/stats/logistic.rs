//! At which value of a figure an outcome has a wanted probability: a local logistic regression, solved for the figure.

use super::Estimate;
use crate::math::{exp, ln};

/// Hits, and misses, that a regression needs before anything is said.
const ENOUGH: f64 = 30.0;
/// Half-width of the window about the wanted log-odds, in log-odds.
const WINDOW: f64 = 1.5;
const STEPS: usize = 50;

/// Coefficients of ln(p/(1−p)) = a + b (x − centre), with the covariance of a and b.
struct Fit {
    centre: f64,
    a: f64,
    b: f64,
    covariance: [f64; 3],
}

/// The value of `x` at which the outcome has probability `wanted`, where `x` makes the outcome likelier; `None` if the
/// trials do not tell: too few hits or misses, no rise with `x`, or a value beyond those that were seen.
///
/// Two logistic regressions: over all trials, and over those whose fitted log-odds lie within ±1.5 of the wanted ones,
/// where a straight line is a good approximation of any smooth response; repeated once about the new line. The standard
/// error is that of the inverse prediction by the delta method.
pub fn level_for(x: &[f64], hits: &[bool], wanted: f64) -> Option<Estimate> {
    let (low, high) =
        x.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)));
    let odds = ln(wanted / (1.0 - wanted));
    let mut line = fit(x, hits, |_| true)?;
    for _ in 0..2 {
        let near = |x: f64| (line.log_odds(x) - odds).abs() <= WINDOW;
        line = fit(x, hits, near)?;
    }
    let value = line.centre + (odds - line.a) / line.b;
    if !(low..=high).contains(&value) || line.b <= 0.0 {
        return None;
    }
    let shift = value - line.centre;
    let [aa, ab, bb] = line.covariance;
    let variance = (aa + 2.0 * shift * ab + shift * shift * bb) / (line.b * line.b);
    (variance.is_finite() && variance >= 0.0).then(|| Estimate { value, standard_error: variance.sqrt() })
}

/// The probability of the outcome at `x = at`, by the regression over the trials nearest to it; `None` if they do not
/// tell.
pub fn chance_at(x: &[f64], hits: &[bool], at: f64) -> Option<Estimate> {
    let mut line = fit(x, hits, |_| true)?;
    for _ in 0..2 {
        let here = line.log_odds(at);
        let near = |x: f64| (line.log_odds(x) - here).abs() <= WINDOW;
        line = fit(x, hits, near)?;
    }
    let shift = at - line.centre;
    let [aa, ab, bb] = line.covariance;
    let p = chance(line.log_odds(at));
    let error = (aa + 2.0 * shift * ab + shift * shift * bb).max(0.0).sqrt() * p * (1.0 - p);
    error.is_finite().then_some(Estimate { value: p, standard_error: error })
}

impl Fit {
    fn log_odds(&self, x: f64) -> f64 {
        self.a + self.b * (x - self.centre)
    }
}

fn chance(log_odds: f64) -> f64 {
    1.0 / (1.0 + exp(-log_odds))
}

/// Newton's method over the trials that `taken` accepts; the likelihood is concave, so that it has one top.
fn fit(x: &[f64], hits: &[bool], taken: impl Fn(f64) -> bool) -> Option<Fit> {
    let trials = || x.iter().copied().zip(hits.iter().copied()).filter(|(x, _)| taken(*x));
    let (mut n, mut met, mut sum, mut squares) = (0.0, 0.0, 0.0, 0.0);
    for (x, hit) in trials() {
        n += 1.0;
        met += f64::from(u8::from(hit));
        sum += x;
    }
    if met < ENOUGH || n - met < ENOUGH {
        return None;
    }
    let centre = sum / n;
    trials().for_each(|(x, _)| squares += (x - centre) * (x - centre));
    let scale = (squares / n).sqrt();
    if !(scale > 0.0 && scale.is_finite()) {
        return None;
    }
    let (mut a, mut b) = (ln(met / (n - met)), 0.0);
    let mut information = [0.0; 3];
    for step in 0..STEPS {
        let mut score = [0.0; 2];
        information = [0.0; 3];
        for (x, hit) in trials() {
            let z = (x - centre) / scale;
            let p = chance(a + b * z);
            let (residue, weight) = (f64::from(u8::from(hit)) - p, p * (1.0 - p));
            score[0] += residue;
            score[1] += residue * z;
            information[0] += weight;
            information[1] += weight * z;
            information[2] += weight * z * z;
        }
        let [i, j, k] = information;
        let determinant = i * k - j * j;
        if determinant.is_nan() || determinant <= 0.0 {
            return None;
        }
        let (da, db) =
            ((k * score[0] - j * score[1]) / determinant, (i * score[1] - j * score[0]) / determinant);
        // a step beyond two units of log-odds overshoots
        let size = da.abs().max(db.abs()).max(1e-300);
        let damping = (2.0 / size).min(1.0);
        a += damping * da;
        b += damping * db;
        if size < 1e-9 {
            break;
        }
        if step + 1 == STEPS {
            return None;
        }
    }
    let [i, j, k] = information;
    let determinant = i * k - j * j;
    let covariance = [k / determinant, -j / determinant / scale, i / determinant / (scale * scale)];
    Some(Fit { centre, a, b: b / scale, covariance })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::elementary::normal_cdf;
    use crate::math::special::normal_quantile;

    /// A low-discrepancy pair of uniforms.
    fn pair(i: usize) -> (f64, f64) {
        (
            (i as f64 * 0.754_877_666_246_692_8 + 0.5).fract(),
            (i as f64 * 0.569_840_290_998_053_3 + 0.5).fract(),
        )
    }

    #[test]
    fn the_level_of_a_probit_response_is_found() {
        // x ~ N(0, 1), P(hit | x) = Φ((x − 2) / 0.7): at x = 2 − 0.7·z the chance is Φ(−z)
        let n = 60_000;
        let x: Vec<f64> = (0..n).map(|i| normal_quantile(pair(i).0)).collect();
        let hits: Vec<bool> = (0..n).map(|i| pair(i).1 < normal_cdf((x[i] - 2.0) / 0.7)).collect();
        for (wanted, exact) in [(0.5, 2.0), (0.05, 2.0 - 0.7 * 1.644_853_6), (0.8, 2.0 + 0.7 * 0.841_621_2)] {
            let found = level_for(&x, &hits, wanted).unwrap();
            assert!(
                (found.value - exact).abs() < 4.0 * found.standard_error + 0.03,
                "{wanted}: {found:?} {exact}"
            );
            assert!(found.standard_error < 0.05, "{found:?}");
            let back = chance_at(&x, &hits, exact).unwrap();
            assert!((back.value - wanted).abs() < 4.0 * back.standard_error + 0.01, "{back:?}");
        }
    }

    #[test]
    fn a_logistic_response_is_exact_and_its_error_is_right() {
        // errors over 40 disjoint samples against the stated one
        let n = 4_000;
        let mut scores = Vec::new();
        for sample in 0..40 {
            let at = |i: usize| pair(sample * n + i);
            let x: Vec<f64> = (0..n).map(|i| 4.0 * at(i).0 - 2.0).collect();
            // a second pair without the pattern of the first
            let u = |i: usize| ((at(i).1 + 1e4 * at(i * 7 + 3).0) * 12.9898).sin_like();
            let hits: Vec<bool> = (0..n).map(|i| u(i) < chance(1.5 * x[i] - 0.5)).collect();
            let found = level_for(&x, &hits, 0.5).unwrap();
            scores.push((found.value - 1.0 / 3.0) / found.standard_error);
        }
        let spread = scores.iter().map(|z| z * z).sum::<f64>() / scores.len() as f64;
        assert!(spread > 0.4 && spread < 2.2, "{spread}");
    }

    trait Scramble {
        fn sin_like(self) -> f64;
    }

    impl Scramble for f64 {
        /// A hash of the bits to [0, 1).
        fn sin_like(self) -> f64 {
            let mut z = self.to_bits().wrapping_add(0x9E37_79B9_7F4A_7C15);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        }
    }

    #[test]
    fn what_the_trials_do_not_tell_is_not_told() {
        let x: Vec<f64> = (0..1000).map(f64::from).collect();
        let never = vec![false; 1000];
        assert_eq!(level_for(&x, &never, 0.5), None);
        // hits become rarer with x
        let hits: Vec<bool> = (0..1000).map(|i| pair(i).1 < 0.9 - i as f64 / 1250.0).collect();
        assert_eq!(level_for(&x, &hits, 0.5), None);
        assert_eq!(level_for(&[1.0; 1000], &hits, 0.5), None);
    }
}
