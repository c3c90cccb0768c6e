//! Correlation matrices of the Gaussian copula: checking, repair and Cholesky factor.

use crate::math::{Lanes, Vector, sin};
use crate::text;
use crate::text::Text;
use nalgebra::{DMatrix, SymmetricEigen};
use std::f64::consts::PI;

/// A matrix counts as positive definite if its smallest eigenvalue is above this.
const LEAST_EIGENVALUE: f64 = 1e-8;

/// The normal correlation that gives the rank (Spearman) correlation `rank` under a Gaussian copula: 2 sin(π ρ / 6)
/// (Pearson 1907).
pub fn rank_to_normal(rank: f64) -> f64 {
    2.0 * sin(PI * rank / 6.0)
}

/// A named pair and its correlation.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Name of the first quantity.
    pub first: String,
    /// Name of the second quantity.
    pub second: String,
    /// Their correlation as stated.
    pub rho: f64,
}

impl std::fmt::Display for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}–{}: {}", self.first, self.second, self.rho)
    }
}

/// Why a matrix is no correlation matrix.
#[derive(Clone, Debug, PartialEq)]
pub enum CorrelationError {
    /// The matrix is not square with one row for each label.
    Size {
        /// Number of labels.
        labels: usize,
    },
    /// Two labels are equal.
    DuplicateLabel(String),
    /// A diagonal element is not 1.
    Diagonal(Pair),
    /// An element is NaN or outside [−1, 1].
    OutOfRange(Pair),
    /// An element differs from its mirror image, given second.
    Asymmetric(Pair, f64),
    /// Two quantities are correlated by exactly 1 or −1, so that they are one quantity.
    Perfect(Pair),
    /// The stated correlations contradict each other.
    NotPositiveDefinite {
        /// The pairs that contribute most to the contradiction, worst first.
        pairs: Vec<Pair>,
        /// The nearest valid matrix, to three decimals.
        nearest: Vec<Vec<f64>>,
        /// The pairs of the nearest matrix that differ from the stated ones, with their new values.
        changes: Vec<Pair>,
    },
}

impl CorrelationError {
    /// The fault and what to write instead.
    pub fn text(&self) -> Text {
        match self {
            Self::Size { labels } => text!(
                "相关矩阵须为 {labels} 行 {labels} 列，与 {labels} 个名称一一对应",
                "the correlation matrix must have {labels} rows and {labels} columns, one for each name"
            ),
            Self::DuplicateLabel(label) => {
                text!(
                    "“{label}”在相关矩阵中重复出现",
                    "\"{label}\" is listed twice in the correlation matrix"
                )
            }
            Self::Diagonal(Pair { first, .. }) => text!(
                "“{first}”与自身的相关系数须为 1",
                "the correlation of \"{first}\" with itself must be 1"
            ),
            Self::OutOfRange(pair) => text!(
                "相关系数无效（{pair}），须在 −1 与 1 之间",
                "the correlation {pair} is not between -1 and 1"
            ),
            Self::Asymmetric(pair, mirror) => text!(
                "相关矩阵不对称：{pair}，对称位置却为 {mirror}；两处须一致",
                "the correlation matrix is not symmetric: {pair}, but {mirror} on the other side; make them equal"
            ),
            Self::Perfect(pair) => text!(
                "完全相关的两个量（{pair}）其实是同一个量；请只保留一个并在两处引用，或把系数改到 −0.999 与 0.999 之间",
                "two perfectly correlated quantities ({pair}) are one quantity; use one of them in both places, or a correlation between -0.999 and 0.999"
            ),
            Self::NotPositiveDefinite { pairs, changes, .. } => {
                let list = |pairs: &[Pair], separator: &str| {
                    pairs.iter().map(Pair::to_string).collect::<Vec<_>>().join(separator)
                };
                let (zh, en) = (list(pairs, "；"), list(pairs, "; "));
                let (new_zh, new_en) = (list(changes, "；"), list(changes, "; "));
                text!(
                    "给出的相关系数互相矛盾，主要是：{zh}。最接近的有效取值为：{new_zh}",
                    "the stated correlations contradict each other, mainly {en}; the nearest valid values are {new_en}"
                )
            }
        }
    }
}

