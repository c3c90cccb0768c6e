//! Which uncertain quantities move the main outcome: first-order shares of its variance.

use crate::math::{Lanes, Task, Vector, folded};

/// Sums that give the squared correlation of every quantity's score with the log of the main outcome.
///
/// For independent scores the squared correlation is the share of variance that a linear response rests on
/// (Saltelli et al. 2008, *Global Sensitivity Analysis*, section 1.2.5, standardised regression coefficients).
#[derive(Clone, Debug)]
pub struct Attribution {
    n: u64,
    /// Origin of `y`, the first value of the first block: keeps the sums of squares from cancelling.
    origin: Option<f64>,
    y: f64,
    yy: f64,
    /// (origin, Σx, Σx², Σxy) of every score.
    scores: Vec<[f64; 4]>,
}

impl Attribution {
    /// Empty sums over `scores` quantities.
    pub fn new(scores: usize) -> Self {
        Self { n: 0, origin: None, y: 0.0, yy: 0.0, scores: vec![[0.0; 4]; scores] }
    }

    /// Records one block of `n` trials.
    pub fn record<'a>(
        &mut self,
        v: Vector,
        scores: impl Iterator<Item = &'a Lanes> + Clone,
        outcome: &Lanes,
        n: usize,
    ) {
        let mut y = *outcome;
        // a non-positive outcome has no logarithm; it is held at the smallest positive number
        v.map(&mut y, |x| if x > f64::MIN_POSITIVE { x } else { f64::MIN_POSITIVE });
        v.ln(&mut y);
        if self.origin.is_none() {
            self.origin = Some(y[0]);
            self.scores.iter_mut().zip(scores.clone()).for_each(|(s, x)| s[0] = x[0]);
        }
        let origin = self.origin.unwrap_or(0.0);
        v.map(&mut y, move |x| x - origin);
        self.n += n as u64;
        let (sum, squares, _) = v.run(Products { x: &y, zero: 0.0, y: &y, n });
        self.y += sum;
        self.yy += squares;
        for ([zero, x1, x2, xy], x) in self.scores.iter_mut().zip(scores) {
            let (sum, squares, products) = v.run(Products { x, zero: *zero, y: &y, n });
            *x1 += sum;
            *x2 += squares;
            *xy += products;
        }
    }

    /// Adds the sums of the trials that follow.
    pub fn append(&mut self, next: &Self) {
        let Some(from) = next.origin else { return };
        let Some(to) = self.origin else {
            *self = next.clone();
            return;
        };
        let n = next.n as f64;
        let dy = from - to;
        self.n += next.n;
        self.y += next.y + n * dy;
        self.yy += next.yy + 2.0 * dy * next.y + n * dy * dy;
        for (mine, [zero, x1, x2, xy]) in self.scores.iter_mut().zip(&next.scores) {
            let dx = zero - mine[0];
            mine[1] += x1 + n * dx;
            mine[2] += x2 + 2.0 * dx * x1 + n * dx * dx;
            mine[3] += xy + dx * next.y + dy * x1 + n * dx * dy;
        }
    }

    /// Share of the variance of the log outcome that moves with each quantity, less the share that pure chance would
    /// show: below 0 as often as above for a quantity without effect, so that sums of shares stay unbiased.
    pub fn shares(&self) -> Vec<f64> {
        let n = self.n as f64;
        let spread_y = self.yy - self.y * self.y / n;
        let share = |[_, x1, x2, xy]: &[f64; 4]| {
            let spread_x = x2 - x1 * x1 / n;
            let common = xy - x1 * self.y / n;
            // relative guard: rounding of constant scores must not look like a spread
            let meaningful = spread_x > 1e-12 * x2.abs().max(f64::MIN_POSITIVE) && spread_y > 0.0;
            if !meaningful || self.n < 3 {
                return 0.0;
            }
            let r2 = common * common / (spread_x * spread_y);
            r2 - (1.0 - r2) / (n - 2.0)
        };
        self.scores.iter().map(share).collect()
    }
}

/// `Σ x`, `Σ x²` and `Σ x·y` over the first `n` lanes, x less `zero`; each in a fixed order of partial sums, the same for
/// every instruction set.
struct Products<'a> {
    x: &'a Lanes,
    zero: f64,
    y: &'a Lanes,
    n: usize,
}

/// Partial sums: enough for several to be under way at once.
const PARTS: usize = 32;

impl Task for Products<'_> {
    type Output = (f64, f64, f64);

    #[inline(always)]
    fn call(self) -> (f64, f64, f64) {
        let (mut sums, mut squares, mut products) = ([0.0; PARTS], [0.0; PARTS], [0.0; PARTS]);
        let (x, y) = (&self.x[..self.n], &self.y[..self.n]);
        for (x, y) in x.chunks(PARTS).zip(y.chunks(PARTS)) {
            for (part, (x, y)) in x.iter().zip(y).enumerate() {
                let x = x - self.zero;
                sums[part] += x;
                squares[part] += x * x;
                products[part] += x * y;
            }
        }
        (folded(sums), folded(squares), folded(products))
    }
}
