//! Size laws of firms and products: the probability of lying above a size after some years of own growth.
//!
//! A thing that starts at `m · exp(e)` with `e` exponential of rate α (a Pareto law) and then walks by a normal sum with
//! standard deviation `s` lies above `m · exp(y)` with probability
//!
//! `S(y) = Φ(−y/s) + exp(−αy + α²s²/2) Φ(y/s − αs)`, for `s = 0` `min(1, exp(−αy))`
//!
//! (integrate `α e^(−αe) Φ((e − y)/s)` by parts). Cut off at `e ≤ B` it is `(S(y) − e^(−αB) S(y − B)) / (1 − e^(−αB))`.

use crate::math::elementary::{normal_cdf, scaled_mills};
use crate::math::exp;

/// Largest argument of the tail expansion of Φ.
const FAR: f64 = 40.0;

/// P(size > x) of a lognormal law of median `m`: `excess` is `ln(x/m)`, `sd` the standard deviation of the log size
/// with all own growth in it.
#[inline(always)]
pub fn lognormal_survival(excess: f64, sd: f64) -> f64 {
    if sd > 0.0 {
        normal_cdf(-excess / sd)
    } else if excess <= 0.0 {
        1.0
    } else {
        0.0
    }
}

/// P(size > x) of a Pareto law with tail exponent `alpha` and minimum `m`: `excess` is `ln(x/m)`, `spread` the standard
/// deviation of own growth, `reach` is `ln(below/m)` of the base-year cut-off, infinite without one.
#[inline(always)]
pub fn pareto_survival(excess: f64, alpha: f64, spread: f64, reach: f64) -> f64 {
    let beyond = exp(-alpha * reach);
    let p = (uncut(excess, alpha, spread) - beyond * uncut(excess - reach, alpha, spread)) / (1.0 - beyond);
    // the difference can miss 0 and 1 by rounding; what is no number is a law without width
    if p > 1.0 {
        1.0
    } else if p > 0.0 {
        p
    } else {
        0.0
    }
}

/// `S(y)`, in selections instead of branches so that it compiles to vector code.
///
/// The second term is kept from overflowing: with z = −y/s it is `exp(−z²/2)` times the scaled Mills ratio of `z + αs`
/// where that is positive, and beyond the range of the ratio its leading term.
#[inline(always)]
pub fn uncut(y: f64, alpha: f64, s: f64) -> f64 {
    let fixed = s <= 0.0;
    let spread = if fixed { 1.0 } else { s };
    let z = -y / spread;
    let far = z + alpha * spread;
    let positive = far >= 0.0;
    let size = far.abs();
    let (near, ratio) = if size > FAR { (FAR, FAR / size) } else { (size, 1.0) };
    let mills = scaled_mills(near) * ratio;
    let exponent = if positive { -0.5 * z * z } else { alpha * spread * (z + 0.5 * alpha * spread) };
    let factor = if positive { mills } else { 1.0 - exp(-0.5 * near * near) * mills };
    let walked = normal_cdf(z) + exp(exponent) * factor;
    let still = if y > 0.0 { exp(-alpha * y) } else { 1.0 };
    let p = if fixed { still } else { walked };
    if p > 1.0 { 1.0 } else { p }
}

/// Mean size of a Pareto law as a multiple of its minimum; infinite where it does not exist.
#[inline(always)]
pub fn pareto_mean(alpha: f64, reach: f64) -> f64 {
    if reach == f64::INFINITY {
        return if alpha > 1.0 { alpha / (alpha - 1.0) } else { f64::INFINITY };
    }
    // ∫ α e^(−αe) e^e de over [0, B], divided by 1 − e^(−αB); the first integral is α B at α = 1
    let slope = (1.0 - alpha) * reach;
    let growth = if slope.abs() < 1e-9 { reach } else { crate::math::exp_m1(slope) / (1.0 - alpha) };
    alpha * growth / -crate::math::exp_m1(-alpha * reach)
}