impl std::fmt::Display for CorrelationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for CorrelationError {}

/// A positive definite correlation matrix of named quantities.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    labels: Vec<String>,
    /// Cholesky factor, row by row, with zeros above the diagonal.
    lower: Vec<f64>,
}

impl Correlation {
    /// Checks a matrix given by rows. Errors: see [`CorrelationError`].
    pub fn new(labels: Vec<String>, matrix: &[Vec<f64>]) -> Result<Self, CorrelationError> {
        check_elements(&labels, matrix)?;
        let n = labels.len();
        let stated = DMatrix::from_fn(n, n, |i, j| matrix[i][j]);
        if n > 0 && !is_positive_definite(&stated) {
            return Err(contradiction(&labels, &stated));
        }
        let factor = stated.cholesky().map(|c| c.l()).unwrap_or_else(|| DMatrix::identity(n, n));
        let lower = (0..n * n).map(|k| factor[(k / n, k % n)]).collect();
        Ok(Self { labels, lower })
    }

    /// The names, in the order of rows.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The Cholesky factor L (matrix = L·Lᵀ), row by row, with zeros above the diagonal.
    pub fn lower(&self) -> &[f64] {
        &self.lower
    }

    /// Turns independent standard normal scores, one block for each label, into correlated ones in place.
    ///
    /// # Panics
    /// If there are not as many blocks as labels.
    pub fn apply(&self, vector: Vector, scores: &mut [Lanes]) {
        let n = self.labels.len();
        assert_eq!(scores.len(), n, "one block of scores for each label");
        // From the last row up, each row needs only rows that are still independent.
        for i in (0..n).rev() {
            let (before, rest) = scores.split_at_mut(i);
            let row = &self.lower[i * n..=i * n + i];
            vector.scale(row[i], &mut rest[0]);
            for (&weight, score) in row.iter().zip(before.iter()) {
                vector.axpy(weight, score, &mut rest[0]);
            }
        }
    }
}

/// Everything about a correlation matrix that can be seen element by element.
fn check_elements(labels: &[String], matrix: &[Vec<f64>]) -> Result<(), CorrelationError> {
    let n = labels.len();
    if matrix.len() != n || matrix.iter().any(|row| row.len() != n) {
        return Err(CorrelationError::Size { labels: n });
    }
    for (i, row) in matrix.iter().enumerate() {
        if labels[..i].contains(&labels[i]) {
            return Err(CorrelationError::DuplicateLabel(labels[i].clone()));
        }
        if row[i] != 1.0 {
            return Err(CorrelationError::Diagonal(pair(labels, i, i, row[i])));
        }
        for (j, (&rho, other)) in row[..i].iter().zip(matrix).enumerate() {
            let mirror = other[i];
            let named = pair(labels, j, i, mirror);
            if !(rho.abs() <= 1.0 && mirror.abs() <= 1.0) {
                return Err(CorrelationError::OutOfRange(named));
            }
            if rho != mirror {
                return Err(CorrelationError::Asymmetric(named, rho));
            }
            if rho.abs() == 1.0 {
                return Err(CorrelationError::Perfect(named));
            }
        }
    }
    Ok(())
}

fn pair(labels: &[String], i: usize, j: usize, rho: f64) -> Pair {
    Pair { first: labels[i].clone(), second: labels[j].clone(), rho }
}

fn is_positive_definite(matrix: &DMatrix<f64>) -> bool {
    matrix.clone().symmetric_eigenvalues().min() > LEAST_EIGENVALUE && matrix.clone().cholesky().is_some()
}

