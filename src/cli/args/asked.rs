//! What single commands were asked for.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::analysis::{Precision, Sampler};
use crate::cli::values::Values;
use crate::model::Choices;
use crate::text;
use crate::text::Text;

/// What `run`, `report` or `hindcast` was asked for. Absent values are for the scenario, or the default, to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct RunArgs {
    /// The scenario file.
    pub file: PathBuf,
    /// The policies asked for, without repetition; none means all.
    pub policies: Vec<String>,
    /// The worlds asked for, without repetition; none means `base`.
    pub worlds: Vec<String>,
    /// Options of switches by identifier, in place of the scenario's.
    pub switches: Choices,
    /// Number of trials, 1 to 10^12; the most there may be if a precision is asked for.
    pub trials: Option<u64>,
    /// Until when trials are added; empty for a fixed number.
    pub precision: Vec<Precision>,
    /// How many trials are written one by one; none if absent.
    pub samples: Option<u64>,
    /// The format of single trials.
    pub samples_format: SamplesFormat,
    /// How trials are drawn.
    pub sampler: Sampler,
    /// The seed; 0 is a seed.
    pub seed: Option<u64>,
    /// Number of threads, 1 to 1024.
    pub threads: Option<usize>,
    /// The folder for results.
    pub out: Option<PathBuf>,
    /// What is printed.
    pub format: Format,
    /// Whether the files of a briefing are asked for.
    pub briefing: bool,
    /// Whether progress is to be hidden.
    pub quiet: bool,
}

/// What `bench` was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BenchArgs {
    /// The scenario file; one of the program's own if absent.
    pub file: Option<PathBuf>,
    /// The policies asked for; none means all.
    pub policies: Vec<String>,
    /// The worlds asked for; none means `base`.
    pub worlds: Vec<String>,
    /// Options of switches by identifier, in place of the scenario's.
    pub switches: Choices,
    /// The largest number of threads; all cores if absent.
    pub threads: Option<usize>,
    /// What is printed.
    pub format: Format,
}

/// What `coverage` was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageArgs {
    /// The scenario files; none means all in `scenarios/`.
    pub files: Vec<PathBuf>,
    /// Whether what is used is listed too.
    pub all: bool,
    /// What is printed.
    pub format: Format,
}

/// What `plan` was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanArgs {
    /// The scenario file.
    pub file: PathBuf,
    /// The policies asked for, without repetition; none means all.
    pub policies: Vec<String>,
    /// The world; none means `base`.
    pub world: Option<String>,
}

/// What a command prints on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// Tables for reading.
    #[default]
    Text,
    /// The result document and nothing else.
    Json,
}

/// The format of single trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SamplesFormat {
    /// `samples.csv`.
    #[default]
    Csv,
    /// `samples.parquet`; only with the feature `parquet`.
    Parquet,
}

impl SamplesFormat {
    /// The format of this word, or the fault of one that this program was built without.
    pub fn of(word: &str) -> Option<Result<Self, Text>> {
        match word {
            "csv" => Some(Ok(Self::Csv)),
            "parquet" if cfg!(feature = "parquet") => Some(Ok(Self::Parquet)),
            "parquet" => Some(Err(Self::missing())),
            _ => None,
        }
    }

    /// The fault of a format that this program was built without.
    pub fn missing() -> Text {
        text!(
            "这个程序编译时没有加入 Parquet；请改用 --samples-format csv，或用 cargo build --release --features parquet 重新编译",
            "this program was built without Parquet; use --samples-format csv, or build it again with cargo build --release --features parquet"
        )
    }
}

impl RunArgs {
    /// What the values of options say of a run of `file`.
    pub(super) fn of(file: OsString, values: Values) -> Self {
        Self {
            file: file.into(),
            policies: values.policies,
            worlds: values.worlds,
            switches: values.switches,
            trials: values.trials,
            precision: values.precision,
            samples: values.samples,
            samples_format: values.samples_format,
            sampler: values.sampler,
            seed: values.seed,
            threads: values.threads,
            out: values.out,
            format: values.format,
            briefing: values.report,
            quiet: values.quiet,
        }
    }
}
