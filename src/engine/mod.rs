//! Runs all blocks of trials on all threads and joins their tallies in trial order.
//!
//! Trials are grouped in chunks of [`CHUNK`] blocks. Workers take chunks from a shared counter; integer counts are
//! kept per worker and merge in any order, floating-point sums are kept per chunk and merge in chunk order. So the
//! bits of a result do not depend on the number of threads, nor on who computed what.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use thiserror::Error;

use crate::kernel::{Draws, Kernel, NonFinite};
use crate::math::{LANES, Vector};
use crate::plan::Plan;
use crate::tally::{CountTally, Recorder, SumTally};

/// Blocks in one chunk: 16 × 256 trials. Part of the definition of floating-point sums.
pub const CHUNK: u64 = 16;

/// Chunks between two merges: bounds the memory of unmerged sums.
const WAVE: u64 = 256;

/// What a run needs besides the plan.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Seed of all streams.
    pub seed: u64,
    /// Number of trials, at least 1.
    pub trials: u64,
    /// Worker threads; `None` uses all cores.
    pub threads: Option<usize>,
    /// Instruction set; results are the same bits for each.
    pub vector: Vector,
}

/// Hears how far a run is, and can end it.
pub trait Observer: Sync {
    /// Called after every chunk with the number of trials done so far.
    fn progress(&self, trials_done: u64);
    /// Asked before every chunk; `true` ends the run without a result.
    fn cancelled(&self) -> bool;
}

/// An observer that never interferes.
pub struct Silent;

impl Observer for Silent {
    fn progress(&self, _trials_done: u64) {}
    fn cancelled(&self) -> bool {
        false
    }
}

/// Everything that was measured.
pub struct Outcome {
    /// Integer counts, `world × policy`.
    pub counts: CountTally,
    /// Floating-point sums, `world × policy`.
    pub sums: SumTally,
}

/// Why a run has no result.
#[derive(Debug, Error)]
pub enum RunError {
    /// A path left the finite numbers.
    #[error("{0}")]
    NonFinite(#[from] NonFinite),
    /// The observer asked to stop.
    #[error("the run was cancelled")]
    Cancelled,
    /// The worker threads could not be started.
    #[error("cannot start worker threads: {0}")]
    Threads(String),
}

/// Simulates `settings.trials` trials of `plan`.
///
/// # Errors
/// [`RunError`]: the first non-finite path in trial order for any number of threads, cancellation, or threads
/// that cannot be started.
pub fn run(plan: &Plan, settings: Settings, observer: &dyn Observer) -> Result<Outcome, RunError> {
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = settings.threads {
        pool = pool.num_threads(threads);
    }
    let pool = pool.build().map_err(|e| RunError::Threads(e.to_string()))?;
    let kernel = Kernel::new(plan, settings.vector, Draws::addressed(plan, settings.seed));
    let blocks = settings.trials.div_ceil(LANES as u64);
    let chunks = blocks.div_ceil(CHUNK);
    let workers = (pool.current_num_threads() as u64).min(chunks).max(1);
    let run = Run { plan, kernel, trials: settings.trials, blocks, observer, done: AtomicU64::new(0) };

    let mut sums = SumTally::new(plan);
    let mut states: Vec<Worker> = (0..workers).map(|_| Worker::new(&run)).collect();
    for first in (0..chunks).step_by(WAVE as usize) {
        let last = (first + WAVE).min(chunks);
        let next = AtomicU64::new(first);
        let finished: Mutex<Vec<(u64, Result<SumTally, RunError>)>> = Mutex::new(Vec::new());
        pool.install(|| {
            states.par_iter_mut().try_for_each(|worker| {
                loop {
                    let chunk = next.fetch_add(1, Ordering::Relaxed);
                    if chunk >= last {
                        return Ok::<(), RunError>(());
                    }
                    let chunk_sums = worker.chunk(&run, chunk);
                    if chunk_sums.is_err() {
                        // no further chunk is handed out; those before this one are under way and will be finished
                        next.store(last, Ordering::Relaxed);
                    }
                    finished.lock().map_err(|e| RunError::Threads(e.to_string()))?.push((chunk, chunk_sums));
                }
            })
        })?;
        let mut finished = finished.into_inner().map_err(|e| RunError::Threads(e.to_string()))?;
        finished.sort_by_key(|(chunk, _)| *chunk);
        // in trial order, so that the fault reported is the first one for any number of threads
        for (_, chunk_sums) in finished {
            sums.append(&chunk_sums?);
        }
    }
    let mut workers = states.into_iter().map(|worker| worker.counts);
    let mut counts = workers.next().unwrap_or_else(|| CountTally::new(plan));
    workers.for_each(|other| counts.merge(&other));
    Ok(Outcome { counts, sums })
}

/// What all workers share.
struct Run<'p> {
    plan: &'p Plan,
    kernel: Kernel<'p>,
    trials: u64,
    blocks: u64,
    observer: &'p dyn Observer,
    done: AtomicU64,
}

/// One thread's buffers and counts.
struct Worker {
    workspace: crate::kernel::Workspace,
    recorder: Recorder,
    counts: CountTally,
}

impl Worker {
    fn new(run: &Run<'_>) -> Self {
        Self {
            workspace: run.kernel.workspace(),
            recorder: Recorder::new(run.plan),
            counts: CountTally::new(run.plan),
        }
    }

    fn chunk(&mut self, run: &Run<'_>, chunk: u64) -> Result<SumTally, RunError> {
        if run.observer.cancelled() {
            return Err(RunError::Cancelled);
        }
        let mut sums = SumTally::new(run.plan);
        let Self { workspace, recorder, counts } = self;
        for block in chunk * CHUNK..((chunk + 1) * CHUNK).min(run.blocks) {
            let lanes = (run.trials - block * LANES as u64).min(LANES as u64) as usize;
            run.kernel.block(workspace, block, lanes, &mut |view| {
                recorder.record(run.plan, &view, counts, &mut sums);
            })?;
            run.done.fetch_add(lanes as u64, Ordering::Relaxed);
        }
        run.observer.progress(run.done.load(Ordering::Relaxed));
        Ok(sums)
    }
}
