//! The tests of hypotheses that all checks share, and exact laws written without the engine's own mathematics.

use clustercast::stats::QuantileSketch;

/// Two-sided normal bound of a false-alarm rate of 1e-6.
pub const Z: f64 = 4.891_638_475_699;

/// `ln(2/1e-6)`: the same rate as a bound on `n · KL`, see [`assert_probability`].
const CHERNOFF: f64 = 14.508_657_738_524_219;

/// H0: the estimate is normal about `exact` with this standard error. Never retried.
pub fn assert_within(what: &str, estimate: f64, exact: f64, standard_error: f64) {
    let z = (estimate - exact) / standard_error;
    assert!(
        z.abs() <= Z,
        "{what}: {estimate} instead of {exact} ± {standard_error} ({z:.2} standard errors)"
    );
}

/// H0: `hits` of `n` independent trials succeed with probability `p`.
///
/// Either tail weighs at most `exp(−n KL(hits/n ‖ p))` (Chernoff 1952, Annals of Mathematical Statistics 23:493),
/// so the false-alarm rate holds for any `n` and `p`, however rare the event.
pub fn assert_probability(what: &str, hits: u64, n: u64, p: f64) {
    assert_share(what, hits as f64 / n as f64, n, p, 1);
}

/// H0: as [`assert_probability`], from the share of successes; `of` such checks together have its false-alarm rate
/// (Bonferroni).
pub fn assert_share(what: &str, share: f64, n: u64, p: f64, of: usize) {
    let term = |a: f64, b: f64| if a > 0.0 { a * libm::log(a / b) } else { 0.0 };
    let divergence = n as f64 * (term(share, p) + term(1.0 - share, 1.0 - p));
    let bound = CHERNOFF + libm::log(of as f64);
    assert!(divergence <= bound, "{what}: {share} of {n} instead of {p} (n·KL = {divergence:.2})");
}

/// H0: `exact` is the `q`-quantile. Order statistics `z √(nq(1 − q))` ranks away must enclose it, whatever the law;
/// a hundredth of the sketch's resolution is added on both sides.
pub fn assert_quantile(what: &str, sketch: &QuantileSketch, q: f64, exact: f64) {
    let shift = Z * (q * (1.0 - q) / sketch.n() as f64).sqrt();
    let low = sketch.quantile((q - shift).max(0.0)).unwrap();
    let high = sketch.quantile((q + shift).min(1.0)).unwrap();
    let slack = 1e-5 * exact.abs();
    assert!(
        low - slack <= exact && exact <= high + slack,
        "{what}: {q}-quantile {exact} not in {low}..{high}"
    );
}

/// Equal up to a relative rounding error.
pub fn assert_close(what: &str, value: f64, exact: f64, relative: f64) {
    assert!((value - exact).abs() <= relative * exact.abs(), "{what}: {value} instead of {exact}");
}

/// Standard normal distribution function.
pub fn phi(x: f64) -> f64 {
    0.5 * libm::erfc(-x * core::f64::consts::FRAC_1_SQRT_2)
}

/// Standard normal density.
pub fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / (2.0 * core::f64::consts::PI).sqrt()
}

/// Simpson's rule with `2 n` intervals.
pub fn simpson(a: f64, b: f64, n: usize, f: impl Fn(f64) -> f64) -> f64 {
    let h = (b - a) / (2 * n) as f64;
    let weight = |i: usize| {
        if i == 0 || i == 2 * n {
            1.0
        } else if i % 2 == 1 {
            4.0
        } else {
            2.0
        }
    };
    (0..=2 * n).map(|i| weight(i) * f(a + h * i as f64)).sum::<f64>() * h / 3.0
}

/// `P(k successes of n)`.
pub fn binomial(n: u64, k: u64, p: f64) -> f64 {
    let ln_factorial = |k: u64| libm::lgamma(k as f64 + 1.0);
    let ln_choose = ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
    libm::exp(ln_choose + k as f64 * libm::log(p) + (n - k) as f64 * libm::log(1.0 - p))
}

/// `P(k arrivals)` of a Poisson law.
pub fn poisson(mean: f64, k: u32) -> f64 {
    libm::exp(f64::from(k) * libm::log(mean) - mean - libm::lgamma(f64::from(k) + 1.0))
}

/// A lognormal law: `ln X ~ N(mu, sd²)`.
#[derive(Clone, Copy)]
pub struct Lognormal {
    pub mu: f64,
    pub sd: f64,
}

impl Lognormal {
    /// `P(X ≥ k)`.
    pub fn exceeds(self, k: f64) -> f64 {
        phi((self.mu - libm::log(k)) / self.sd)
    }

    /// `E X^p`.
    pub fn moment(self, p: f64) -> f64 {
        libm::exp(p * self.mu + 0.5 * p * p * self.sd * self.sd)
    }

    /// `E (k − X)₊` and its second moment, from the partial moments `E X^p 1(X < k)`.
    pub fn shortfall(self, k: f64) -> (f64, f64) {
        let d = (libm::log(k) - self.mu) / self.sd;
        let partial = |p: f64| self.moment(p) * phi(d - p * self.sd);
        (k * partial(0.0) - partial(1.0), k * k * partial(0.0) - 2.0 * k * partial(1.0) + partial(2.0))
    }
}

/// Checks mean and variance of `n` draws against the raw moments 1 to 4 of their law.
pub fn assert_moments(what: &str, found: &clustercast::stats::Moments, raw: [f64; 4]) {
    let n = found.n() as f64;
    let [m1, m2, m3, m4] = raw;
    let variance = m2 - m1 * m1;
    let fourth = m4 - 4.0 * m1 * m3 + 6.0 * m1 * m1 * m2 - 3.0 * m1 * m1 * m1 * m1;
    assert_within(&format!("{what}: mean"), found.mean().unwrap(), m1, (variance / n).sqrt());
    let sd = found.sd().unwrap();
    let error = ((fourth - variance * variance) / n).sqrt();
    assert_within(&format!("{what}: variance"), sd * sd, variance, error);
}
