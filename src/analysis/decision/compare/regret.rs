//! What each policy lacks of the best one, world by world.

use serde::{Deserialize, Serialize};

use super::Grid;
use super::pairs::{Joint, turn};
use crate::analysis::decision::Estimate;
use crate::analysis::results::Named;

/// What one policy lacks of the best one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Regret {
    /// Policy.
    pub policy: Named,
    /// One entry for each world, in the order of the answer.
    pub worlds: Vec<WorldRegret>,
    /// The largest regret of probability over the worlds.
    pub worst_probability: Estimate,
    /// The largest regret of the mean quantity over the worlds; `null` where there is none.
    pub worst_quantity: Option<Estimate>,
}

/// What one policy lacks of the best one in one world, at least 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorldRegret {
    /// World.
    pub world: Named,
    /// Probability of the best policy less that of this one.
    pub probability: Estimate,
    /// Distance to the best mean of the quantity; `null` where there is none.
    pub quantity: Option<Estimate>,
}

/// Regrets of all policies. The intervals are those of multiple comparisons with the best (Hsu 1984, The Annals of
/// Statistics 12:1136–1144) made of the joint paired intervals: the lack of the best lies between the largest of the
/// lower and the largest of the upper ends of what others have more, and never below 0.
pub(super) fn regrets(grid: &Grid<'_>, joint: &Joint) -> Vec<Regret> {
    let regret = |policy: usize| {
        let worlds = (0..grid.worlds.len()).map(|world| {
            let more = |of: &dyn Fn(usize) -> Option<Estimate>| {
                lack((0..grid.policies.len()).filter(|&other| other != policy).filter_map(of))
            };
            let probability = more(&|other| joint.probability(world, other, policy));
            let quantity = grid.quantity.map(|_| {
                more(&|other| joint.quantity(world, other, policy).map(|e| turn(e, grid.sign() < 0.0)))
            });
            WorldRegret { world: grid.world(world), probability, quantity }
        });
        let worlds: Vec<WorldRegret> = worlds.collect();
        let worst_probability = lack(worlds.iter().map(|world| world.probability));
        let quantities: Option<Vec<Estimate>> = worlds.iter().map(|world| world.quantity).collect();
        Regret {
            policy: grid.policy(policy),
            worst_probability,
            worst_quantity: quantities.map(|all| lack(all.into_iter())),
            worlds,
        }
    };
    (0..grid.policies.len()).map(regret).collect()
}

/// The largest of nothing and these, end by end.
fn lack(of: impl Iterator<Item = Estimate>) -> Estimate {
    of.fold(Estimate { value: 0.0, interval: [0.0, 0.0] }, |most, e| Estimate {
        value: most.value.max(e.value),
        interval: [most.interval[0].max(e.interval[0]), most.interval[1].max(e.interval[1])],
    })
}
