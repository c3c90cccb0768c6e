//! Keeps labels that stand in one column from covering each other.

/// Moves places apart until neighbours are at least `gap` apart and all lie within `low..=high`, as little as
/// possible.
///
/// Returns the new places in the order of `wanted`; equal wishes keep their order. The sum of squared moves
/// is least (isotonic regression on the places minus their cumulated gaps). When there is not room for all,
/// the gap shrinks evenly.
pub fn spread(wanted: &[f64], gap: f64, (low, high): (f64, f64)) -> Vec<f64> {
    let count = wanted.len();
    if count == 0 {
        return Vec::new();
    }
    let gap = if count > 1 { gap.min((high - low) / (count - 1) as f64) } else { gap };
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    // Pools of neighbours that touch: (sum of reduced wishes, members).
    let mut pools: Vec<(f64, usize)> = Vec::with_capacity(count);
    for (rank, &index) in order.iter().enumerate() {
        let mut pool = (wanted[index] - gap * rank as f64, 1);
        while let Some(&(sum, members)) = pools.last() {
            if sum / members as f64 <= pool.0 / pool.1 as f64 {
                break;
            }
            pools.pop();
            pool = (pool.0 + sum, pool.1 + members);
        }
        pools.push(pool);
    }
    let mut places = vec![0.0; count];
    let (least, most) = (low, high - gap * (count - 1) as f64);
    let reduced = pools.iter().flat_map(|&(sum, members)| std::iter::repeat_n(sum / members as f64, members));
    for (rank, (&index, place)) in order.iter().zip(reduced).enumerate() {
        places[index] = place.min(most).max(least) + gap * rank as f64;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_move_apart_as_little_as_possible() {
        assert_eq!(spread(&[10.0, 50.0, 90.0], 20.0, (0.0, 100.0)), [10.0, 50.0, 90.0]);
        assert_eq!(spread(&[50.0, 50.0], 20.0, (0.0, 100.0)), [40.0, 60.0]);
        assert_eq!(spread(&[52.0, 48.0], 20.0, (0.0, 100.0)), [60.0, 40.0]);
        assert_eq!(spread(&[98.0, 99.0, 100.0], 20.0, (0.0, 100.0)), [60.0, 80.0, 100.0]);
        assert_eq!(spread(&[5.0, 5.0, 5.0], 80.0, (0.0, 100.0)), [0.0, 50.0, 100.0]);
        assert_eq!(spread(&[], 1.0, (0.0, 1.0)), [0.0; 0]);
    }
}
