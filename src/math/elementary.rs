//! Elementary functions without branches, table look-ups or platform libraries, one value at a time.
//!
//! Each body is a fixed sequence of IEEE operations (+ − × ÷, fused multiply-add, square root, selection), so that a
//! loop over lanes becomes vector code and every machine computes the same bits. The coefficients are
//! Chebyshev and Lawson fits made for this program with 40-digit arithmetic.

use std::f32::consts::LN_2 as SHORT_LN_2;
use std::f64::consts::LOG2_E;

/// ln 2 rounded to 33 bits: times an exponent it is exact.
const LN_2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
/// ln 2 − [`LN_2_HIGH`].
const LN_2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
/// The logarithm of the smallest normal number, a little more than it.
const LEAST_EXPONENT: f64 = -708.396;
/// The logarithm of the largest number, rounded up.
const MOST_EXPONENT: f64 = 709.782_712_893_384;
/// 1.5·2⁵²: added and subtracted, it rounds to the nearest integer.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
/// The bits of 2⁵²: an integer below 2⁵² joined to them reads as 2⁵² plus that integer.
const TWO_52_BITS: u64 = 0x4330_0000_0000_0000;
/// √½ cut to its leading 20 fraction bits; the significand of a logarithm lies in [√½, √2).
const SQRT_HALF_BITS: u64 = 0x3fe6_a09e_0000_0000;
/// √½ in single precision.
const SQRT_HALF_SHORT_BITS: u32 = 0x3f35_04f3;
/// The fraction bits of a double.
const FRACTION_BITS: u64 = 0x000f_ffff_ffff_ffff;

/// Minimax coefficients of (eʳ − 1 − r) / r² on |r| ≤ ½ ln 2; error of eʳ 3·10⁻¹⁸.
const EXP: [f64; 10] = [
    0.5000000000000013,
    0.16666666666666693,
    0.04166666666651453,
    0.008333333333311167,
    0.0013888888947209,
    0.0001984126990946128,
    2.4801489775165508e-05,
    2.7557222930190193e-06,
    2.7631330332433816e-07,
    2.5115873446973407e-08,
];

/// Coefficients of (2 artanh(s) − 2s) / s³ in s², m in [√½, √2); error of the logarithm 2·10⁻¹⁹.
const LN: [f64; 7] = [
    0.666666666666681,
    0.39999999999014607,
    0.285714288184235,
    0.22222191652573034,
    0.18183890949834666,
    0.15306338069390824,
    0.14868012022770566,
];

/// Coefficients of (ln(1+f) − f) / f², 1+f in [√½, √2), in single precision; error of the logarithm 4·10⁻⁸.
const LN_SHORT: [f32; 7] =
    [-0.500_005_84, 0.333_352_63, -0.249_614_64, 0.198_882_74, -0.173_259_96, 0.163_356_74, -0.100_346_53];

/// Numerator of the upper-tail normal score in y = √(−2 ln p), in single precision.
const SCORE_NUMERATOR: [f32; 5] = [-3.201_432_2, -7.749_274_3, 3.356_454_6, 4.116_562_4, 0.496_025_17];

/// Denominator of the upper-tail normal score in y; together 4·10⁻⁸ for 2⁻³³ ≤ p ≤ ½.
const SCORE_DENOMINATOR: [f32; 4] = [1.0, 5.397_414, 4.138_395, 0.495_725_8];

/// Coefficients of (1 + 1.5x)·Φ(−x)·exp(x²/2) in t = (x − 5) / (x + 5), 0 ≤ x ≤ 40; error 2·10⁻¹⁸.
const MILLS: [f64; 24] = [
    0.6538140922875535,
    -0.06559964511900741,
    -0.011488853304056657,
    0.055445467209891,
    -0.06352924059152956,
    0.04851239510987872,
    -0.027251308379175845,
    0.010972423172801197,
    -0.0026238838873787846,
    -5.545097004760242e-5,
    0.0003037149888831802,
    -8.089228012102906e-5,
    -1.8166552926032446e-5,
    1.4225502419933243e-5,
    2.327292027985809e-7,
    -2.084115964216927e-6,
    1.5172291340643207e-7,
    3.152512847102731e-7,
    -3.193276027954751e-8,
    -4.976084494775488e-8,
    3.0955051061555686e-9,
    6.722221457301797e-9,
    1.2981215884106505e-10,
    -4.164688019578109e-10,
];

/// Value of the polynomial with `coefficients` (constant term first) at `x`, by Horner's rule.
#[inline(always)]
pub(crate) fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    let mut value = coefficients[N - 1];
    for i in (0..N - 1).rev() {
        value = value.mul_add(x, coefficients[i]);
    }
    value
}

