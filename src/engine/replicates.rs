//! Runs the independent replicates of a randomised design, one thread each.

use std::sync::atomic::AtomicU64;

use rayon::prelude::*;

use super::chunks::{Collect, Run, pool};
use super::{Observer, Outcome, RunError, STAGE, Settings, Tallies};
use crate::kernel::{Draws, Kernel, NonFinite, Sobol, Steering, first_block};
use crate::math::LANES;
use crate::plan::Plan;

/// Most trials of one replicate: the points of a Sobol' sequence.
pub const MOST_TRIALS_OF_A_REPLICATE: u64 = crate::random::MOST_POINTS;

/// The error with the number that the trial has in the whole run: those of one replicate follow those of the one before.
pub(super) fn numbered(error: RunError, replicate: u64, trials: u64) -> RunError {
    match error {
        RunError::NonFinite(place) => {
            let within = place.trial - first_block(replicate) * LANES as u64;
            RunError::NonFinite(NonFinite { trial: replicate * trials + within, ..place })
        }
        other => other,
    }
}

/// Simulates `replicates` replicates of `settings.trials` trials each, with normal scores from `sobol`, and gives the outcome
/// of each to `join` in their order. As many replicates as there are threads are held at a time.
///
/// # Errors
/// As [`run`](super::run): of the first replicate that has one.
///
/// # Panics
/// If there are more than [`MOST_TRIALS_OF_A_REPLICATE`] trials.
pub fn run_replicates(
    plan: &Plan,
    settings: Settings,
    sobol: &Sobol,
    replicates: u64,
    observer: &dyn Observer,
    mut join: impl FnMut(Outcome),
) -> Result<(), RunError> {
    assert!(
        settings.trials <= MOST_TRIALS_OF_A_REPLICATE,
        "a replicate has as many trials as a sequence points"
    );
    let pool = pool(settings.threads)?;
    let draws = Draws::steered(plan, settings.seed, Steering::Sobol(sobol.clone()));
    let kernel = &Kernel::new(plan, settings.vector, draws);
    let done = &AtomicU64::new(0);
    let collect = &Tallies { plan, vector: settings.vector };
    let one = |replicate| {
        let run = Run { kernel, trials: settings.trials, first: first_block(replicate), observer, done };
        let (mut workspace, mut worker) = (kernel.workspace(), collect.worker());
        let mut outcome = Outcome::new(plan);
        for chunk in 0..settings.trials.div_ceil(STAGE) {
            let sums = run.chunk(&mut workspace, &mut worker, chunk, collect);
            let sums = sums.map_err(|error| numbered(error, replicate, settings.trials))?;
            outcome.sums.append(&sums);
        }
        let (recorder, counts) = worker;
        outcome.counts = recorder.finish(counts);
        outcome.trials = settings.trials;
        Ok(outcome)
    };
    let together = pool.current_num_threads() as u64;
    for first in (0..replicates).step_by(together as usize) {
        let last = (first + together).min(replicates);
        let outcomes: Vec<Result<Outcome, RunError>> =
            pool.install(|| (first..last).into_par_iter().map(one).collect());
        for outcome in outcomes {
            join(outcome?);
        }
    }
    Ok(())
}
