//! Counts from one uniform: Poisson and Bernoulli by inverse distribution function.

use crate::math::{LANES, Lanes, Task, Vector, exp};
use crate::text;
use crate::text::Text;

/// Largest yearly rate of a [`PoissonTable`].
pub const MAX_RATE: f64 = 50.0;
/// Largest rate of [`poisson_count`]: e^(−700) is still a normal number.
const MAX_LANE_RATE: f64 = 700.0;

/// A Poisson rate that is NaN, negative or above [`MAX_RATE`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateError(pub f64);

impl RateError {
    /// The fault and what to write instead.
    pub fn text(&self) -> Text {
        let (rate, most) = (self.0, MAX_RATE);
        text!(
            "每年发生次数为 {rate}，须在 0 与 {most} 之间；更频繁的事件请拆分或改用连续量表示",
            "the yearly rate is {rate}; it must lie between 0 and {most}; split a more frequent event or describe it as a continuous quantity"
        )
    }
}

impl std::fmt::Display for RateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for RateError {}

/// Cumulated probabilities of a Poisson law with a fixed rate.
#[derive(Clone, Debug, PartialEq)]
pub struct PoissonTable {
    rate: f64,
    /// P(N ≤ 0), P(N ≤ 1), … up to the first that no uniform exceeds.
    cumulated: Vec<f64>,
}

struct Count<'a>(&'a [f64], &'a Lanes, &'a mut Lanes);

impl Task for Count<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.2.fill(0.0);
        for &threshold in self.0 {
            for (count, &u) in self.2.iter_mut().zip(self.1) {
                *count += if u > threshold { 1.0 } else { 0.0 };
            }
        }
    }
}

impl PoissonTable {
    /// Prepares counts with mean `rate`. Errors: NaN, negative, above 50.
    pub fn new(rate: f64) -> Result<Self, RateError> {
        if !(0.0..=MAX_RATE).contains(&rate) {
            return Err(RateError(rate));
        }
        let (mut term, mut sum, mut k) = (exp(-rate), 0.0, 0.0);
        let mut cumulated = Vec::new();
        let last_uniform = crate::math::elementary::uniform(u32::MAX);
        loop {
            sum += term;
            cumulated.push(sum);
            if sum >= last_uniform {
                return Ok(Self { rate, cumulated });
            }
            k += 1.0;
            term *= rate / k;
        }
    }

    /// The mean count.
    pub fn rate(&self) -> f64 {
        self.rate
    }

    /// The count whose distribution function first reaches `u`.
    pub fn count(&self, u: f64) -> u32 {
        self.cumulated.partition_point(|&c| u > c) as u32
    }

    /// The counts of a block of uniforms.
    pub fn fill(&self, vector: Vector, uniforms: &Lanes, out: &mut Lanes) {
        vector.run(Count(&self.cumulated, uniforms, out));
    }

    /// No count exceeds this.
    pub fn most(&self) -> u32 {
        self.cumulated.len() as u32 - 1
    }
}

/// Poisson count for a uniform and a rate of its own: the bits of [`PoissonTable::count`]. NaN unless 0 ≤ rate ≤ 700.
pub fn poisson_count(u: f64, rate: f64) -> f64 {
    count_from(u, rate, exp(-rate))
}

/// [`poisson_count`] given `first` = exp(−rate).
fn count_from(u: f64, rate: f64, first: f64) -> f64 {
    if !(0.0..=MAX_LANE_RATE).contains(&rate) || u.is_nan() {
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

/// [`poisson_count`] for each lane with its own rate.
pub fn poisson_lanes(vector: Vector, uniforms: &Lanes, rates: &Lanes, out: &mut Lanes) {
    *out = *rates;
    vector.map(out, |rate| exp(-rate));
    for lane in 0..LANES {
        out[lane] = count_from(uniforms[lane], rates[lane], out[lane]);
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
    use crate::math::special::gamma_tails;

    #[test]
    fn rates_outside_the_range_are_refused() {
        assert!(PoissonTable::new(-0.1).is_err() && PoissonTable::new(50.1).is_err());
        assert!(PoissonTable::new(f64::NAN).is_err() && poisson_count(0.5, -1.0).is_nan());
        assert!(poisson_count(0.5, f64::NAN).is_nan() && poisson_count(0.5, 701.0).is_nan());
    }

    #[test]
    fn thresholds_are_the_exact_distribution_function() {
        for rate in [0.0, 0.05, 1.0, 7.3, 50.0] {
            let table = PoissonTable::new(rate).unwrap();
            for (k, &c) in table.cumulated.iter().enumerate() {
                // P(N ≤ k) = Q(k + 1, rate).
                let exact = gamma_tails(k as f64 + 1.0, rate).1;
                assert!((c - exact).abs() < 1e-13, "rate {rate}, count {k}: {c} {exact}");
            }
            assert_eq!(table.count(1.0 - crate::math::powi(0.5, 33)), table.most());
        }
    }

    #[test]
    fn all_forms_give_the_same_counts() {
        let uniforms: Lanes = std::array::from_fn(|i| (i as f64 + 0.5) / 256.0);
        for rate in [0.0, 0.3, 4.0, 50.0] {
            let table = PoissonTable::new(rate).unwrap();
            let (mut a, mut b) = ([0.0; LANES], [0.0; LANES]);
            table.fill(Vector::detect(), &uniforms, &mut a);
            poisson_lanes(Vector::detect(), &uniforms, &[rate; LANES], &mut b);
            assert_eq!(a, b);
            assert_eq!(a, uniforms.map(|u| f64::from(table.count(u))));
            assert_eq!(a, uniforms.map(|u| poisson_count(u, rate)));
            assert!((a.iter().sum::<f64>() / 256.0 - rate).abs() < 0.02 * (1.0 + rate));
        }
        assert!(
            bernoulli(0.95, 0.1)
                && !bernoulli(0.85, 0.1)
                && !bernoulli(1.0 - crate::math::powi(0.5, 33), 0.0)
        );
    }
}