/// eˣ, within 1 unit in the last place; 0 below −745.2, +∞ above 709.8, NaN for NaN.
///
/// Cody–Waite reduction x = n ln 2 + r, polynomial in r, scaling by 2ⁿ in two steps so that results below the
/// smallest normal number are right too.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let x = if x > 710.0 { 710.0 } else { x };
    let x = if x < -746.0 { -746.0 } else { x };
    let (value, shifted) = reduced_exp(x);
    // n + 2048 is positive, so that unsigned shifts split it into two exponents in the normal range.
    let raised = shifted.to_bits().wrapping_sub(ROUNDER.to_bits()).wrapping_add(2048);
    let half = raised >> 1;
    let low = f64::from_bits(half.wrapping_sub(1) << 52);
    let high = f64::from_bits(raised.wrapping_sub(half).wrapping_sub(1) << 52);
    value * low * high
}

/// The bits of [`exp`] in fewer steps, but flushed to 0 where eˣ is below the smallest normal number: for growth, which
/// never is.
#[inline(always)]
pub fn exp_flushed(x: f64) -> f64 {
    let (value, shifted) = reduced_exp(x);
    // the low bits of the shifted number are n, which goes to the exponent's bits
    let scaled = f64::from_bits(value.to_bits().wrapping_add(shifted.to_bits() << 52));
    let scaled = if x > LEAST_EXPONENT { scaled } else { 0.0 };
    // what is no number stays none
    if x < MOST_EXPONENT { scaled } else { x + f64::INFINITY }
}

/// eʳ and n + [`ROUNDER`] of x = n ln 2 + r.
#[inline(always)]
fn reduced_exp(x: f64) -> (f64, f64) {
    let shifted = x.mul_add(LOG2_E, ROUNDER);
    let n = shifted - ROUNDER;
    let r = n.mul_add(-LN_2_LOW, n.mul_add(-LN_2_HIGH, x));
    (1.0 + (r * r).mul_add(polynomial(r, &EXP), r), shifted)
}

/// Exponent e and offset f of x = 2ᵉ·(1 + f), 1 + f in [√½, √2), for a positive normal x.
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    let raised = x.to_bits().wrapping_add(0x3ff0_0000_0000_0000 - SQRT_HALF_BITS);
    let exponent = f64::from_bits(TWO_52_BITS | (raised >> 52)) - (4_503_599_627_370_496.0 + 1023.0);
    let significand = f64::from_bits((raised & FRACTION_BITS).wrapping_add(SQRT_HALF_BITS));
    (exponent, significand - 1.0)
}

/// Natural logarithm, within 1 unit in the last place; −∞ for ±0, NaN for negative numbers and NaN.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    const TWO_54: f64 = 18_014_398_509_481_984.0;
    let tiny = x < f64::MIN_POSITIVE;
    let value = ln_of(if tiny { x * TWO_54 } else { x }, if tiny { 54.0 } else { 0.0 });
    let outside = if x == 0.0 { f64::NEG_INFINITY } else { f64::NAN };
    let outside = if x == f64::INFINITY { x } else { outside };
    if x > 0.0 && x < f64::INFINITY { value } else { outside }
}

/// Natural logarithm of a number that is at least 1, the bits of [`ln`]; NaN for NaN and ∞.
#[inline(always)]
pub fn ln_from_one(x: f64) -> f64 {
    if x < f64::INFINITY { ln_of(x, 0.0) } else { f64::NAN }
}

/// ln x − `twos` · ln 2 for a positive normal x; of no meaning for others.
#[inline(always)]
fn ln_of(x: f64, twos: f64) -> f64 {
    let (exponent, f) = split(x);
    let e = exponent - twos;
    let s = f / (2.0 + f);
    let square = s * s;
    let rest = square * polynomial(square, &LN);
    let half = 0.5 * f * f;
    e.mul_add(LN_2_HIGH, f - (half - s.mul_add(half + rest, e * LN_2_LOW)))
}

/// Standard normal score of the uniform (w + ½)·2⁻³² : Φ⁻¹ with absolute error below 2·10⁻⁶, at most 6.34 in size.
///
/// The top bit of the word is the sign, the other 31 bits the tail probability p, so that both tails keep their
/// relative precision. |z| = P(y) / Q(y) with y = √(−2 ln p). In single precision, which is twice as fast: the probability
/// that a score stands for is off by less than 2·10⁻⁷, and positive and negative scores mirror each other exactly (decision
/// 0038).
#[inline(always)]
pub fn normal_score(word: u32) -> f64 {
    f64::from(short_normal_score(word))
}

