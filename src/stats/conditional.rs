//! The law of some normal scores given others: what is needed to redraw a part of correlated inputs.
//!
//! For standard normal scores with correlation matrix Σ, split into those kept (u) and the rest (r):
//! `Z_r | Z_u ~ N(C Z_u, Σ_rr − C Σ_ur)`, `C = Σ_ru Σ_uu⁻¹` (Anderson 2003, An Introduction to Multivariate Statistical
//! Analysis, 3rd ed., theorem 2.5.1).

use nalgebra::{Cholesky, DMatrix, Dyn};
use thiserror::Error;

use super::shapley::Coalition;

/// Why a conditional law cannot be formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ConditionalError {
    /// Not n rows of n numbers, or more than 64 scores.
    #[error("{found} numbers are no square matrix of {scores} rows (at most 64)")]
    Size {
        /// Number of scores n.
        scores: usize,
        /// Numbers given.
        found: usize,
    },
    /// The matrix is not positive definite, or not to working precision.
    #[error("the correlation matrix is not positive definite")]
    NotPositiveDefinite,
}

/// How to redraw some scores given the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Conditional {
    kept: Vec<usize>,
    rest: Vec<usize>,
    /// C, row by row: one row for each redrawn score, one column for each kept one.
    regression: Vec<f64>,
    /// Lower Cholesky factor of the conditional covariance, row by row.
    lower: Vec<f64>,
}

impl Conditional {
    /// The law of the other scores given those in `kept` (bit i for score i), from the correlation (or covariance)
    /// matrix of all, row by row.
    ///
    /// # Errors
    /// See [`ConditionalError`].
    pub fn new(scores: usize, matrix: &[f64], kept: Coalition) -> Result<Self, ConditionalError> {
        if scores > Coalition::BITS as usize || matrix.len() != scores * scores {
            return Err(ConditionalError::Size { scores, found: matrix.len() });
        }
        let (kept, rest): (Vec<usize>, Vec<usize>) = (0..scores).partition(|i| kept >> i & 1 == 1);
        let block = |rows: &[usize], columns: &[usize]| {
            DMatrix::from_fn(rows.len(), columns.len(), |i, j| matrix[rows[i] * scores + columns[j]])
        };
        let across = block(&kept, &rest);
        let (regression, spread) = if kept.is_empty() {
            (DMatrix::zeros(rest.len(), 0), block(&rest, &rest))
        } else {
            let solved = factor(block(&kept, &kept))?.solve(&across);
            let spread = block(&rest, &rest) - solved.transpose() * &across;
            (solved.transpose(), spread)
        };
        let lower = if rest.is_empty() { spread } else { factor(spread)?.l() };
        let by_rows = |m: &DMatrix<f64>| m.transpose().iter().copied().collect::<Vec<f64>>();
        Ok(Self { regression: by_rows(&regression), lower: by_rows(&lower), kept, rest })
    }

    /// As [`Conditional::new`], from the lower Cholesky factor L of the matrix, row by row.
    ///
    /// # Errors
    /// See [`ConditionalError`].
    pub fn from_factor(scores: usize, lower: &[f64], kept: Coalition) -> Result<Self, ConditionalError> {
        if lower.len() != scores * scores {
            return Err(ConditionalError::Size { scores, found: lower.len() });
        }
        let entry = |i: usize, j: usize| -> f64 {
            (0..=i.min(j)).map(|k| lower[i * scores + k] * lower[j * scores + k]).sum()
        };
        let matrix: Vec<f64> = (0..scores * scores).map(|at| entry(at / scores, at % scores)).collect();
        Self::new(scores, &matrix, kept)
    }

    /// The scores that are kept, in increasing order.
    pub fn kept(&self) -> &[usize] {
        &self.kept
    }

    /// The scores that are redrawn, in increasing order.
    pub fn rest(&self) -> &[usize] {
        &self.rest
    }

    /// C, row by row: redrawn score `rest()[i]` has mean `Σⱼ regression()[i · kept().len() + j] · z[kept()[j]]`.
    pub fn regression(&self) -> &[f64] {
        &self.regression
    }

    /// Lower Cholesky factor of the conditional covariance of `rest()`, row by row, zeros above the diagonal.
    pub fn lower(&self) -> &[f64] {
        &self.lower
    }

