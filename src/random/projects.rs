//! How many projects of a batch succeed, each with the same probability.

use rand_distr::{Binomial, Distribution as _};

use super::address::Stream;
use crate::math::{LANES, Lanes, Vector};

/// Up to this size every project has a draw of its own.
const LISTED: u32 = 64;

/// Number of successes among `count` independent projects of one year, for every lane's probability.
///
/// Small batches compare one uniform per project with the probability, so that a higher probability never loses a
/// project in any trial. Large ones draw the binomial count with `rand_distr`, from a generator with an address of its
/// own; the count is an integer, so no platform's rounding shows.
pub fn project_count(
    stream: &Stream,
    v: Vector,
    block: u64,
    year: u32,
    count: u32,
    probability: &Lanes,
) -> Lanes {
    let mut successes = [0.0; LANES];
    if count <= LISTED {
        let mut words = [0; LANES];
        let mut uniform = [0.0; LANES];
        for project in 0..count {
            stream.words(v, block, year, project, &mut words);
            v.uniform_from_words(&words, &mut uniform);
            (0..LANES).for_each(|i| successes[i] += f64::from(u8::from(uniform[i] < probability[i])));
        }
        return successes;
    }
    for lane in 0..LANES {
        let p = probability[lane].clamp(0.0, 1.0);
        let law = Binomial::new(u64::from(count), p).expect("the probability is clamped to [0, 1]");
        successes[lane] = law.sample(&mut stream.generator(block, lane as u32, year, 0)) as f64;
    }
    successes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and variance of both ways over 64 blocks of 256 lanes lie within 5.2 standard errors of the binomial's
    /// (two-sided false-alarm rate 2e-7 each); doubling the probability of the large batch turns it red.
    #[test]
    fn small_and_large_batches_follow_the_binomial_law() {
        let v = Vector::detect();
        let stream = Stream::new(7, "test/projects");
        for (count, p) in [(33_u32, 0.27), (510, 0.59)] {
            let probability = [p; LANES];
            let draws: Vec<f64> = (0..64)
                .flat_map(|block| project_count(&stream, v, block, 2025, count, &probability))
                .collect();
            let n = draws.len() as f64;
            let mean = draws.iter().sum::<f64>() / n;
            let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
            let (expected, spread) = (f64::from(count) * p, f64::from(count) * p * (1.0 - p));
            assert!((mean - expected).abs() < 5.2 * (spread / n).sqrt(), "{count}: mean {mean}");
            assert!((variance / spread - 1.0).abs() < 5.2 * (2.0 / n).sqrt() * 1.01, "{count}: {variance}");
        }
    }

    #[test]
    fn a_higher_probability_never_loses_a_project() {
        let v = Vector::detect();
        let stream = Stream::new(1, "test/monotone");
        let low = project_count(&stream, v, 0, 2025, 40, &[0.3; LANES]);
        let high = project_count(&stream, v, 0, 2025, 40, &[0.35; LANES]);
        assert!(low.iter().zip(&high).all(|(a, b)| a <= b));
        assert!(low.iter().sum::<f64>() < high.iter().sum::<f64>());
    }
}