/// [`normal_score`] in the precision that it is computed in.
#[inline(always)]
pub(crate) fn short_normal_score(word: u32) -> f32 {
    let mirror = ((word as i32) >> 31) as u32;
    let p = (((word ^ mirror) as i32) as f32 + 0.5) * (0.5 / 2_147_483_648.0);
    let raised = p.to_bits().wrapping_add(0x3f80_0000 - SQRT_HALF_SHORT_BITS);
    let exponent = ((raised >> 23) as i32 - 127) as f32;
    let f = f32::from_bits((raised & 0x007f_ffff).wrapping_add(SQRT_HALF_SHORT_BITS)) - 1.0;
    let ln_p = exponent.mul_add(SHORT_LN_2, (f * f).mul_add(short_polynomial(f, &LN_SHORT), f));
    let y = (-2.0 * ln_p).sqrt();
    let score = short_polynomial(y, &SCORE_NUMERATOR) / short_polynomial(y, &SCORE_DENOMINATOR);
    f32::from_bits(score.to_bits() ^ (!word & 0x8000_0000))
}

/// [`polynomial`] in single precision.
#[inline(always)]
fn short_polynomial<const N: usize>(x: f32, coefficients: &[f32; N]) -> f32 {
    let mut value = coefficients[N - 1];
    for i in (0..N - 1).rev() {
        value = value.mul_add(x, coefficients[i]);
    }
    value
}

