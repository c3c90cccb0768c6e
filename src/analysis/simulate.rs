//! Simulates the selected policies and worlds of a model and returns the result document.

use super::digest::sha256;
use super::error::AnalysisError;
use super::parts::add_parts;
use super::precision::{MOST_TRIALS, Precision, Reached, simulate_until};
use super::realism::outside_view;
use super::replicates::{REPLICATES, simulate_evenly, trials_of_a_replicate};
use super::results::{Input, PrecisionInfo, Results};
use super::summarise::{Run, known_policies, known_worlds, scenario_info, summarise};
use crate::diag::Sources;
use crate::engine::{Observer, Outcome, Settings, run};
use crate::math::Vector;
use crate::model::Model;
use crate::plan::{Plan, Selection, compile};
use crate::tally::NODES;

/// What is asked of a simulation; what is left out is the scenario's or the machine's choice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// Identifiers of policies; `None` means all. Reported in the order of the file, each once.
    pub policies: Option<Vec<String>>,
    /// Identifiers of worlds; `None` means `base`.
    pub worlds: Option<Vec<String>>,
    /// Number of trials; `None` means the scenario's. With a precision the most there may be; `None` then means
    /// [`MOST_TRIALS`].
    pub trials: Option<u64>,
    /// Trials are added until the probabilities of targets are so precise; empty for a fixed number of trials.
    pub precision: Vec<Precision>,
    /// Seed; `None` means the scenario's.
    pub seed: Option<u64>,
    /// Worker threads; `None` means all cores. Results do not depend on it.
    pub threads: Option<usize>,
    /// How trials are drawn.
    pub sampler: Sampler,
    /// Whether what classes of instruments and single instruments add is asked for, which a briefing shows.
    pub briefing: bool,
}

/// How the trials of a simulation are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampler {
    /// Independently.
    #[default]
    Plain,
    /// From scrambled Sobol' sequences along the leading directions (see docs/decisions/0037). The number of trials is
    /// raised to sixteen times a power of two; without what a briefing adds.
    Sobol,
    /// As [`Sobol`](Self::Sobol), and the probability of every target that judges revenue by a level is found with the
    /// leading direction integrated out, at four evaluations more a trial.
    Line,
}

impl Sampler {
    /// Number of trials that an observer hears of for `trials` trials: lines count each evaluation of a trial.
    pub fn observed(self, trials: u64) -> u64 {
        if self == Self::Line { trials.saturating_mul(2 + NODES.len() as u64) } else { trials }
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Sobol => "sobol",
            Self::Line => "line",
        }
    }

    /// The sampler of this word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Plain, Self::Sobol, Self::Line].into_iter().find(|sampler| sampler.word() == word)
    }

    /// Trials that are simulated where `trials` are asked for.
    pub fn trials(self, trials: u64) -> u64 {
        match self {
            Self::Plain => trials,
            Self::Sobol | Self::Line => REPLICATES.saturating_mul(trials_of_a_replicate(trials)),
        }
    }
}

/// Number of trials that the observer of a simulation hears of in the end: a briefing takes a second run over the same
/// trials, for parts of policies.
pub fn observed_trials(trials: u64, briefing: bool) -> u64 {
    if briefing { trials.saturating_mul(2) } else { trials }
}

/// The input files of a scenario as a result document keeps them: without folders, so that a result is the same
/// wherever the files lie.
pub fn inputs_of(sources: &Sources) -> Vec<Input> {
    let file_name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
    sources.iter().map(|file| Input { name: file_name(&file.name), text: file.text.clone() }).collect()
}

/// SHA-256 over names and texts, each preceded by its length in bytes (64 bits, little-endian).
pub(super) fn hash(inputs: &[Input]) -> String {
    let parts: Vec<&String> = inputs.iter().flat_map(|input| [&input.name, &input.text]).collect();
    let lengths: Vec<[u8; 8]> = parts.iter().map(|part| (part.len() as u64).to_le_bytes()).collect();
    sha256(lengths.iter().zip(parts).flat_map(|(length, part)| [&length[..], part.as_bytes()]))
}

/// Simulates and summarises; `inputs` (see [`inputs_of`]) are kept in the document so that it can be verified.
///
/// # Errors
/// Unknown or empty selections and zero trials before anything runs; cancellation, a path that leaves the finite
/// numbers, or threads that cannot be started.
pub fn simulate(
    model: &Model,
    inputs: Vec<Input>,
    request: &Request,
    observer: &dyn Observer,
) -> Result<Results, AnalysisError> {
    let realism = outside_view(model)?;
    if request.sampler != Sampler::Plain {
        let results = simulate_evenly(model, request, observer)?;
        let scenario = scenario_info(model, inputs);
        return Ok(Results { realism, scenario, ..results });
    }
    let finished = execute(model, request, observer)?;
    let mut results = Results { realism, ..summarise(&finished.of(model), inputs) };
    if request.briefing {
        results.run.briefing = true;
        let Finished { selection, settings, .. } = finished;
        observer.expects(observed_trials(settings.trials, true));
        let observer = After { observer, trials: settings.trials };
        add_parts(&mut results, model, &selection, settings, &observer)?;
    }
    Ok(results)
}

