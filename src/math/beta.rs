//! Regularised incomplete beta function, its inverse, and Student's t distribution, which rests on them.

use super::gamma::{MAX_TERMS, deviance, ln_gamma, stirling_error};
use super::root::increasing_root;
use super::{exp, ln};
use std::f64::consts::PI;

/// xᵃ yᵇ / B(a, b), the density of the beta law times x·y, by C. Loader's formula.
pub(crate) fn beta_density_times_xy(a: f64, b: f64, x: f64, y: f64) -> f64 {
    Density::new(a, b).times_xy(x, y)
}

/// What the density of one beta law needs at every point, computed once.
struct Density {
    a: f64,
    b: f64,
    /// Sum of the Stirling errors.
    errors: f64,
    factor: f64,
}

impl Density {
    fn new(a: f64, b: f64) -> Self {
        let n = a + b;
        let errors = stirling_error(n) - stirling_error(a) - stirling_error(b);
        Self { a, b, errors, factor: (a * b / (2.0 * PI * n)).sqrt() }
    }

    fn times_xy(&self, x: f64, y: f64) -> f64 {
        let Self { a, b, errors, factor } = *self;
        let n = a + b;
        // a − n·x = n·y − b: the smaller of x and y tells it better.
        let excess = if x < y { a - n * x } else { n * y - b };
        let deviances = deviance(a, n * x, excess) + deviance(b, n * y, -excess);
        exp(errors - deviances) * factor
    }
}

/// Iₓ(a, b) / front · a for x left of the mean, by the continued fraction DLMF 8.17.22 (Lentz's method).
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let keep = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..MAX_TERMS {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        h *= d * c;
        if (d * c - 1.0).abs() < 3e-16 {
            break;
        }
    }
    h
}

/// Iₓ(a, b) and 1 − Iₓ(a, b), given x and y = 1 − x, each with its relative precision.
fn tails(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    tails_from(a, b, x, y, beta_density_times_xy(a, b, x, y))
}

/// [`tails`], given the density times x·y as well.
fn tails_from(a: f64, b: f64, x: f64, y: f64, front: f64) -> (f64, f64) {
    if x <= 0.0 || y <= 0.0 {
        return if x <= 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    if x <= (a + 1.0) / (a + b + 2.0) {
        let lower = (front * fraction(a, b, x) / a).min(1.0);
        (lower, 1.0 - lower)
    } else {
        let upper = (front * fraction(b, a, y) / b).min(1.0);
        (1.0 - upper, upper)
    }
}

/// Regularised incomplete beta function Iₓ(a, b) and its complement; NaN unless a, b > 0 and 0 ≤ x ≤ 1.
pub fn beta_tails(a: f64, b: f64, x: f64) -> (f64, f64) {
    if !(a > 0.0 && b > 0.0 && (a + b).is_finite() && (0.0..=1.0).contains(&x)) {
        return (f64::NAN, f64::NAN);
    }
    tails(a, b, x, 1.0 - x)
}

/// x and 1 − x with Iₓ(a, b) = lower and 1 − Iₓ(a, b) = upper, of which only the smaller is used.
pub(crate) fn beta_quantile_of_tails(a: f64, b: f64, lower: f64, upper: f64) -> (f64, f64) {
    if lower <= 0.0 || upper <= 0.0 {
        return if lower <= 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
    }
    let of_logit = |t: f64| (1.0 / (1.0 + exp(-t)), 1.0 / (1.0 + exp(t)));
    let from_left = lower <= upper;
    let goal = ln(if from_left { lower } else { upper });
    let density = Density::new(a, b);
    let t = increasing_root(ln(a / b), |t| {
        let (x, y) = of_logit(t);
        let slope = density.times_xy(x, y);
        let (below, above) = tails_from(a, b, x, y, slope);
        if from_left { (ln(below) - goal, slope / below) } else { (goal - ln(above), slope / above) }
    });
    of_logit(t)
}

/// The x with Iₓ(a, b) = p; NaN unless a, b > 0 and 0 ≤ p ≤ 1.
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && (a + b).is_finite() && (0.0..=1.0).contains(&p)) {
        return f64::NAN;
    }
    beta_quantile_of_tails(a, b, p, 1.0 - p).0
}

/// Density of the beta law at x in (0, 1); NaN for invalid arguments.
pub fn beta_density(a: f64, b: f64, x: f64) -> f64 {
    beta_density_times_xy(a, b, x, 1.0 - x) / (x * (1.0 - x))
}

/// Distribution function of Student's t with `df` > 0 degrees of freedom (any real number), without scaling.
pub fn student_t_cdf(df: f64, t: f64) -> f64 {
    if !(df > 0.0 && df.is_finite()) || t.is_nan() {
        return f64::NAN;
    }
    let ratio = t * t / df;
    let outer = 0.5 * tails(0.5 * df, 0.5, 1.0 / (1.0 + ratio), ratio / (1.0 + ratio)).0;
    if t > 0.0 { 1.0 - outer } else { outer }
}