/// The error for a matrix that is not positive definite.
///
/// With the eigenvector v of the smallest eigenvalue λ = Σ vᵢvⱼρᵢⱼ, the pairs with the most negative 2vᵢvⱼρᵢⱼ are what
/// pulls λ below 0.
fn contradiction(labels: &[String], stated: &DMatrix<f64>) -> CorrelationError {
    let n = labels.len();
    let eigen = SymmetricEigen::new(stated.clone());
    let v = eigen.eigenvectors.column(eigen.eigenvalues.imin());
    let mut parts: Vec<(f64, usize, usize)> = Vec::new();
    let mut changes = Vec::new();
    let nearest = nearest_valid(stated);
    for j in 0..n {
        for i in 0..j {
            parts.push((v[i] * v[j] * stated[(i, j)], i, j));
            if (nearest[(i, j)] - stated[(i, j)]).abs() > 5e-4 {
                changes.push(pair(labels, i, j, nearest[(i, j)]));
            }
        }
    }
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let worst = parts.first().map_or(0.0, |p| p.0);
    let pairs = parts
        .iter()
        .filter(|p| p.0 < 0.0 && p.0 <= 0.25 * worst)
        .map(|&(_, i, j)| pair(labels, i, j, stated[(i, j)]))
        .collect();
    let nearest = (0..n).map(|i| (0..n).map(|j| nearest[(i, j)]).collect()).collect();
    CorrelationError::NotPositiveDefinite { pairs, nearest, changes }
}

