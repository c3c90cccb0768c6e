//! The law of the number of times that an event arrives, its rate being uncertain itself.

use crate::math;
use crate::random::Distribution;

/// Points of a law over which the number at an uncertain rate is averaged.
const MIDPOINTS: usize = 200;
/// Numbers of arrivals that are looked at, where the law reaches no further.
const MOST: u32 = 1000;

/// Arrivals over some years: `N | rate ~ Poisson(rate · years)`, or binomial where one a year comes at most.
#[derive(Clone, Debug)]
pub struct Arriving {
    /// Law of the yearly rate, or of the yearly probability.
    pub law: Distribution,
    /// Number of years.
    pub years: u32,
    /// Whether one a year comes at most, `law` being that of its probability.
    pub at_most_one: bool,
}

impl Arriving {
    /// The least number whose chance of not being exceeded is at least `point`.
    pub fn number_at(&self, point: f64) -> u32 {
        let mut below = 0.0;
        let reached = self.chances().position(|chance| {
            below += chance;
            below >= point
        });
        reached.map_or(self.most(), |number| number as u32)
    }

    /// The chance of `number` arrivals or more.
    pub fn at_least(&self, number: u32) -> f64 {
        (1.0 - self.chances().take(number as usize).sum::<f64>()).clamp(0.0, 1.0)
    }

    /// The largest number that can be.
    pub fn most(&self) -> u32 {
        if self.at_most_one {
            return self.years;
        }
        // ten standard deviations above the mean at the highest rate looked at: beyond, the chance is below 1e-20
        let mean = self.rate(MIDPOINTS - 1) * f64::from(self.years);
        MOST.max((mean + 10.0 * mean.sqrt()) as u32 + 10)
    }

    /// The chances of 0, 1, 2 … arrivals, up to the largest number.
    fn chances(&self) -> impl Iterator<Item = f64> + '_ {
        let n = f64::from(self.years);
        let rates: Vec<f64> = (0..MIDPOINTS).map(|part| self.rate(part)).collect();
        // the log of `times!`, in which no frequent event's chance of none is lost as 0
        let mut log_factorial = 0.0;
        (0..=self.most()).map(move |times| {
            log_factorial += if times > 0 { math::ln(f64::from(times)) } else { 0.0 };
            let exactly = |&rate: &f64| match (self.at_most_one, rate > 0.0) {
                (true, _) => binomial(self.years, times, rate),
                (false, true) => math::exp(f64::from(times) * math::ln(rate * n) - rate * n - log_factorial),
                (false, false) => f64::from(u8::from(times == 0)),
            };
            rates.iter().map(exactly).sum::<f64>() / MIDPOINTS as f64
        })
    }

    /// The rate at the middle of one of as many equally likely parts as there are midpoints.
    fn rate(&self, part: usize) -> f64 {
        self.law.quantile((part as f64 + 0.5) / MIDPOINTS as f64).max(0.0)
    }
}

fn binomial(n: u32, k: u32, p: f64) -> f64 {
    let choose = (1..=k).fold(1.0, |product, j| product * f64::from(n - k + j) / f64::from(j));
    choose * math::powi(p, k) * math::powi((1.0 - p).max(0.0), n - k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arriving(law: Distribution, years: u32, at_most_one: bool) -> Arriving {
        Arriving { law, years, at_most_one }
    }

    #[test]
    fn numbers_at_a_point_of_their_law() {
        let of = |x: f64, years: u32, at_most_one: bool| {
            arriving(Distribution::point(x).unwrap(), years, at_most_one)
        };
        // Poisson(0.6): 0.549, 0.878, 0.977; binomial(6, 0.9): P(N ≤ 3) = 0.016, P(N ≤ 4) = 0.114, P(N ≤ 5) = 0.469
        assert_eq!([0.05, 0.87, 0.95].map(|point| of(0.1, 6, false).number_at(point)), [0, 1, 2]);
        assert_eq!([0.05, 0.95].map(|point| of(0.9, 6, true).number_at(point)), [4, 6]);
        // an uncertain rate widens the number: uniform between 0 and 1, every number is equally likely
        let wide = arriving(Distribution::uniform(0.0, 1.0).unwrap(), 3, true);
        assert_eq!([0.1, 0.4, 0.9].map(|at| wide.number_at(at)), [0, 1, 3]);
        assert_eq!(of(1.0, 3, true).number_at(0.95), 3);
    }

    #[test]
    fn chances_of_so_many_or_more() {
        let near = |found: f64, exact: f64| assert!((found - exact).abs() < 1e-5, "{found} for {exact}");
        let wide = arriving(Distribution::uniform(0.0, 1.0).unwrap(), 3, true);
        (0..4).for_each(|k| near(wide.at_least(k), 1.0 - f64::from(k) / 4.0));
        let rare = arriving(Distribution::point(0.1).unwrap(), 6, false);
        near(rare.at_least(0), 1.0);
        near(rare.at_least(2), 1.0 - 1.6 * libm::exp(-0.6));
        // Poisson(800) and Poisson(1500): the chance of none is below the smallest number there is
        let often = arriving(Distribution::point(20.0).unwrap(), 40, false);
        assert_eq!([0.05, 0.95].map(|point| often.number_at(point)), [754, 847]);
        assert!(often.at_least(958) < 1e-6);
        let more = arriving(Distribution::point(50.0).unwrap(), 30, false);
        assert_eq!([0.05, 0.5].map(|point| more.number_at(point)), [1437, 1500]);
    }
}
