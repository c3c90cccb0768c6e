//! `bench`: how fast this machine simulates a scenario, and what the time goes into.

use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use super::args::{BenchArgs, Format};
use super::ending::Ending;
use super::exit::Exit;
use super::interrupt::Interrupt;
use super::load::{self, Scenario};
use super::terminal::width;
use super::{print, unanswered};
use crate::analysis::Request;
use crate::analysis::speed::{Load, Speed, StageShare, ThreadSpeed, stage_word};
use crate::engine::{Observer, STAGE, Stage};
use crate::report::{results_json, speed_text};
use crate::text::Lang;

/// The scenario that is measured where none is named: that of the project's own comparisons with other programs.
const REFERENCE: &str = include_str!("../../benches/ref.toml");
/// Rounds of every number of threads.
const ROUNDS: usize = 5;
/// What a round of one thread is to last.
const ROUND: Duration = Duration::from_millis(600);
/// Half-width of probabilities that the time is told for.
const HALF_WIDTH: f64 = 0.001;

/// Measures and prints.
///
/// # Errors
/// An [`Ending`] if the scenario has errors, an identifier is unknown, the user interrupts, or standard output fails.
pub fn bench(args: &BenchArgs, lang: Lang) -> Result<Exit, Ending> {
    let start = Instant::now();
    let Scenario { model, .. } = match &args.file {
        Some(file) => load::scenario(file, &args.switches, lang)?,
        None => load::text(Path::new("ref.toml"), REFERENCE, lang)?,
    };
    let load_seconds = start.elapsed().as_secs_f64();
    let some = |ids: &[String]| (!ids.is_empty()).then(|| ids.to_vec());
    let request =
        Request { policies: some(&args.policies), worlds: some(&args.worlds), ..Request::default() };
    let start = Instant::now();
    let load = Load::new(&model, &request).map_err(|error| unanswered(&error))?;
    let compile_seconds = start.elapsed().as_secs_f64();
    let cores = available_parallelism().map_or(1, usize::from);
    let mut speed = Speed { cores, load_seconds, compile_seconds, ..load.unmeasured(HALF_WIDTH) };
    measure(&load, args.threads.unwrap_or(cores), &mut speed)?;
    match args.format {
        Format::Json => {
            let json = results_json::plain(&speed).map_err(|fault| Ending::bad_input(&fault))?;
            print(&json, Exit::Done)
        }
        Format::Text => {
            let tables: Vec<String> =
                speed_text::tables(&speed, lang).iter().map(|table| table.to_terminal(width())).collect();
            print(&tables.join("\n"), Exit::Done)
        }
    }
}

/// Fills in everything that takes a clock.
fn measure(load: &Load<'_>, most: usize, speed: &mut Speed) -> Result<(), Ending> {
    let watch = Stopwatch::new();
    let timed = |trials: u64, threads: usize| -> Result<f64, Ending> {
        let start = Instant::now();
        load.run(trials, threads, &watch).map_err(|error| unanswered(&error))?;
        Ok(start.elapsed().as_secs_f64())
    };
    // the first run pays for memory that the others find
    let first = timed(STAGE, 1)?.min(timed(STAGE, 1)?);
    let chunks = (ROUND.as_secs_f64() / first).ceil().clamp(1.0, 1000.0) as u64;
    let counts = std::iter::successors(Some(1), |threads| Some(threads * 2))
        .take_while(|&threads| threads < most.min(speed.cores));
    for threads in counts.chain([most]) {
        // more threads than cores are no faster
        let trials = chunks * STAGE * threads.min(speed.cores) as u64;
        speed.threads.push(ThreadSpeed { threads, trials, rounds: Vec::new() });
    }
    for _ in 0..ROUNDS {
        for found in &mut speed.threads {
            found.rounds.push(found.trials as f64 / timed(found.trials, found.threads)?);
        }
    }
    watch.reset();
    let outcome = load.run(chunks * STAGE, 1, &watch).map_err(|error| unanswered(&error))?;
    speed.stages = watch.shares();
    speed.needed = load.needed(&outcome, speed.half_width);
    Ok(())
}

/// Adds up what each stage takes, for runs of one thread; with more, its figures mean nothing.
struct Stopwatch {
    origin: Instant,
    /// Nanoseconds since the origin at which the present stage began.
    since: AtomicU64,
    /// Position of the present stage in [`Stage::ALL`]; beyond its end before the first.
    stage: AtomicUsize,
    spent: [AtomicU64; Stage::ALL.len()],
    interrupt: Interrupt,
}

impl Stopwatch {
    fn new() -> Self {
        Self {
            origin: Instant::now(),
            since: AtomicU64::new(0),
            stage: AtomicUsize::new(usize::MAX),
            spent: Default::default(),
            interrupt: Interrupt::install(),
        }
    }

    fn reset(&self) {
        self.spent.iter().for_each(|spent| spent.store(0, Ordering::Relaxed));
        // what comes before the first stage belongs to none
        self.stage.store(usize::MAX, Ordering::Relaxed);
        self.since.store(self.now(), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.origin.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn shares(&self) -> Vec<StageShare> {
        let spent = |at: usize| self.spent[at].load(Ordering::Relaxed) as f64;
        let total: f64 = (0..Stage::ALL.len()).map(spent).sum();
        let share = |(at, stage): (usize, &Stage)| StageShare {
            stage: stage_word(*stage).to_owned(),
            share: if total > 0.0 { spent(at) / total } else { 0.0 },
        };
        Stage::ALL.iter().enumerate().map(share).collect()
    }
}

impl Observer for Stopwatch {
    fn progress(&self, _trials_done: u64) {}

    fn begins(&self, stage: Stage) {
        let now = self.now();
        let next = Stage::ALL.iter().position(|other| *other == stage).unwrap_or(0);
        let before = self.stage.swap(next, Ordering::Relaxed);
        let since = self.since.swap(now, Ordering::Relaxed);
        if let Some(spent) = self.spent.get(before) {
            spent.fetch_add(now.saturating_sub(since), Ordering::Relaxed);
        }
    }

    fn cancelled(&self) -> bool {
        self.interrupt.requested()
    }
}