/// The nearest correlation matrix in the Frobenius norm by alternating projections (Higham 2002), rounded to three
/// decimals; the least eigenvalue is raised until the rounded matrix is positive definite too.
fn nearest_valid(stated: &DMatrix<f64>) -> DMatrix<f64> {
    const PROJECTIONS: usize = 200;
    let n = stated.nrows();
    let mut floor = 5e-4;
    while floor < 1.0 {
        let (mut y, mut correction) = (stated.clone(), DMatrix::zeros(n, n));
        for _ in 0..PROJECTIONS {
            let start = &y - &correction;
            let mut eigen = SymmetricEigen::new(start.clone());
            eigen.eigenvalues.apply(|x| *x = x.max(floor));
            let projected = eigen.recompose();
            correction = &projected - start;
            y = projected;
            y.fill_diagonal(1.0);
        }
        let mut rounded = DMatrix::from_fn(n, n, |i, j| {
            // + 0.0 turns −0 into 0.
            (y[(i.min(j), i.max(j))].clamp(-0.999, 0.999) * 1000.0).round() / 1000.0 + 0.0
        });
        rounded.fill_diagonal(1.0);
        if is_positive_definite(&rounded) {
            return rounded;
        }
        floor *= 2.0;
    }
    DMatrix::identity(n, n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    fn labels(n: usize) -> Vec<String> {
        ["a", "b", "c", "d"][..n].iter().map(|s| s.to_string()).collect()
    }

    fn rows(ab: f64, ac: f64, bc: f64) -> Vec<Vec<f64>> {
        vec![vec![1.0, ab, ac], vec![ab, 1.0, bc], vec![ac, bc, 1.0]]
    }

    #[test]
    fn faulty_elements_are_named() {
        let new = |m: &[Vec<f64>]| Correlation::new(labels(m.len()), m).unwrap_err();
        assert!(matches!(new(&[vec![1.0], vec![1.0]]), CorrelationError::Size { labels: 2 }));
        assert!(matches!(new(&[vec![0.9]]), CorrelationError::Diagonal(_)));
        assert!(matches!(new(&rows(f64::NAN, 0.0, 0.0)), CorrelationError::OutOfRange(_)));
        assert!(matches!(new(&rows(0.0, -1.2, 0.0)), CorrelationError::OutOfRange(_)));
        assert!(
            matches!(new(&rows(0.0, 0.0, 1.0)), CorrelationError::Perfect(p) if p.first == "b" && p.second == "c")
        );
        let mut skew = rows(0.1, 0.2, 0.3);
        skew[0][1] = 0.5;
        assert!(matches!(new(&skew), CorrelationError::Asymmetric(p, m) if p.rho == 0.5 && m == 0.1));
        let twice = Correlation::new(vec!["a".into(), "a".into()], &[vec![1.0, 0.0], vec![0.0, 1.0]]);
        assert_eq!(twice, Err(CorrelationError::DuplicateLabel("a".into())));
    }

    #[test]
    fn contradictions_come_with_pairs_and_a_valid_neighbour() {
        let Err(error) = Correlation::new(labels(3), &rows(0.9, 0.9, -0.5)) else { panic!("accepted") };
        let CorrelationError::NotPositiveDefinite { pairs, nearest, changes } = &error else {
            panic!("{error}")
        };
        assert!(pairs.iter().any(|p| p.first == "b" && p.second == "c"), "{pairs:?}");
        assert_eq!(changes.len(), 3);
        let offered = Correlation::new(labels(3), nearest).unwrap();
        assert_eq!(offered.labels().len(), 3);
        assert!((nearest[0][1] - 0.9).abs() < 0.3 && (nearest[1][2] + 0.5).abs() < 0.6, "{nearest:?}");
        assert!(error.text().zh.contains("b–c: -0.5"), "{}", error.text().zh);
    }

    #[test]
    fn an_unrelated_quantity_is_not_blamed() {
        let mut m = rows(0.9, 0.9, -0.5);
        m.iter_mut().for_each(|row| row.push(0.0));
        m.push(vec![0.0, 0.0, 0.0, 1.0]);
        let Err(CorrelationError::NotPositiveDefinite { pairs, .. }) = Correlation::new(labels(4), &m) else {
            panic!("accepted")
        };
        assert!(pairs.iter().all(|p| p.first != "d" && p.second != "d"));
    }

    #[test]
    fn the_factor_reproduces_the_matrix() {
        let m = rows(0.5, -0.3, 0.2);
        let c = Correlation::new(labels(3), &m).unwrap();
        let l = c.lower();
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3).map(|k| l[3 * i + k] * l[3 * j + k]).sum();
                assert!((product - m[i][j]).abs() < 1e-15);
            }
        }
        assert!(
            (rank_to_normal(1.0) - 1.0).abs() < 1e-15
                && (rank_to_normal(0.5) - 0.517_638_090_205_041_5).abs() < 1e-15
        );
    }

    /// Hypothesis: the scores have the stated correlations. Fisher's z, n = 2¹⁶, three tests, false-alarm rate 10⁻⁶ in
    /// all (5.1 standard errors each).
    #[test]
    fn applied_scores_have_the_correlations() {
        let vector = Vector::detect();
        let m = rows(0.6, -0.4, 0.1);
        let c = Correlation::new(labels(3), &m).unwrap();
        let streams = ["a", "b", "c"].map(|name| Stream::new(11, name));
        let mut sums = [[0.0; 3]; 3];
        for block in 0..256 {
            let mut z = [[0.0; 256]; 3];
            for (stream, z) in streams.iter().zip(&mut z) {
                let mut words = [0; 256];
                stream.words(vector, block, 0, 0, &mut words);
                vector.normal_from_words(&words, z);
            }
            c.apply(vector, &mut z);
            for i in 0..3 {
                for j in 0..3 {
                    sums[i][j] += z[i].iter().zip(&z[j]).map(|(a, b)| a * b).sum::<f64>();
                }
            }
        }
        let fisher = |r: f64| 0.5 * libm::log((1.0 + r) / (1.0 - r));
        for (i, j) in [(0, 1), (0, 2), (1, 2)] {
            let r = sums[i][j] / (sums[i][i] * sums[j][j]).sqrt();
            assert!((fisher(r) - fisher(m[i][j])).abs() < 5.1 / 256.0, "{i} {j}: {r}");
        }
    }
}
