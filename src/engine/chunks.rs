//! Hands chunks of blocks to the workers and joins what they found in trial order.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::{Observer, RunError, Settings};
use crate::kernel::{BlockView, Draws, Kernel, Workspace};
use crate::math::LANES;
use crate::plan::Plan;

/// Chunks between two merges: bounds the memory of what is not joined yet.
const WAVE: u64 = 256;

/// The number of a chunk and what became of it.
type Finished<T> = (u64, Result<T, RunError>);

/// What is made of the blocks.
pub trait Collect: Sync {
    /// Blocks in one chunk: more of them where chunks are costly to join, fewer where runs are short and threads would wait
    /// for each other.
    const BLOCKS: u64;
    /// What one thread keeps from its first block to its last.
    type Worker: Send;
    /// What is found in one chunk; chunks are joined in trial order.
    type Chunk: Send;
    /// The start of a thread.
    fn worker(&self) -> Self::Worker;
    /// The start of a chunk.
    fn chunk(&self) -> Self::Chunk;
    /// Takes one block under one world and policy. Within a world the policies come in the order of the plan.
    fn record(&self, worker: &mut Self::Worker, chunk: &mut Self::Chunk, view: &BlockView<'_>);
}

/// Simulates the trials from `done`, which ends a chunk, up to `settings.trials`, gives what every chunk holds to `join` in
/// trial order, and returns what the threads kept.
///
/// # Errors
/// As [`run`](super::run).
pub fn drive<C: Collect>(
    plan: &Plan,
    settings: Settings,
    done: u64,
    draws: Draws,
    observer: &dyn Observer,
    collect: &C,
    mut join: impl FnMut(C::Chunk),
) -> Result<Vec<C::Worker>, RunError> {
    let pool = pool(settings.threads)?;
    let kernel = &Kernel::new(plan, settings.vector, draws);
    let chunks = settings.trials.div_ceil(LANES as u64).div_ceil(C::BLOCKS);
    let start = done / (C::BLOCKS * LANES as u64);
    let workers = (pool.current_num_threads() as u64).min(chunks - start).max(1);
    let run = Run { kernel, trials: settings.trials, first: 0, observer, done: &AtomicU64::new(done) };
    let mut states: Vec<(Workspace, C::Worker)> =
        (0..workers).map(|_| (run.kernel.workspace(), collect.worker())).collect();
    for first in (start..chunks).step_by(WAVE as usize) {
        let last = (first + WAVE).min(chunks);
        let next = AtomicU64::new(first);
        let finished: Mutex<Vec<Finished<C::Chunk>>> = Mutex::new(Vec::new());
        pool.install(|| {
            states.par_iter_mut().try_for_each(|(workspace, worker)| {
                loop {
                    let chunk = next.fetch_add(1, Ordering::Relaxed);
                    if chunk >= last {
                        return Ok::<(), RunError>(());
                    }
                    let found = run.chunk(workspace, worker, chunk, collect);
                    if found.is_err() {
                        // no further chunk is handed out; those before this one are under way and will be finished
                        next.store(last, Ordering::Relaxed);
                    }
                    finished.lock().map_err(|e| RunError::Threads(e.to_string()))?.push((chunk, found));
                }
            })
        })?;
        let mut finished = finished.into_inner().map_err(|e| RunError::Threads(e.to_string()))?;
        finished.sort_by_key(|(chunk, _)| *chunk);
        // in trial order, so that the fault reported is the first one for any number of threads
        for (_, found) in finished {
            join(found?);
        }
    }
    Ok(states.into_iter().map(|(_, worker)| worker).collect())
}

/// Worker threads; `None` for as many as there are cores.
///
/// # Errors
/// [`RunError::Threads`] if they cannot be started.
pub fn pool(threads: Option<usize>) -> Result<rayon::ThreadPool, RunError> {
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = threads {
        pool = pool.num_threads(threads);
    }
    pool.build().map_err(|e| RunError::Threads(e.to_string()))
}

/// Does `count` independent jobs (each on one thread) on as many threads as asked for; the results stand in the order of
/// the jobs, whichever thread did them.
///
/// # Errors
/// That of the first job that has one.
pub fn side_by_side<T: Send, E: Send>(
    threads: Option<usize>,
    count: usize,
    job: impl Fn(usize) -> Result<T, E> + Sync,
) -> Result<Vec<T>, E> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return done;
            }
            let found = job(index);
            if found.is_err() {
                // jobs before this one are under way and will be finished
                next.store(count, Ordering::Relaxed);
            }
            done.push((index, found));
        }
    };
    // plain threads: a job starts runs of its own, for which a thread of a pool would wait with yet another job on its stack
    let mut found: Vec<(usize, Result<T, E>)> = std::thread::scope(|scope| {
        let others = threads.unwrap_or_else(cores).clamp(1, count.max(1)) - 1;
        let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
        let mut found = work();
        for other in others {
            match other.join() {
                Ok(done) => found.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        found
    });
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().map(|(_, found)| found).collect()
}

/// What the threads of a run share.
pub struct Run<'p> {
    /// Simulates the blocks.
    pub kernel: &'p Kernel<'p>,
    /// Trials of the run.
    pub trials: u64,
    /// Number of its first block.
    pub first: u64,
    /// Hears of what is done.
    pub observer: &'p dyn Observer,
    /// Trials done so far, of this run and others.
    pub done: &'p AtomicU64,
}

impl Run<'_> {
    /// Simulates one chunk.
    ///
    /// # Errors
    /// As [`run`](super::run).
    pub fn chunk<C: Collect>(
        &self,
        workspace: &mut Workspace,
        worker: &mut C::Worker,
        chunk: u64,
        collect: &C,
    ) -> Result<C::Chunk, RunError> {
        if self.observer.cancelled() {
            return Err(RunError::Cancelled);
        }
        let mut found = collect.chunk();
        let blocks = self.trials.div_ceil(LANES as u64);
        for block in chunk * C::BLOCKS..((chunk + 1) * C::BLOCKS).min(blocks) {
            let lanes = (self.trials - block * LANES as u64).min(LANES as u64) as usize;
            let begins = |stage| self.observer.begins(stage);
            self.kernel.watched_block(workspace, self.first + block, lanes, &begins, &mut |view| {
                collect.record(worker, &mut found, &view);
            })?;
            self.done.fetch_add(lanes as u64, Ordering::Relaxed);
        }
        self.observer.progress(self.done.load(Ordering::Relaxed));
        Ok(found)
    }
}
