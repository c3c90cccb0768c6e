//! Element-wise operations on blocks of lanes, with the machine's vector instructions chosen at run time.

use super::elementary;
use pulp::{Arch, Simd, WithSimd};

/// Trials in a block. Part of the definition of every random stream: a change changes all results.
pub const LANES: usize = 256;

/// One value for each trial of a block.
pub type Lanes = [f64; LANES];

/// A computation to be compiled once for each instruction set.
///
/// Implement `call` with `#[inline(always)]`, and call only functions that are inlined too: only what is inlined into
/// it is compiled to vector code.
pub trait Task {
    /// What the computation returns.
    type Output;
    /// Does the computation.
    fn call(self) -> Self::Output;
}

/// The instruction set to compute with. Every choice gives the same bits.
#[derive(Clone, Copy, Debug)]
pub struct Vector(Arch);

struct Run<T>(T);

impl<T: Task> WithSimd for Run<T> {
    type Output = T::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> T::Output {
        self.0.call()
    }
}

struct Map<'a, F>(&'a mut Lanes, F);

impl<F: Fn(f64) -> f64> Task for Map<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for x in self.0 {
            *x = (self.1)(*x);
        }
    }
}

struct FromWords<'a, F>(&'a [u32; LANES], &'a mut Lanes, F);

impl<F: Fn(u32) -> f64> Task for FromWords<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (out, &word) in self.1.iter_mut().zip(self.0) {
            *out = (self.2)(word);
        }
    }
}

/// In two passes: numbers of one size at a time fill the registers.
struct Scores<'a>(&'a [u32; LANES], &'a mut Lanes);

impl Task for Scores<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let mut scores = [0.0_f32; LANES];
        for (score, &word) in scores.iter_mut().zip(self.0) {
            *score = elementary::short_normal_score(word);
        }
        for (out, &score) in self.1.iter_mut().zip(&scores) {
            *out = f64::from(score);
        }
    }
}

struct Zip<'a, F>(&'a mut Lanes, &'a Lanes, F);

impl<F: Fn(f64, f64) -> f64> Task for Zip<'_, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (x, &y) in self.0.iter_mut().zip(self.1) {
            *x = (self.2)(*x, y);
        }
    }
}

struct MulAdd<'a>(&'a Lanes, &'a Lanes, &'a mut Lanes);

impl Task for MulAdd<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for ((c, &a), &b) in self.2.iter_mut().zip(self.0).zip(self.1) {
            *c = a.mul_add(b, *c);
        }
    }
}

impl Vector {
    /// The best instruction set of this machine.
    pub fn detect() -> Self {
        Self(Arch::new())
    }

    /// The instruction set that every x86-64 machine has; slow, for comparison of bits.
    pub fn baseline() -> Self {
        Self(Arch::Scalar)
    }

