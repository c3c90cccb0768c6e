//! Random orders of players, drawn by Latin squares.

use std::convert::Infallible;

use rand::TryRng;

use super::below;

/// Draws uniform random orders by Latin squares: within as many orders as there are players each of them has every place
/// once, so that none misses the places that matter by chance. The square is a cyclic one with players, places and orders
/// shuffled, which leaves no player at the heels of the same other one. The same generator gives the same orders, and more
/// orders begin with those of fewer.
pub fn squares(players: usize, orders: usize, random: &mut impl TryRng<Error = Infallible>) -> Vec<Vec<u16>> {
    let mut drawn = Vec::with_capacity(orders);
    while drawn.len() < orders {
        let [names, places, rows] = [(); 3].map(|()| shuffled(players, random));
        let order = |row: &u16| -> Vec<u16> {
            let at = |place: &u16| names[(usize::from(*row) + usize::from(*place)) % players];
            places.iter().map(at).collect()
        };
        match players {
            0 => drawn.push(Vec::new()),
            _ => drawn.extend(rows.iter().take(orders - drawn.len()).map(order)),
        }
    }
    drawn
}

/// Numbers below `count` in uniform random order (Fisher–Yates).
fn shuffled(count: usize, random: &mut impl TryRng<Error = Infallible>) -> Vec<u16> {
    let mut order: Vec<u16> = (0..count as u16).collect();
    for last in (1..count).rev() {
        order.swap(last, below(last as u32 + 1, random));
    }
    order
}
