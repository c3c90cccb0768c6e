//! Keeps labels that stand in one column from covering each other.

/// Moves places apart until neighbours are at least `gap` apart and all lie within `low..=high`, as little as
/// possible.
///
/// As [`spread_tall`], for labels of one height, with bounds for their middles.
pub fn spread(wanted: &[f64], gap: f64, (low, high): (f64, f64)) -> Vec<f64> {
    spread_tall(wanted, &vec![gap; wanted.len()], (low - gap / 2.0, high + gap / 2.0))
}

/// Moves the middles of labels apart, as little as possible, until labels of these heights (distance to the next one
/// included) do not overlap and all lie within `low..=high`.
///
/// Returns the new middles in the order of `wanted`; equal wishes keep their order. The sum of squared moves
/// is least (isotonic regression on the places minus their cumulated heights). When there is not room for all,
/// the distances shrink evenly.
///
/// A height that is missing counts as 0.
pub fn spread_tall(wanted: &[f64], heights: &[f64], (low, high): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let (Some(&first), Some(&last)) = (order.first(), order.last()) else { return Vec::new() };
    let half = |index: usize| heights.get(index).map_or(0.0, |height| height / 2.0);
    // Distance of each middle from the first one when all labels touch.
    let mut offsets = vec![0.0];
    for pair in order.windows(2) {
        let before = offsets.last().copied().unwrap_or(0.0);
        offsets.push(before + half(pair[0]) + half(pair[1]));
    }
    let (low, high) = (low + half(first), high - half(last));
    let length = offsets.last().copied().unwrap_or(0.0);
    let shrink = if length > high - low { (high - low).max(0.0) / length } else { 1.0 };
    offsets.iter_mut().for_each(|offset| *offset *= shrink);
    // Pools of neighbours that touch: (sum of reduced wishes, members).
    let mut pools: Vec<(f64, usize)> = Vec::with_capacity(wanted.len());
    for (&index, offset) in order.iter().zip(&offsets) {
        let mut pool = (wanted[index] - offset, 1);
        while let Some(&(sum, members)) = pools.last() {
            if sum / members as f64 <= pool.0 / pool.1 as f64 {
                break;
            }
            pools.pop();
            pool = (pool.0 + sum, pool.1 + members);
        }
        pools.push(pool);
    }
    let mut places = vec![0.0; wanted.len()];
    let most = high - length * shrink;
    let reduced = pools.iter().flat_map(|&(sum, members)| std::iter::repeat_n(sum / members as f64, members));
    for ((&index, place), offset) in order.iter().zip(reduced).zip(&offsets) {
        places[index] = place.min(most).max(low) + offset;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::{spread, spread_tall};

    #[test]
    fn labels_move_apart_as_little_as_possible() {
        assert_eq!(spread(&[10.0, 50.0, 90.0], 20.0, (0.0, 100.0)), [10.0, 50.0, 90.0]);
        assert_eq!(spread(&[50.0, 50.0], 20.0, (0.0, 100.0)), [40.0, 60.0]);
        assert_eq!(spread(&[52.0, 48.0], 20.0, (0.0, 100.0)), [60.0, 40.0]);
        assert_eq!(spread(&[98.0, 99.0, 100.0], 20.0, (0.0, 100.0)), [60.0, 80.0, 100.0]);
        assert_eq!(spread(&[5.0, 5.0, 5.0], 80.0, (0.0, 100.0)), [0.0, 50.0, 100.0]);
        assert_eq!(spread(&[], 1.0, (0.0, 1.0)), [0.0; 0]);
    }

    #[test]
    fn a_tall_label_takes_room_from_nobody() {
        // three lines between two of two lines each: the edges touch, they do not cross
        assert_eq!(spread_tall(&[50.0, 50.0, 50.0], &[20.0, 40.0, 20.0], (0.0, 100.0)), [20.0, 50.0, 80.0]);
        // kept inside, each with its own height
        assert_eq!(spread_tall(&[0.0, 100.0], &[40.0, 20.0], (0.0, 100.0)), [20.0, 90.0]);
        // the order of the heights follows the labels, not their places
        assert_eq!(spread_tall(&[60.0, 40.0], &[10.0, 50.0], (0.0, 100.0)), [65.0, 35.0]);
    }
}