/// Quantile of Student's t with `df` > 0 degrees of freedom; exactly 0 at ½, ∓∞ at 0 and 1, NaN outside [0, 1].
pub fn student_t_quantile(df: f64, p: f64) -> f64 {
    if !(df > 0.0 && df.is_finite() && (0.0..=1.0).contains(&p)) {
        return f64::NAN;
    }
    if p > 0.5 {
        return -student_t_quantile(df, 1.0 - p);
    }
    let (x, y) = beta_quantile_of_tails(0.5 * df, 0.5, 2.0 * p, 1.0 - 2.0 * p);
    -(df * y / x).sqrt()
}

/// Density of Student's t with `df` > 0 degrees of freedom.
pub fn student_t_density(df: f64, t: f64) -> f64 {
    // From the beta density of x = df / (df + t²): f(t) = xᵃ yᵇ / (B(a, b)·|t|), with the limit 1 / (B·√df) at 0.
    let ratio = t * t / df;
    let (x, y) = (1.0 / (1.0 + ratio), ratio / (1.0 + ratio));
    if y > 0.0 {
        return beta_density_times_xy(0.5 * df, 0.5, x, y) / t.abs();
    }
    exp(ln_gamma(0.5 * (df + 1.0)) - ln_gamma(0.5 * df)) / (df * PI).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn incomplete_beta_matches_reference() {
        let cases = [
            (0.5, 0.5, 0.1, 0.20483276469913345, 0.7951672353008665),
            (0.3, 4.0, 1e-8, 0.006546872374427763, 0.9934531276255723),
            (2.0, 3.0, 0.25, 0.26171875, 0.73828125),
            (2.0, 3.0, 0.9, 0.9963, 0.0036999999999999976),
            (5.0, 1.5, 0.5, 0.06449910955812962, 0.9355008904418703),
            (30.0, 70.0, 0.2, 0.009692085749007045, 0.990307914250993),
            (30.0, 70.0, 0.45, 0.9990071807924271, 0.000992819207572872),
            (500.0, 500.0, 0.48, 0.10291752730699572, 0.8970824726930043),
            (2000.0, 3.0, 0.9975, 0.12391593047259584, 0.8760840695274041),
            (1.0, 1.0, 0.3, 0.3, 0.7),
            (1.5, 0.5, 1e-12, 4.244131815785149e-19, 1.0),
        ];
        for (a, b, x, p, q) in cases {
            let (lower, upper) = beta_tails(a, b, x);
            assert!((lower / p - 1.0).abs() < 2e-12, "I({a},{b},{x}) = {lower:e}, not {p:e}");
            assert!((upper / q - 1.0).abs() < 2e-12, "1-I({a},{b},{x}) = {upper:e}, not {q:e}");
            if p <= 0.5 {
                let back = beta_quantile(a, b, p);
                assert!((back / x - 1.0).abs() < 2e-12, "inverse at ({a},{b},{x}): {back}");
            }
        }
    }

    #[test]
    fn student_t_matches_reference() {
        let cases = [
            (2.1, -0.01, 0.49644528886853645, 0.3554536225546201),
            (2.1, -1.0, 0.2091649363116005, 0.19437673385923507),
            (2.1, -50.0, 0.00014451372391581326, 6.065724460049273e-6),
            (3.0, -2.0, 0.0696629842794216, 0.0675096606638929),
            (4.0, -10000.0, 2.9999998000000103e-16, 1.1999998800000084e-19),
            (5.0, -2.5, 0.02724504967118812, 0.03332623888702283),
            (7.5, -6.0, 0.00020799120350273377, 0.00021973874193828113),
            (30.0, -1.7, 0.04973893779425844, 0.09510011095327166),
            (30.0, -8.0, 3.1329112378503795e-9, 8.113146755218015e-9),
            (1000.0, -3.0, 0.0013833545221190963, 0.004500624610139896),
            (100000.0, -2.0, 0.022751481728753232, 0.05399191132737599),
        ];
        for (df, t, p, density) in cases {
            // 1 − x loses digits of x for many degrees of freedom.
            let tolerance = 2e-12 * f64::max(df / 1e4, 1.0);
            assert!(
                (student_t_cdf(df, t) / p - 1.0).abs() < tolerance,
                "t cdf {df} {t}: {:e}",
                student_t_cdf(df, t)
            );
            let back = student_t_quantile(df, p);
            assert!((back / t - 1.0).abs() < tolerance, "t quantile {df} {p}: {back}");
            assert_eq!(student_t_quantile(df, 0.5), 0.0);
            let found = student_t_density(df, t);
            assert!(
                (found / density - 1.0).abs() < tolerance,
                "t density {df} {t}: {found:e}, not {density:e}"
            );
        }
    }

    #[test]
    fn outside_the_domain_is_nan() {
        assert!(beta_tails(0.0, 1.0, 0.5).0.is_nan() && beta_tails(1.0, 1.0, 1.5).1.is_nan());
        assert!(beta_quantile(1.0, -1.0, 0.5).is_nan() && student_t_quantile(3.0, f64::NAN).is_nan());
        assert_eq!((beta_quantile(2.0, 3.0, 0.0), beta_quantile(2.0, 3.0, 1.0)), (0.0, 1.0));
        assert_eq!(student_t_quantile(3.0, 1.0), f64::INFINITY);
    }
}
