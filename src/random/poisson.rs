//! Counts from one uniform: Poisson and Bernoulli by inverse distribution function.

use crate::math::{Lanes, Task, Vector, exp};

/// Largest rate that is counted: e^(−700) is still a normal number. The model allows far less.
const MAX_RATE: f64 = 700.0;
/// Lanes counted side by side: few, so that one high count makes few others wait.
const TOGETHER: usize = 32;

/// Poisson counts for a block of uniforms, each lane with its own yearly rate: the smallest count whose distribution
/// function reaches the uniform. NaN unless 0 ≤ rate ≤ 700.
pub fn poisson_lanes(vector: Vector, uniforms: &Lanes, rates: &Lanes, out: &mut Lanes) {
    vector.run(Counts { uniforms, rates, out });
}

/// Poisson counts for a block of uniforms, all with the same yearly rate; the bits of [`poisson_lanes`].
pub fn poisson_lanes_of_rate(vector: Vector, uniforms: &Lanes, rate: f64, out: &mut Lanes) {
    if !(0.0..=MAX_RATE).contains(&rate) {
        out.fill(f64::NAN);
        return;
    }
    let first = exp(-rate);
    let (mut term, mut sum, mut k) = (first, first, 0.0);
    let mut any = vector.run(Above { uniforms, level: sum, out, first: true });
    while any && k <= past_end(rate) {
        k += 1.0;
        term *= rate / k;
        sum += term;
        any = vector.run(Above { uniforms, level: sum, out, first: false });
    }
}

/// A count beyond which nothing is left of the distribution but rounding.
#[inline(always)]
fn past_end(rate: f64) -> f64 {
    rate + 20.0 * rate.sqrt() + 60.0
}

/// Adds 1 to the counts of the uniforms above a level, and tells whether there are any; the first level sets them.
struct Above<'a> {
    uniforms: &'a Lanes,
    level: f64,
    out: &'a mut Lanes,
    first: bool,
}

impl Task for Above<'_> {
    type Output = bool;

    #[inline(always)]
    fn call(self) -> bool {
        let mut any = 0;
        for (out, u) in self.out.iter_mut().zip(self.uniforms) {
            // NaN stays NaN
            let before = if self.first { 0.0 * u } else { *out };
            let above = *u > self.level;
            *out = before + if above { 1.0 } else { 0.0 };
            any |= u64::from(above);
        }
        any != 0
    }
}

/// The counts of a block of uniforms.
struct Counts<'a> {
    uniforms: &'a Lanes,
    rates: &'a Lanes,
    out: &'a mut Lanes,
}

impl Task for Counts<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { uniforms, rates, out } = self;
        for ((out, uniforms), rates) in out
            .chunks_exact_mut(TOGETHER)
            .zip(uniforms.chunks_exact(TOGETHER))
            .zip(rates.chunks_exact(TOGETHER))
        {
            count_together(uniforms, rates, out);
        }
    }
}

/// Counts of a few lanes side by side: all add terms of their distribution functions until the last has reached its
/// uniform. A lane that has reached it counts no further, for its sum does not fall.
#[inline(always)]
fn count_together(uniforms: &[f64], rates: &[f64], out: &mut [f64]) {
    let mut terms = [0.0; TOGETHER];
    let mut rate = [0.0; TOGETHER];
    let mut most = 0.0_f64;
    for lane in 0..TOGETHER {
        // what is no rate takes part as 0, and is NaN in the end
        let valid = rates[lane] >= 0.0 && rates[lane] <= MAX_RATE;
        rate[lane] = if valid { rates[lane] } else { 0.0 };
        most = if rate[lane] > most { rate[lane] } else { most };
        terms[lane] = exp(-rate[lane]);
    }
    let mut sums = terms;
    let mut counts = [0.0; TOGETHER];
    let end = past_end(most);
    let mut k = 0.0;
    loop {
        let mut above = 0.0;
        for lane in 0..TOGETHER {
            let more = if uniforms[lane] > sums[lane] { 1.0 } else { 0.0 };
            counts[lane] += more;
            above += more;
        }
        k += 1.0;
        if above == 0.0 || k > end {
            break;
        }
        for lane in 0..TOGETHER {
            terms[lane] *= rate[lane] / k;
            sums[lane] += terms[lane];
        }
    }
    for lane in 0..TOGETHER {
        let valid = rates[lane] >= 0.0 && rates[lane] <= MAX_RATE && !uniforms[lane].is_nan();
        out[lane] = if valid { counts[lane] } else { f64::NAN };
    }
}

/// Whether an event of probability `p` happens, for a uniform `u`; as with Poisson counts, large uniforms mean events.
#[inline(always)]
pub fn bernoulli(u: f64, p: f64) -> bool {
    u > 1.0 - p
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::LANES;
    use crate::math::special::gamma_tails;

    fn count(u: f64, rate: f64) -> f64 {
        let mut out = [0.0; LANES];
        poisson_lanes(Vector::detect(), &[u; LANES], &[rate; LANES], &mut out);
        assert!(out.iter().all(|x| x.to_bits() == out[0].to_bits()));
        let mut same = [0.0; LANES];
        poisson_lanes_of_rate(Vector::detect(), &[u; LANES], rate, &mut same);
        assert!(same == out || out[0].is_nan() && same.iter().all(|x| x.is_nan()), "{u} {rate}");
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