/// The minimum of a Pareto law cut off at `below` whose mean is `mean`: by bisection of its logarithm, for the mean
/// rises with the minimum. A mean that no minimum reaches gives `below` itself.
#[inline(always)]
pub fn pareto_minimum(alpha: f64, below: f64, mean: f64) -> f64 {
    let (mut near, mut far) = (1e-12, 700.0);
    let at = |reach: f64| below * exp(-reach) * pareto_mean(alpha, reach);
    if at(near) <= mean {
        return below * exp(-near);
    }
    // halves 700 down to the rounding of the logarithm
    for _ in 0..60 {
        let middle = 0.5 * (near + far);
        if at(middle) > mean {
            near = middle;
        } else {
            far = middle;
        }
    }
    below * exp(-0.5 * (near + far))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Simpson's rule over the density of the cut-off exponential, independent of the closed form.
    fn by_quadrature(y: f64, alpha: f64, s: f64, reach: f64) -> f64 {
        let top = reach.min(60.0 / alpha);
        let n = 40_000;
        let h = top / f64::from(n);
        let f = |e: f64| alpha * exp(-alpha * e) * normal_cdf((e - y) / s);
        let sum: f64 = (0..=n)
            .map(|i| {
                let weight = if i == 0 || i == n {
                    1.0
                } else if i % 2 == 1 {
                    4.0
                } else {
                    2.0
                };
                weight * f(h * f64::from(i))
            })
            .sum();
        sum * h / 3.0 / (1.0 - exp(-alpha * top))
    }

    #[test]
    fn survival_is_the_integral_over_all_sizes() {
        for alpha in [0.7, 1.1, 2.5] {
            for s in [0.05, 0.4, 1.5] {
                for reach in [0.8, 3.0, f64::INFINITY] {
                    for y in [-4.0, -0.5, 0.0, 0.3, 2.0, 4.5] {
                        let (p, exact) =
                            (pareto_survival(y, alpha, s, reach), by_quadrature(y, alpha, s, reach));
                        assert!((p - exact).abs() < 1e-9, "α {alpha} s {s} B {reach} y {y}: {p} {exact}");
                    }
                }
            }
        }
    }

    #[test]
    fn survival_never_leaves_the_unit_interval() {
        for y in [-800.0, -60.0, -1.0, 0.0, 1.0, 60.0, 800.0, f64::INFINITY] {
            for s in [0.0, 1e-9, 0.3, 30.0] {
                for reach in [1e-9, 2.0, f64::INFINITY] {
                    let p = pareto_survival(y, 1.3, s, reach);
                    assert!((0.0..=1.0).contains(&p), "y {y} s {s} B {reach}: {p}");
                }
                assert!((0.0..=1.0).contains(&lognormal_survival(y, s)));
            }
        }
        assert_eq!((lognormal_survival(0.0, 0.0), pareto_survival(0.0, 2.0, 0.0, f64::INFINITY)), (1.0, 1.0));
        // far out the walk only shifts the tail: S(y) → e^(−αy + α²s²/2)
        let (p, tail) = (pareto_survival(30.0, 1.1, 0.4, f64::INFINITY), exp(-33.0 + 0.0968));
        assert!((p / tail - 1.0).abs() < 1e-12);
    }

    #[test]
    fn means_and_minima_belong_together() {
        assert!((pareto_mean(2.0, f64::INFINITY) - 2.0).abs() < 1e-15);
        assert_eq!(pareto_mean(1.0, f64::INFINITY), f64::INFINITY);
        // α = 1 cut off at B: ln(below/m) / (1 − m/below)
        let reach = 3.0;
        assert!((pareto_mean(1.0, reach) - reach / (1.0 - exp(-reach))).abs() < 1e-12);
        for (alpha, minimum, below) in [(1.1, 1.0, 50.0), (0.6, 0.2, 10.0), (2.5, 3.0, 4.0)] {
            let mean = minimum * pareto_mean(alpha, libm::log(below / minimum));
            assert!((pareto_minimum(alpha, below, mean) / minimum - 1.0).abs() < 1e-9);
        }
    }
}
