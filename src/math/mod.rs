//! The numeric base: elementary functions with the same bits on every machine, alone and on lanes, and special functions.
//!
//! Nothing that feeds a result may use `f64::exp`, `ln`, `powf` or the like of the standard library: they call the
//! platform's libm, whose last bits differ between machines. Use the functions here.

mod beta;
pub mod elementary;
mod gamma;
mod lanes;
mod mask;
mod root;
pub mod special;

pub use elementary::{exp, exp_flushed, ln, ln_from_one};
pub use lanes::{LANES, Lanes, Task, Vector};
pub use mask::Mask;

/// ln(1 + x), accurate for small x.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// eˣ − 1, accurate for small x.
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// xʸ with the special values of C's `pow`.
pub fn powf(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// xⁿ by repeated squaring: the same bits everywhere, exact for small integers.
pub fn powi(x: f64, n: u32) -> f64 {
    let (mut result, mut factor, mut rest) = (1.0, x, n);
    while rest > 0 {
        if rest & 1 == 1 {
            result *= factor;
        }
        factor *= factor;
        rest >>= 1;
    }
    result
}

/// Sum of partial sums, the upper half added to the lower until one is left.
#[inline(always)]
pub fn folded<const N: usize>(mut parts: [f64; N]) -> f64 {
    let mut width = N;
    while width > 1 {
        width /= 2;
        for i in 0..width {
            parts[i] += parts[i + width];
        }
    }
    parts[0]
}

/// Sine of an angle in radians.
pub fn sin(x: f64) -> f64 {
    libm::sin(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_arguments_keep_their_digits() {
        assert_eq!(ln_1p(1e-20), 1e-20);
        assert_eq!(exp_m1(1e-20), 1e-20);
        assert_eq!(powf(2.0, 0.5), std::f64::consts::SQRT_2);
        assert_eq!(sin(std::f64::consts::FRAC_PI_6 * 3.0), 1.0);
    }
}