    /// Redraws the rest of `scores` in place from as many independent standard normal numbers.
    ///
    /// # Panics
    /// If there are not as many numbers as redrawn scores, or not as many scores as the matrix had rows.
    pub fn fill(&self, fresh: &[f64], scores: &mut [f64]) {
        let (kept, rest) = (self.kept.len(), self.rest.len());
        assert_eq!(fresh.len(), rest, "one number for each redrawn score");
        assert_eq!(scores.len(), kept + rest, "one score for each row of the matrix");
        for (i, &score) in self.rest.iter().enumerate() {
            let mean: f64 = (0..kept).map(|j| self.regression[i * kept + j] * scores[self.kept[j]]).sum();
            let noise: f64 = (0..=i).map(|j| self.lower[i * rest + j] * fresh[j]).sum();
            scores[score] = mean + noise;
        }
    }
}

/// Cholesky factor of a matrix whose pivots all keep some digits of its diagonal.
fn factor(matrix: DMatrix<f64>) -> Result<Cholesky<f64, Dyn>, ConditionalError> {
    /// Of the largest diagonal element; below it, a pivot is rounding.
    const LEAST_PIVOT: f64 = 1e-12;
    let largest = matrix.diagonal().max();
    let factor = matrix.cholesky().ok_or(ConditionalError::NotPositiveDefinite)?;
    let least = factor.l_dirty().diagonal().min();
    if least * least > LEAST_PIVOT * largest {
        Ok(factor)
    } else {
        Err(ConditionalError::NotPositiveDefinite)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_by_hand() {
        let given_second = Conditional::new(2, &[1.0, 0.6, 0.6, 1.0], 0b10).unwrap();
        assert_eq!((given_second.kept(), given_second.rest()), (&[1][..], &[0][..]));
        assert!((given_second.regression()[0] - 0.6).abs() < 1e-15);
        assert!((given_second.lower()[0] - 0.8).abs() < 1e-15);
        let mut scores = [9.0, 2.0];
        given_second.fill(&[-1.0], &mut scores);
        assert!((scores[0] - 0.4).abs() < 1e-15 && scores[1] == 2.0);
    }

    /// Drawn in two steps, kept then rest, the scores have the matrix that they should: L₁L₁ᵀ by parts.
    #[test]
    fn two_steps_give_the_whole_law() {
        let n = 4;
        let rho = [1.0, 0.5, 0.2, -0.3, 0.5, 1.0, 0.4, 0.1, 0.2, 0.4, 1.0, 0.6, -0.3, 0.1, 0.6, 1.0];
        let whole = Conditional::new(n, &rho, 0).unwrap();
        for kept in 0..16_u64 {
            let law = Conditional::from_factor(n, whole.lower(), kept).unwrap();
            let (u, r) = (law.kept(), law.rest());
            let c = DMatrix::from_row_slice(r.len(), u.len(), law.regression());
            let lower = DMatrix::from_row_slice(r.len(), r.len(), law.lower());
            let block =
                |a: &[usize], b: &[usize]| DMatrix::from_fn(a.len(), b.len(), |i, j| rho[a[i] * n + b[j]]);
            let across = &c * block(u, u);
            let spread = &across * c.transpose() + &lower * lower.transpose();
            assert!((across - block(r, u)).abs().iter().all(|e| *e < 1e-14));
            assert!((spread - block(r, r)).abs().iter().all(|e| *e < 1e-14));
        }
    }

    #[test]
    fn impossible_matrices_are_refused() {
        let contradiction = [1.0, 0.9, -0.9, 0.9, 1.0, 0.9, -0.9, 0.9, 1.0];
        for kept in 0..7 {
            let found = Conditional::new(3, &contradiction, kept);
            assert_eq!(found.unwrap_err(), ConditionalError::NotPositiveDefinite, "{kept}");
        }
        assert!(Conditional::new(2, &[1.0, 1.0, 1.0, 1.0], 1).is_err(), "one is a copy of the other");
        assert_eq!(Conditional::new(2, &[1.0], 0), Err(ConditionalError::Size { scores: 2, found: 1 }));
    }
}
