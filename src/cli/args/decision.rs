//! What the decision analyses are asked for.

use std::ffi::OsString;
use std::path::PathBuf;

use super::Format;
use crate::analysis::decision::discover::Outcome;
use crate::analysis::decision::optimise::Budget;
use crate::cli::command::Name;
use crate::cli::values::Values;
use crate::model::Choices;

/// What a decision analysis was asked for. Absent values are for the scenario, or the default, to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionArgs {
    /// Which analysis.
    pub analysis: Name,
    /// The scenario file.
    pub file: PathBuf,
    /// The target, or the document for all its targets.
    pub target: Option<String>,
    /// The things whose reverse `stress` asks, without repetition.
    pub shocks: Vec<String>,
    /// What is asked of an optimisation.
    pub budget: Budget,
    /// What is turned, for `solve`.
    pub lever: Option<String>,
    /// The probability that is wanted, above 0 and below 1.
    pub probability: Option<f64>,
    /// The outcome that a discovery looks for.
    pub outcome: Option<Outcome>,
    /// The policies asked for, without repetition.
    pub policies: Vec<String>,
    /// The worlds asked for, without repetition.
    pub worlds: Vec<String>,
    /// Options of switches by identifier, in place of the scenario's.
    pub switches: Choices,
    /// Number of trials of each run, 1 to 10^12.
    pub trials: Option<u64>,
    /// The seed; 0 is a seed.
    pub seed: Option<u64>,
    /// Number of threads, 1 to 1024.
    pub threads: Option<usize>,
    /// The folder for results.
    pub out: Option<PathBuf>,
    /// What is printed.
    pub format: Format,
    /// Whether progress is to be hidden.
    pub quiet: bool,
}

impl DecisionArgs {
    /// Puts file and values together.
    pub(super) fn of(analysis: Name, file: OsString, values: Values) -> Self {
        Self {
            analysis,
            file: file.into(),
            target: values.target,
            shocks: values.shocks,
            budget: Budget {
                money: values.budget,
                probability: values.probability,
                rule: values.rule,
                bounds: values.bounds,
                from: values.from,
            },
            lever: values.lever,
            probability: values.probability,
            outcome: values.outcome,
            policies: values.policies,
            worlds: values.worlds,
            switches: values.switches,
            trials: values.trials,
            seed: values.seed,
            threads: values.threads,
            out: values.out,
            format: values.format,
            quiet: values.quiet,
        }
    }
}