/// A run with what it was made from, before it is summarised.
pub(super) struct Finished {
    /// What is reported.
    pub selection: Selection,
    /// The compiled plan.
    pub plan: Plan,
    /// What was measured.
    pub outcome: Outcome,
    settings: Settings,
    precision: Option<PrecisionInfo>,
}

/// Hears nothing and asks whether to stop.
pub struct Unseen<'a>(pub &'a dyn Observer);

impl Observer for Unseen<'_> {
    fn progress(&self, _trials_done: u64) {}

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}

/// An observer of the second of two runs: what the first has done stays done.
pub(super) struct After<'a> {
    pub observer: &'a dyn Observer,
    /// What the first has done.
    pub trials: u64,
}

impl Observer for After<'_> {
    fn progress(&self, trials_done: u64) {
        self.observer.progress(self.trials + trials_done);
    }

    fn cancelled(&self) -> bool {
        self.observer.cancelled()
    }
}

impl Finished {
    /// What the summary is made from.
    pub fn of<'a>(&'a self, model: &'a Model) -> Run<'a> {
        let Self { selection, plan, outcome, settings: Settings { seed, trials, .. }, precision } = self;
        Run { model, plan, outcome, selection, seed: *seed, trials: *trials, precision: precision.as_ref() }
    }
}

/// Simulates what `request` selects.
///
/// # Errors
/// As [`simulate`].
pub(super) fn execute(
    model: &Model,
    request: &Request,
    observer: &dyn Observer,
) -> Result<Finished, AnalysisError> {
    let selection = selection(model, request)?;
    let seed = request.seed.unwrap_or(model.seed);
    let trials = request.trials.unwrap_or(default_trials(model, request));
    if trials == 0 {
        return Err(AnalysisError::NoTrials);
    }
    let plan = compile(model, &selection);
    let settings = Settings { seed, trials, threads: request.threads, vector: Vector::detect() };
    if request.precision.is_empty() {
        let outcome = run(&plan, settings, observer).map_err(|error| AnalysisError::of_run(error, seed))?;
        return Ok(Finished { selection, plan, outcome, settings, precision: None });
    }
    let Reached { outcome, settings, info } =
        simulate_until(model, &plan, &selection, &request.precision, settings, observer)?;
    Ok(Finished { selection, plan, outcome, settings, precision: Some(info) })
}

/// The policies and worlds that `request` selects.
///
/// # Errors
/// Unknown or empty selections.
pub(super) fn selection(model: &Model, request: &Request) -> Result<Selection, AnalysisError> {
    let ids = |items: &mut dyn Iterator<Item = &String>| items.cloned().collect::<Vec<_>>();
    let policy_ids = ids(&mut model.policies.iter().map(|p| &p.id));
    let world_ids = ids(&mut model.worlds.iter().map(|w| &w.id));
    let policies = select(request.policies.as_deref(), &policy_ids)
        .map_err(|id| AnalysisError::UnknownPolicy { id, known: known_policies(model) })?
        .unwrap_or_else(|| (0..model.policies.len()).collect());
    let worlds = select(request.worlds.as_deref(), &world_ids)
        .map_err(|id| AnalysisError::UnknownWorld { id, known: known_worlds(model) })?
        .unwrap_or_else(|| vec![world_ids.iter().position(|id| id == "base").unwrap_or(0)]);
    if policies.is_empty() || worlds.is_empty() {
        return Err(AnalysisError::NothingSelected);
    }
    Ok(Selection { policies, worlds })
}

/// Trials of a run that states no number: the scenario's, or the most there may be where a precision ends it.
pub(super) fn default_trials(model: &Model, request: &Request) -> u64 {
    if request.precision.is_empty() { model.trials } else { MOST_TRIALS }
}

/// Positions of the wanted identifiers in the order of the file; the first unknown one as error.
fn select(wanted: Option<&[String]>, known: &[String]) -> Result<Option<Vec<usize>>, String> {
    let Some(wanted) = wanted else { return Ok(None) };
    if let Some(stranger) = wanted.iter().find(|id| !known.contains(id)) {
        return Err(stranger.clone());
    }
    Ok(Some((0..known.len()).filter(|&index| wanted.contains(&known[index])).collect()))
}
