//! Which instruments are the same in several policies of a world, so that a block computes each of them once.

use crate::plan::{Instrument, Plan, WorldPlan};

/// Numbers of the different instruments of every world.
pub struct Sharing {
    /// By world, policy and instrument of the policy.
    numbers: Vec<Vec<Vec<usize>>>,
}

impl Sharing {
    /// Compares all instruments of all policies; those that agree in every name and number share one.
    pub fn new(plan: &Plan) -> Self {
        Self { numbers: plan.worlds.iter().map(of_world).collect() }
    }

    /// For every instrument of a policy its number among the different instruments of the world.
    pub fn of(&self, world: usize, policy: usize) -> &[usize] {
        &self.numbers[world][policy]
    }
}

fn of_world(world: &WorldPlan) -> Vec<Vec<usize>> {
    let mut known: Vec<&Instrument> = Vec::new();
    let mut numbers = Vec::new();
    for policy in &world.policies {
        let mut of_policy = Vec::new();
        for instrument in &policy.instruments {
            let same = known.iter().position(|other| *other == instrument);
            of_policy.push(same.unwrap_or(known.len()));
            if same.is_none() {
                known.push(instrument);
            }
        }
        numbers.push(of_policy);
    }
    numbers
}
