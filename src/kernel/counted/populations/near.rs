//! How many ranks of a lane lie within a limit, searched from a number that is near.

use crate::math::Lanes;

/// Number of ranks of a lane within the limit, by doubling steps away from `near` and halving what they leave: ranks ascend.
pub fn within(ranks: &[Lanes], lane: usize, limit: f64, near: usize) -> usize {
    let is_within = |k: usize| ranks[k][lane] <= limit && ranks[k][lane] < f64::INFINITY;
    // all ranks below `low` are within, none from `high` on
    let (mut low, mut high) = (0, ranks.len());
    let (mut at, mut step) = (near.min(high), 1);
    if at < high && is_within(at) {
        low = at + 1;
        while low < high {
            at = (low + step - 1).min(high - 1);
            if !is_within(at) {
                high = at;
                break;
            }
            (low, step) = (at + 1, 2 * step);
        }
    } else {
        high = at;
        while low < high {
            at = high.saturating_sub(step);
            if is_within(at) {
                low = at + 1;
                break;
            }
            (high, step) = (at, 2 * step);
        }
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if is_within(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::within;
    use crate::math::{LANES, Lanes};

    /// From wherever the search begins, it finds what counting every rank finds: with ties, infinite ranks and limits.
    #[test]
    fn a_search_from_any_place_counts_as_counting_does() {
        let column = [0.1, 0.2, 0.2, 0.5, 0.7, 0.7, 1.5, 4.0, f64::INFINITY, f64::INFINITY];
        for length in 0..=column.len() {
            let ranks: Vec<Lanes> = column[..length].iter().map(|&rank| [rank; LANES]).collect();
            for limit in [0.0, 0.1, 0.15, 0.2, 0.6, 0.7, 3.9, 4.0, 9.0, f64::INFINITY] {
                let counted = column[..length].iter().filter(|&&r| r <= limit && r < f64::INFINITY).count();
                for near in 0..=length + 3 {
                    assert_eq!(within(&ranks, 7, limit, near), counted, "{length} {limit} {near}");
                }
            }
        }
    }
}
