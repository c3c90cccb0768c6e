//! Runs all blocks of trials on all threads and joins their tallies in trial order.
//!
//! Trials are grouped in chunks of [`CHUNK`] blocks. Workers take chunks from a shared counter; integer counts are
//! kept per worker and merge in any order, floating-point sums are kept per chunk and merge in chunk order. So the
//! bits of a result do not depend on the number of threads, nor on who computed what.

mod chunks;
mod lines;
mod replicates;

use thiserror::Error;

use crate::kernel::{BlockView, Draws, NonFinite};

pub use crate::kernel::Stage;
use crate::math::{LANES, Vector};
use crate::plan::Plan;
use crate::tally::{CountTally, Keep, Recorder, SampleRecorder, Samples, SumTally, TrialRecorder, TrialRows};
pub use chunks::side_by_side;
use chunks::{Collect, drive};
pub use lines::run_lines;
pub use replicates::{MOST_TRIALS_OF_A_REPLICATE, run_replicates};

/// Blocks in one chunk: 16 × 256 trials. Part of the definition of floating-point sums.
pub const CHUNK: u64 = 16;

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
    /// Called when it is known how many trials there will be at least; never called by a run of one stage.
    fn expects(&self, _trials: u64) {}
    /// Called by a worker that begins a stage of its work, some thousand times a second; for measuring.
    fn begins(&self, _stage: Stage) {}
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
    trials: u64,
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

/// Trials that a run of several stages can stop after: multiples of a chunk.
pub const STAGE: u64 = CHUNK * LANES as u64;

/// Simulates `settings.trials` trials of `plan`; memory does not grow with their number.
///
/// # Errors
/// [`RunError`]: the first non-finite path in trial order for any number of threads, cancellation, or threads
/// that cannot be started.
pub fn run(plan: &Plan, settings: Settings, observer: &dyn Observer) -> Result<Outcome, RunError> {
    let mut outcome = Outcome::new(plan);
    outcome.extend(plan, settings, observer)?;
    Ok(outcome)
}

impl Outcome {
    /// Nothing measured yet.
    pub fn new(plan: &Plan) -> Self {
        Self { counts: CountTally::new(plan), sums: SumTally::new(plan), trials: 0 }
    }

    /// Trials measured.
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// Adds the trials of another run of the same plan, which follow those of this one.
    pub fn append(&mut self, next: &Self) {
        self.counts.merge(&next.counts);
        self.sums.append(&next.sums);
        self.trials += next.trials;
    }

    /// Adds trials of the same plan and settings until there are `settings.trials`: the outcome is then that of one run of
    /// so many, to the bit.
    ///
    /// # Errors
    /// As [`run`]; the outcome is of no use then.
    ///
    /// # Panics
    /// If the trials so far are not a multiple of [`STAGE`], or more than are asked for.
    pub fn extend(
        &mut self,
        plan: &Plan,
        settings: Settings,
        observer: &dyn Observer,
    ) -> Result<(), RunError> {
        assert!(
            self.trials.is_multiple_of(STAGE) && self.trials <= settings.trials,
            "stages end with a chunk"
        );
        let draws = Draws::addressed(plan, settings.seed);
        let collect = &Tallies { plan, vector: settings.vector };
        let sums = &mut self.sums;
        let join = |chunk: SumTally| sums.append(&chunk);
        let workers = drive(plan, settings, self.trials, draws, observer, collect, join)?;
        for (recorder, counts) in workers {
            self.counts.merge(&recorder.finish(counts));
        }
        self.trials = settings.trials;
        Ok(())
    }
}

/// Trials of a block: a run that keeps every trial may begin with any of them.
pub const BLOCK: u64 = LANES as u64;

/// Simulates the trials of `plan` with these draws from `from` (a multiple of [`BLOCK`]) up to `settings.trials` and keeps
/// every one: memory grows with their number, by [`Samples::bytes`].
///
/// # Errors
/// As [`run`].
///
/// # Panics
/// If `from` is no multiple of [`BLOCK`] or no trial follows it.
pub fn sample(
    plan: &Plan,
    settings: Settings,
    from: u64,
    draws: Draws,
    keep: Keep,
    observer: &dyn Observer,
) -> Result<Samples, RunError> {
    assert!(from.is_multiple_of(BLOCK) && from < settings.trials, "trials begin with a block");
    let room = usize::try_from(settings.trials - from).unwrap_or(usize::MAX);
    let mut samples = Samples::with_room(plan, keep, room);
    let collect = Kept { plan, vector: settings.vector, keep };
    drive(plan, settings, from, draws, observer, &collect, |chunk| samples.append(&chunk))?;
    Ok(samples)
}

/// Simulates `settings.trials` trials of `plan` and keeps every figure of each: memory grows with their number.
///
/// # Errors
/// As [`run`].
pub fn each_trial(plan: &Plan, settings: Settings, observer: &dyn Observer) -> Result<TrialRows, RunError> {
    let mut rows = TrialRows::new(plan);
    let draws = Draws::addressed(plan, settings.seed);
    let collect = Every { plan, vector: settings.vector };
    drive(plan, settings, 0, draws, observer, &collect, |chunk| rows.append(&chunk))?;
    Ok(rows)
}

/// Counts and sums.
struct Tallies<'p> {
    plan: &'p Plan,
    vector: Vector,
}

impl Collect for Tallies<'_> {
    const BLOCKS: u64 = CHUNK;
    type Worker = (Recorder, CountTally);
    type Chunk = SumTally;

    fn worker(&self) -> Self::Worker {
        (Recorder::new(self.plan, self.vector), CountTally::new(self.plan))
    }

    fn chunk(&self) -> SumTally {
        SumTally::new(self.plan)
    }

    fn record(&self, (recorder, counts): &mut Self::Worker, sums: &mut SumTally, view: &BlockView<'_>) {
        recorder.record(self.plan, view, counts, sums);
    }
}

/// What decision analyses need of every trial.
struct Kept<'p> {
    plan: &'p Plan,
    vector: Vector,
    keep: Keep,
}

impl Collect for Kept<'_> {
    // kept trials are laid one after the other, so that no bit depends on it; runs may begin with any block
    const BLOCKS: u64 = 1;
    type Worker = SampleRecorder;
    type Chunk = Samples;

    fn worker(&self) -> SampleRecorder {
        SampleRecorder::new(self.plan, self.vector, self.keep)
    }

    fn chunk(&self) -> Samples {
        Samples::new(self.plan, self.keep)
    }

    fn record(&self, recorder: &mut SampleRecorder, samples: &mut Samples, view: &BlockView<'_>) {
        recorder.record(self.plan, view, samples);
    }
}

/// Every figure of every trial.
struct Every<'p> {
    plan: &'p Plan,
    vector: Vector,
}

impl Collect for Every<'_> {
    const BLOCKS: u64 = CHUNK;
    type Worker = TrialRecorder;
    type Chunk = TrialRows;

    fn worker(&self) -> TrialRecorder {
        TrialRecorder::new(self.plan, self.vector)
    }

    fn chunk(&self) -> TrialRows {
        TrialRows::new(self.plan)
    }

    fn record(&self, recorder: &mut TrialRecorder, rows: &mut TrialRows, view: &BlockView<'_>) {
        recorder.record(self.plan, view, rows);
    }
}