/// The uniform of a word, (w + ½)·2⁻³², exactly; never 0 or 1.
#[inline(always)]
pub fn uniform(word: u32) -> f64 {
    (f64::from(word) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// −ln(1 − p) for a probability p; +∞ at 1. Accurate for small p as well, where 1 − p alone would lose it.
#[inline(always)]
pub fn ln_complement(p: f64) -> f64 {
    if p >= 1.0 {
        return f64::INFINITY;
    }
    // with u = 1 − p rounded, ln u · p / (1 − u) makes up for the rounding (Kahan; Goldberg 1991, theorem 4)
    let u = 1.0 - p;
    let lost = 1.0 - u;
    if lost == 0.0 { p } else { -ln(u) * (p / lost) }
}

/// Scaled Mills ratio Φ(−x)·exp(x²/2) for 0 ≤ x ≤ 40; relative error a few 10⁻¹⁶.
#[inline(always)]
pub(crate) fn scaled_mills(x: f64) -> f64 {
    let t = (x - 5.0) / (x + 5.0);
    polynomial(t, &MILLS) / x.mul_add(1.5, 1.0)
}

/// Standard normal distribution function Φ(z); relative error below 10⁻¹⁵ in the lower tail down to the smallest normal
/// number, exactly ½ at 0, NaN for NaN.
#[inline(always)]
pub fn normal_cdf(z: f64) -> f64 {
    let x = z.abs();
    let x = if x > 40.0 { 40.0 } else { x };
    let square = x * x;
    // The rounding error of x², which exp would magnify in the tail.
    let error = x.mul_add(x, -square);
    let density = exp(-0.5 * square);
    let tail = scaled_mills(x) * (0.5 * error).mul_add(-density, density);
    let tail = if x == 0.0 { 0.5 } else { tail };
    if z > 0.0 { 1.0 - tail } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distance in units in the last place of `reference`.
    fn ulps(value: f64, reference: f64) -> f64 {
        let unit = reference.abs().max(f64::MIN_POSITIVE) * f64::EPSILON;
        (value - reference).abs() / unit
    }

    #[test]
    fn exp_agrees_with_libm_over_the_whole_range() {
        for i in -70_800..=70_900 {
            let x = f64::from(i) * 0.01 + 1e-3 / 3.0;
            assert!(ulps(exp(x), libm::exp(x)) <= 1.5, "exp({x}) = {:e}, libm {:e}", exp(x), libm::exp(x));
        }
        for x in [-720.5, -740.0, -744.9] {
            assert!((exp(x) - libm::exp(x)).abs() <= 5e-324, "subnormal at {x}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(f64::INFINITY), f64::INFINITY);
        assert_eq!(exp(f64::NEG_INFINITY), 0.0);
        assert_eq!((exp(709.9), exp(-745.3)), (f64::INFINITY, 0.0));
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn flushed_exp_has_the_bits_of_exp_but_for_what_is_not_normal() {
        for i in -70_839..=70_978 {
            let x = f64::from(i) * 0.01;
            assert_eq!(exp_flushed(x).to_bits(), exp(x).to_bits(), "{x}");
        }
        for (x, expected) in [(-708.395_9, true), (-708.396_5, false), (-744.9, false), (-1e300, false)] {
            assert_eq!(exp_flushed(x) > 0.0, expected, "what is not normal is 0: {x}");
        }
        assert!(exp_flushed(709.782_712_893).is_finite() && exp_flushed(709.782_712_894) == f64::INFINITY);
        assert_eq!((exp_flushed(f64::INFINITY), exp_flushed(f64::NEG_INFINITY)), (f64::INFINITY, 0.0));
        assert!(exp_flushed(f64::NAN).is_nan() && exp_flushed(1e300) == f64::INFINITY);
    }

    #[test]
    fn ln_agrees_with_libm_over_the_whole_range() {
        let mut x = 5e-324;
        while x < f64::MAX / 2.0 {
            assert!(ulps(ln(x), libm::log(x)) <= 1.5, "ln({x:e}) = {:e}, libm {:e}", ln(x), libm::log(x));
            x *= 1.0137;
            x += 5e-324;
        }
        for i in 0..20_000 {
            let x = 0.7 + f64::from(i) * 4e-5;
            assert!(ulps(ln(x), libm::log(x)) <= 1.5, "ln({x})");
        }
        assert_eq!(ln(1.0), 0.0);
        assert_eq!((ln(0.0), ln(-0.0)), (f64::NEG_INFINITY, f64::NEG_INFINITY));
        assert_eq!(ln(f64::INFINITY), f64::INFINITY);
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan() && ln(f64::NEG_INFINITY).is_nan());
    }

    #[test]
    fn normal_score_is_the_quantile_of_the_uniform_of_the_same_word() {
        let (mut worst, mut worst_probability) = (0.0_f64, 0.0_f64);
        let mut check = |word: u32| {
            let exact = crate::math::special::normal_quantile(uniform(word));
            let off = (normal_score(word) - exact).abs();
            worst = worst.max(off);
            worst_probability = worst_probability.max(off * crate::math::special::normal_density(exact));
        };
        (0..=16).for_each(&mut check);
        (0..=16).for_each(|i| check(u32::MAX - i));
        (0..32).for_each(|bit| check(1 << bit));
        (0..1u32 << 16).for_each(|i| check(i << 16 | 0x8001));
        assert!(worst < 2e-6, "worst {worst:e}");
        // the standard error of a probability of a half is larger up to 10¹² trials
        assert!(worst_probability < 2e-7, "worst {worst_probability:e}");
        // errors of neighbours have both signs, so that moments keep more digits
        let grid = |power: u32| {
            let words = (0..1u32 << 16).map(|i| i << 16 | 0x2001);
            let off = words.map(|word| {
                let exact = crate::math::special::normal_quantile(uniform(word));
                crate::math::powi(normal_score(word), power) - crate::math::powi(exact, power)
            });
            off.sum::<f64>() / f64::from(1u32 << 16)
        };
        assert!(grid(2).abs() < 1e-7 && grid(4).abs() < 1e-6, "{:e} {:e}", grid(2), grid(4));
        assert!(normal_score(0) < -6.3 && normal_score(u32::MAX) == -normal_score(0));
    }

    #[test]
    fn uniform_is_exact_and_open() {
        assert_eq!(uniform(0), crate::math::powi(0.5, 33));
        assert_eq!(uniform(u32::MAX), 1.0 - crate::math::powi(0.5, 33));
        assert_eq!(uniform(1 << 31), 0.5 + crate::math::powi(0.5, 33));
    }

    #[test]
    fn normal_cdf_matches_17_digit_values() {
        let cases = [
            (-20.0, 2.753_624_118_606_233_7e-89),
            (-8.0, 6.220_960_574_271_784e-16),
            (-3.0, 0.001_349_898_031_630_094_6),
            (-1.0, 0.158_655_253_931_457_05),
            (-0.1, 0.460_172_162_722_971),
            (0.0, 0.5),
            (0.5, 0.691_462_461_274_013_1),
            (2.0, 0.977_249_868_051_820_8),
            (5.0, 0.999_999_713_348_428_1),
        ];
        for (z, expected) in cases {
            assert!((normal_cdf(z) / expected - 1.0).abs() < 2e-15, "Φ({z}) = {:e}", normal_cdf(z));
        }
        // A subnormal result has no more than one unit to give.
        assert!((normal_cdf(-38.0) - 2.885_428_35e-316).abs() <= 1e-323);
        assert_eq!((normal_cdf(f64::NEG_INFINITY), normal_cdf(f64::INFINITY)), (0.0, 1.0));
        assert!(normal_cdf(f64::NAN).is_nan());
    }
}
