//! Parts of the present plan as starting points: money that works in whole awards, or only beside other money, is not found by
//! small steps, and the planner knows these splits already.

use super::space::{Space, Spending};

/// Funded instruments up to which every subset is looked at; of more, all but one, one alone, and the file's policies.
const ALL: usize = 6;

/// Spendings in which every funded instrument has its present money or the least that is allowed, each once.
pub fn subsets(space: &Space, bounds: &[(f64, f64)]) -> Vec<Spending> {
    let funded = space.funded.len();
    let mut kept: Vec<Vec<bool>> = if funded <= ALL {
        (0..1_usize << funded).map(|set| (0..funded).map(|k| set >> k & 1 == 1).collect()).collect()
    } else {
        let one_unlike =
            |others: bool| (0..funded).map(move |one| (0..funded).map(|k| (k == one) != others).collect());
        one_unlike(true).chain(one_unlike(false)).chain([vec![true; funded], vec![false; funded]]).collect()
    };
    for policy in &space.model.policies {
        kept.push(
            space.funded.iter().map(|funded| policy.instruments.contains(&funded.instrument)).collect(),
        );
    }
    let mut subsets: Vec<Spending> = Vec::new();
    for kept in kept {
        let factor = kept
            .iter()
            .zip(bounds)
            .map(|(kept, (low, high))| if *kept { 1.0_f64.clamp(*low, *high) } else { *low });
        let subset = Spending { factor: factor.collect(), ..space.present() };
        if !subsets.contains(&subset) {
            subsets.push(subset);
        }
    }
    subsets
}