    /// Every instruction set that this machine has, the baseline first.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::baseline()];
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        {
            use pulp::x86::{V3, V4};
            all.extend(V3::try_new().map(|v3| Self(Arch::V3(v3))));
            all.extend(V4::try_new().map(|v4| Self(Arch::V4(v4))));
        }
        #[cfg(target_arch = "aarch64")]
        all.push(Self::detect());
        all
    }

    /// Runs `task` compiled for this instruction set.
    #[inline]
    pub fn run<T: Task>(self, task: T) -> T::Output {
        self.0.dispatch(Run(task))
    }

    /// x ← f(x). Pass an `#[inline(always)]` function or a short closure; write a [`Task`] for anything longer.
    #[inline]
    pub fn map(self, x: &mut Lanes, f: impl Fn(f64) -> f64 + Copy) {
        self.run(Map(x, f));
    }

    /// x ← f(x, y). Pass an `#[inline(always)]` function or a short closure; write a [`Task`] for anything longer.
    #[inline]
    pub fn zip(self, x: &mut Lanes, y: &Lanes, f: impl Fn(f64, f64) -> f64 + Copy) {
        self.run(Zip(x, y, f));
    }

    /// x ← eˣ; accuracy and special values of [`elementary::exp`].
    pub fn exp(self, x: &mut Lanes) {
        self.map(x, elementary::exp);
    }

    /// x ← ln x; accuracy and special values of [`elementary::ln`].
    pub fn ln(self, x: &mut Lanes) {
        self.map(x, elementary::ln);
    }

    /// z ← Φ(z); accuracy and special values of [`elementary::normal_cdf`].
    pub fn normal_cdf(self, z: &mut Lanes) {
        self.map(z, elementary::normal_cdf);
    }

    /// Standard normal scores of random words, see [`elementary::normal_score`].
    pub fn normal_from_words(self, words: &[u32; LANES], out: &mut Lanes) {
        self.run(Scores(words, out));
    }

    /// Uniforms (w + ½)·2⁻³² of random words, exactly.
    pub fn uniform_from_words(self, words: &[u32; LANES], out: &mut Lanes) {
        self.run(FromWords(words, out, elementary::uniform));
    }

    /// y ← y + a·x, rounded once.
    pub fn axpy(self, a: f64, x: &Lanes, y: &mut Lanes) {
        self.zip(y, x, move |y, x| a.mul_add(x, y));
    }

    /// c ← a·b + c, rounded once.
    pub fn mul_add(self, a: &Lanes, b: &Lanes, c: &mut Lanes) {
        self.run(MulAdd(a, b, c));
    }

    /// x ← x·y.
    pub fn mul(self, x: &mut Lanes, y: &Lanes) {
        self.zip(x, y, |x, y| x * y);
    }

    /// x ← x + y.
    pub fn add(self, x: &mut Lanes, y: &Lanes) {
        self.zip(x, y, |x, y| x + y);
    }

    /// x ← k·x.
    pub fn scale(self, k: f64, x: &mut Lanes) {
        self.map(x, |x| k * x);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(x: &Lanes) -> [u64; LANES] {
        x.map(f64::to_bits)
    }

    /// Blocks that cover ordinary values and every kind of special one.
    fn inputs() -> Vec<Lanes> {
        let spread = |from: f64, to: f64| -> Lanes {
            std::array::from_fn(|i| from + (to - from) * (i as f64 + 0.37) / LANES as f64)
        };
        let mut special = spread(-3.0, 3.0);
        let values =
            [0.0, -0.0, 1.0, f64::INFINITY, f64::NEG_INFINITY, 5e-324, 1e-310, f64::MAX, 709.7, -744.0];
        special[..values.len()].copy_from_slice(&values);
        vec![spread(-1.0, 1.0), spread(-750.0, 715.0), spread(1e-9, 1e9), spread(-40.0, 40.0), special]
    }

    fn same(name: &str, f: impl Fn(Vector, &mut Lanes)) {
        for input in inputs() {
            let mut plain = input;
            f(Vector::baseline(), &mut plain);
            for vector in Vector::all() {
                let mut fast = input;
                f(vector, &mut fast);
                // The sign and payload of NaN are not defined by IEEE 754 and never reach a result.
                let canonical = |x: &Lanes| bits(&x.map(|v| if v.is_nan() { f64::NAN } else { v }));
                assert_eq!(canonical(&fast), canonical(&plain), "{name}, {vector:?}");
            }
        }
    }

    #[test]
    fn every_operation_has_the_same_bits_on_every_instruction_set() {
        same("exp", |v, x| v.exp(x));
        same("ln", |v, x| v.ln(x));
        same("normal_cdf", |v, x| v.normal_cdf(x));
        same("scale", |v, x| v.scale(1.7, x));
        same("map", |v, x| v.map(x, |x| x.mul_add(x, 0.1)));
        let other: Lanes = std::array::from_fn(|i| 0.1 + i as f64 / 7.0);
        same("axpy", |v, x| v.axpy(0.3, &other, x));
        same("mul_add", |v, x| v.mul_add(&other, &other, x));
        same("mul", |v, x| v.mul(x, &other));
        same("add", |v, x| v.add(x, &other));
        same("zip", |v, x| v.zip(x, &other, |x, y| x / y));
        for start in [0u32, 0x7fff_ff80, 0xffff_ff00, 12_345] {
            let words: [u32; LANES] = std::array::from_fn(|i| {
                start.wrapping_add(i as u32).wrapping_mul(if start == 12_345 { 0x9e37_79b9 } else { 1 })
            });
            same("normal_from_words", |v, x| v.normal_from_words(&words, x));
            same("uniform_from_words", |v, x| v.uniform_from_words(&words, x));
        }
    }

    #[test]
    fn lanes_compute_what_the_scalar_functions_compute() {
        for input in inputs() {
            let mut x = input;
            Vector::detect().exp(&mut x);
            assert_eq!(bits(&x), bits(&input.map(elementary::exp)));
        }
        let (a, b): (Lanes, Lanes) =
            (std::array::from_fn(|i| i as f64), std::array::from_fn(|i| 2.0 - i as f64));
        let mut c = b;
        Vector::detect().mul_add(&a, &b, &mut c);
        assert_eq!(c[3], -4.0);
        let mut y = b;
        Vector::detect().axpy(2.0, &a, &mut y);
        assert_eq!(y[5], 7.0);
    }
}
