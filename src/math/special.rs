//! Special functions for single values: precise to about 10⁻¹², the same bits on every machine.

use super::elementary::{polynomial, scaled_mills};
use super::ln;

pub use super::beta::{
    beta_density, beta_quantile, beta_tails, student_t_cdf, student_t_density, student_t_quantile,
};
pub(crate) use super::beta::{beta_density_times_xy, beta_quantile_of_tails};
pub use super::elementary::normal_cdf;
pub(crate) use super::gamma::{gamma_density_times_x, gamma_quantile_of_tails};
pub use super::gamma::{gamma_quantile, gamma_tails, ln_gamma};

/// √(2π).
const SQRT_TWO_PI: f64 = 2.506_628_274_631_000_7;

/// Numerator of the central quantile in ¼·0.85² − (p − ½)², Wichura, algorithm AS 241 (1988), PPND16.
const CENTRAL_NUMERATOR: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
/// Denominator of the central quantile, AS 241.
const CENTRAL_DENOMINATOR: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
/// Numerator of the first approximation in the tails, in y = √(−2 ln p); error 10⁻⁶ for 10⁻³²⁵ < p < 0.08.
const TAIL_NUMERATOR: [f64; 5] =
    [-2.6364959263740926, -0.9873565283619773, 1.9028860829997534, 0.6756310691554066, 0.03275731033375234];
/// Denominator of the first approximation in the tails.
const TAIL_DENOMINATOR: [f64; 4] = [1.0, 2.069924993348709, 0.676130983525293, 0.03275524916929191];

/// Standard normal density φ(z).
pub fn normal_density(z: f64) -> f64 {
    super::exp(-0.5 * z * z) / SQRT_TWO_PI
}

/// Standard normal quantile Φ⁻¹(p), relative error below 10⁻¹⁴; ∓∞ at 0 and 1, NaN outside [0, 1].
///
/// AS 241 in the middle; in the tails a rational approximation and one Halley step on Φ, written with the ratio
/// Φ/φ so that nothing overflows down to the smallest p.
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let offset = p - 0.5;
    if offset.abs() <= 0.425 {
        let r = offset.mul_add(-offset, 0.180_625);
        return offset * polynomial(r, &CENTRAL_NUMERATOR) / polynomial(r, &CENTRAL_DENOMINATOR);
    }
    let tail = if p > 0.5 { 1.0 - p } else { p };
    if tail == 0.0 {
        return if p > 0.5 { f64::INFINITY } else { f64::NEG_INFINITY };
    }
    let y = (-2.0 * ln(tail)).sqrt();
    let x = polynomial(y, &TAIL_NUMERATOR) / polynomial(y, &TAIL_DENOMINATOR);
    // u = (Φ(−x) − p) / φ(x) = (1 − p/Φ) · Φ/φ, the Newton step to larger x.
    let ratio = scaled_mills(x) * SQRT_TWO_PI;
    let u = relative_excess(x, tail) * ratio;
    let x = x + u / (1.0 - 0.5 * x * u);
    if p > 0.5 { x } else { -x }
}

/// 1 − p/Φ(−x), from logarithms where Φ is too small to divide by.
fn relative_excess(x: f64, p: f64) -> f64 {
    if x < 37.0 {
        return 1.0 - p / normal_cdf(-x);
    }
    -super::exp_m1(ln(p) - (ln(scaled_mills(x)) - 0.5 * x * x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_quantile_matches_17_digit_values() {
        let cases = [
            (1e-300, -37.047_096_299_361_2),
            (1e-100, -21.273_453_560_965_326),
            (1e-20, -9.262_340_089_798_407),
            (1e-10, -6.361_340_902_404_057),
            (1e-5, -4.264_890_793_922_825),
            (0.001, -3.090_232_306_167_813_6),
            (0.025, -1.959_963_984_540_054_3),
            (0.2, -0.841_621_233_572_914_2),
            (0.4, -0.253_347_103_135_799_7),
            (0.6, 0.253_347_103_135_799_7),
            (0.975, 1.959_963_984_540_053_8),
            (0.999, 3.090_232_306_167_813),
            (0.999_999_9, 5.199_337_582_290_661),
        ];
        for (p, expected) in cases {
            let found = normal_quantile(p);
            assert!((found / expected - 1.0).abs() < 1e-14, "Φ⁻¹({p:e}) = {found}, not {expected}");
        }
        assert_eq!(normal_quantile(0.5), 0.0);
        assert_eq!((normal_quantile(0.0), normal_quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
        assert!(normal_quantile(-0.1).is_nan() && normal_quantile(f64::NAN).is_nan());
    }

    #[test]
    fn quantile_inverts_the_distribution_function() {
        for i in 1..370 {
            let z = -0.1 * f64::from(i);
            let back = normal_quantile(normal_cdf(z));
            assert!((back / z - 1.0).abs() < 1e-14, "{z} -> {back}");
        }
        assert!((normal_density(1.0) - 0.241_970_724_519_143_37).abs() < 1e-16);
    }
}
