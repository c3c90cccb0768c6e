//! Runs the trials of a randomised design once more with the leading direction integrated out.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::chunks::pool;
use super::replicates::numbered;
use super::{Observer, RunError, Settings};
use crate::kernel::{BlockView, Draws, Kernel, NonFinite, Sobol, Steering, first_block};
use crate::math::LANES;
use crate::plan::Plan;
use crate::tally::{LineSum, Lines, NODES};

/// The sums of every replicate, over all worlds, policies and targets of [`on_lines`](crate::tally::on_lines) in this order, of
/// the trials that [`run_replicates`](super::run_replicates) simulates with the same arguments. Each takes one evaluation more
/// than there are [`NODES`]; the observer hears of every one.
///
/// # Errors
/// As [`run`](super::run): of the first replicate that has one.
pub fn run_lines(
    plan: &Plan,
    settings: Settings,
    sobol: &Sobol,
    replicates: u64,
    observer: &dyn Observer,
) -> Result<Vec<Vec<LineSum>>, RunError> {
    let pool = pool(settings.threads)?;
    let kernel = |sobol: Sobol| {
        let draws = Draws::steered(plan, settings.seed, Steering::Sobol(sobol));
        Kernel::new(plan, settings.vector, draws)
    };
    let own = &kernel(sobol.clone());
    let nodes: &Vec<Kernel<'_>> = &NODES.iter().map(|&score| kernel(sobol.holding(score))).collect();
    let done = &AtomicU64::new(0);
    let one = |replicate| {
        let v = settings.vector;
        let fault = |place: NonFinite| numbered(place.into(), replicate, settings.trials);
        let mut lines = Lines::new(plan, v);
        let mut sums = lines.sums();
        let (mut workspace, mut x) = (own.workspace(), [0.0; LANES]);
        for block in 0..settings.trials.div_ceil(LANES as u64) {
            if observer.cancelled() {
                return Err(RunError::Cancelled);
            }
            let lanes = (settings.trials - block * LANES as u64).min(LANES as u64) as usize;
            let number = first_block(replicate) + block;
            for (node, kernel) in nodes.iter().enumerate() {
                let follow = &mut |view: BlockView<'_>| lines.follow(plan, node, &view);
                kernel.block(&mut workspace, number, lanes, follow).map_err(fault)?;
            }
            sobol.leading_scores(v, number, &mut x);
            let settle = &mut |view: BlockView<'_>| lines.settle(plan, &x, &view, &mut sums);
            own.block(&mut workspace, number, lanes, settle).map_err(fault)?;
            let evaluated = (lanes * (1 + NODES.len())) as u64;
            observer.progress(done.fetch_add(evaluated, Ordering::Relaxed) + evaluated);
        }
        Ok(sums)
    };
    let found: Vec<Result<Vec<LineSum>, RunError>> =
        pool.install(|| (0..replicates).into_par_iter().map(one).collect());
    found.into_iter().collect()
}
