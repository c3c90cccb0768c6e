//! Counts from one uniform: Poisson and Bernoulli by inverse distribution function.

use crate::math::{LANES, Lanes, Vector, exp};

/// Largest rate that is counted: e^(−700) is still a normal number. The model allows far less.
const MAX_RATE: f64 = 700.0;

/// Poisson counts for a block of uniforms, each lane with its own yearly rate: the smallest count whose distribution
/// function reaches the uniform. NaN unless 0 ≤ rate ≤ 700.
pub fn poisson_lanes(vector: Vector, uniforms: &Lanes, rates: &Lanes, out: &mut Lanes) {
    *out = *rates;
    vector.map(out, |rate| exp(-rate));
    for lane in 0..LANES {
        out[lane] = count_from(uniforms[lane], rates[lane], out[lane]);
    }
}

/// The count for a uniform, given `first` = exp(−rate) = P(N = 0).
fn count_from(u: f64, rate: f64, first: f64) -> f64 {
    if !(0.0..=MAX_RATE).contains(&rate) || u.is_nan() {
        return f64::NAN;
    }
    let (mut term, mut sum, mut k) = (first, first, 0.0);
    // Past rate + 20·√rate + 60 nothing is left but rounding.
    let end = rate + 20.0 * rate.sqrt() + 60.0;
    while u > sum && k < end {
        k += 1.0;
        term *= rate / k;
        sum += term;
    }
    k
}

/// Whether an event of probability `p` happens, for a uniform `u`; as with Poisson counts, large uniforms mean events.
#[inline(always)]
pub fn bernoulli(u: f64, p: f64) -> bool {
    u > 1.0 - p
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::special::gamma_tails;

    fn count(u: f64, rate: f64) -> f64 {
        let mut out = [0.0; LANES];
        poisson_lanes(Vector::detect(), &[u; LANES], &[rate; LANES], &mut out);
        assert!(out.iter().all(|x| x.to_bits() == out[0].to_bits()));
        out[0]
    }

    #[test]
    fn what_is_no_rate_gives_no_count() {
        for (u, rate) in [(0.5, -1.0), (0.5, f64::NAN), (0.5, 701.0), (f64::NAN, 1.0)] {
            assert!(count(u, rate).is_nan(), "{u} {rate}");
        }
    }

    #[test]
    fn counts_step_where_the_distribution_function_does() {
        for rate in [0.05, 1.0, 7.3, 50.0] {
            for k in 0..(rate as u32 + 20) {
                // P(N ≤ k) = Q(k + 1, rate)
                let step = gamma_tails(f64::from(k) + 1.0, rate).1;
                // thresholds closer to 0 or to each other than the probe are passed over
                if step > 1e-9 && step < 1.0 - 1e-9 {
                    assert_eq!(count(step - 1e-12, rate), f64::from(k), "rate {rate}");
                    assert_eq!(count(step + 1e-12, rate), f64::from(k + 1), "rate {rate}");
                }
            }
        }
        assert_eq!(count(1.0 - crate::math::powi(0.5, 33), 0.0), 0.0);
    }

    #[test]
    fn large_uniforms_mean_events() {
        let largest = 1.0 - crate::math::powi(0.5, 33);
        assert!(bernoulli(0.95, 0.1) && !bernoulli(0.85, 0.1) && !bernoulli(largest, 0.0));
    }
}
