//! Reads the values of options, and says what is wrong with one and what to write instead.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use super::args::Format;
use super::args::SamplesFormat;
use super::command::Opt;
use super::lang;
use super::money;
use super::number::{NumberError, whole};
use super::precision;
use super::probability;
use super::scan::display;
use crate::analysis::decision::discover::Outcome;
use crate::analysis::decision::optimise::RuleName;
use crate::analysis::{Precision, Sampler};
use crate::model::Choices;
use crate::text;
use crate::text::{Lang, Text};

/// The largest number of trials, 10^12: more would run for months.
pub const MAX_TRIALS: u64 = 1_000_000_000_000;

/// The largest number of threads.
pub const MAX_THREADS: u64 = 1024;

/// The values of all options given; which of them a command takes is not looked at here.
#[derive(Debug, Default)]
pub struct Values {
    /// `--policy`, in the order given.
    pub policies: Vec<String>,
    /// `--world`, in the order given.
    pub worlds: Vec<String>,
    /// `--target`
    pub target: Option<String>,
    /// `--shock`, in the order given.
    pub shocks: Vec<String>,
    /// `--budget`, 亿元.
    pub budget: Option<f64>,
    /// `--probability`, in (0, 1).
    pub probability: Option<f64>,
    /// `--bound`: instrument, least and most money, 亿元.
    pub bounds: Vec<(String, f64, f64)>,
    /// `--from`: a year.
    pub from: Option<i32>,
    /// `--rule`
    pub rule: RuleName,
    /// `--lever`
    pub lever: Option<String>,
    /// `--outcome`
    pub outcome: Option<Outcome>,
    /// `--switch`: options by switch.
    pub switches: Choices,
    /// `--trials`
    pub trials: Option<u64>,
    /// `--precision`, in the order given.
    pub precision: Vec<Precision>,
    /// `--samples`
    pub samples: Option<u64>,
    /// `--samples-format`
    pub samples_format: SamplesFormat,
    /// `--sampler`
    pub sampler: Sampler,
    /// `--seed`
    pub seed: Option<u64>,
    /// `--threads`
    pub threads: Option<usize>,
    /// `--out`
    pub out: Option<PathBuf>,
    /// `--format`
    pub format: Format,
    /// `--quiet`
    pub quiet: bool,
    /// `--xlsx`
    pub xlsx: bool,
    /// `--all`
    pub all: bool,
    /// `--report`
    pub report: bool,
    /// `--lang`; the first that names a language, so that a repetition cannot hide it.
    pub lang: Option<Lang>,
    /// `--help`
    pub help: bool,
    /// `--version`
    pub version: bool,
}

impl Values {
    /// Reads every value, with one fault for each that cannot be used.
    pub fn read(options: &[(Opt, OsString)], faults: &mut Vec<Text>) -> Self {
        let mut values = Self::default();
        for (opt, value) in options {
            if let Err(fault) = values.set(*opt, value) {
                faults.push(fault);
            }
        }
        values
    }

    fn set(&mut self, opt: Opt, value: &OsStr) -> Result<(), Text> {
        match opt {
            Opt::Policy => push_new(&mut self.policies, opt, value)?,
            Opt::World => push_new(&mut self.worlds, opt, value)?,
            Opt::Shock => push_new(&mut self.shocks, opt, value)?,
            Opt::Target => self.target = Some(text_value(opt, value)?.to_owned()),
            Opt::Budget => self.budget = Some(money::budget(text_value(opt, value)?)?),
            Opt::Probability => self.probability = Some(chance(opt, value)?),
            Opt::Bound => self.bounds.push(money::bound(text_value(opt, value)?)?),
            Opt::From => self.from = i32::try_from(number(opt, value, 1, 9999, "9999")?).ok(),
            Opt::Rule => {
                self.rule = match text_value(opt, value)?.to_ascii_lowercase().as_str() {
                    "mean" => RuleName::Mean,
                    "maximin" => RuleName::Maximin,
                    "regret" => RuleName::Regret,
                    _ => return Err(not_one_of(opt, value)),
                }
            }
            Opt::Lever => self.lever = Some(text_value(opt, value)?.trim().to_owned()),
            Opt::Outcome => {
                self.outcome = Some(match text_value(opt, value)?.to_ascii_lowercase().as_str() {
                    "hit" => Outcome::Hit,
                    "miss" => Outcome::Miss,
                    _ => return Err(not_one_of(opt, value)),
                });
            }
            Opt::Switch => choose(&mut self.switches, opt, value)?,
            Opt::Trials => self.trials = Some(number(opt, value, 1, MAX_TRIALS, "10^12")?),
            Opt::Precision => self.precision.push(half_width(opt, value)?),
            Opt::Samples => self.samples = Some(number(opt, value, 1, MAX_TRIALS, "10^12")?),
            Opt::SamplesFormat => {
                let word = text_value(opt, value)?.to_ascii_lowercase();
                self.samples_format = SamplesFormat::of(&word).ok_or_else(|| not_one_of(opt, value))??;
            }
            Opt::Sampler => {
                let word = text_value(opt, value)?.to_ascii_lowercase();
                self.sampler = Sampler::of(&word).ok_or_else(|| not_one_of(opt, value))?;
            }
            Opt::Seed => self.seed = Some(number(opt, value, 0, u64::MAX, "2^64 - 1")?),
            Opt::Threads => {
                self.threads = usize::try_from(number(opt, value, 1, MAX_THREADS, "1024")?).ok();
            }
            Opt::Out => {
                // Checked for being empty only: a path need not be Unicode.
                if value.is_empty() {
                    return Err(empty(opt));
                }
                self.out = Some(value.into());
            }
            Opt::Format => {
                self.format = match text_value(opt, value)?.to_ascii_lowercase().as_str() {
                    "text" => Format::Text,
                    "json" => Format::Json,
                    _ => return Err(not_one_of(opt, value)),
                }
            }
            Opt::Quiet => self.quiet = true,
            Opt::Xlsx => self.xlsx = true,
            Opt::All => self.all = true,
            Opt::Report => self.report = true,
            Opt::Lang => {
                let named = lang::from_word(text_value(opt, value)?).ok_or_else(|| not_one_of(opt, value))?;
                self.lang.get_or_insert(named);
            }
            Opt::Help => self.help = true,
            Opt::Version => self.version = true,
        }
        Ok(())
    }
}

/// Adds an identifier that is not there yet.
fn push_new(list: &mut Vec<String>, opt: Opt, value: &OsStr) -> Result<(), Text> {
    let id = text_value(opt, value)?;
    if list.iter().any(|other| other == id) {
        let (name, id) = (opt.spec().long, display(value));
        return Err(text!(
            "--{name} {id} 写了两次；请去掉一个",
            "--{name} {id} is given twice; leave one out"
        ));
    }
    list.push(id.into());
    Ok(())
}

/// Adds an option of a switch that has none yet, written `switch=option`.
fn choose(choices: &mut Choices, opt: Opt, value: &OsStr) -> Result<(), Text> {
    let text = text_value(opt, value)?;
    let (name, example) = (opt.spec().long, opt.spec().example);
    let Some((switch, option)) = text.split_once('=').map(|(a, b)| (a.trim(), b.trim())) else {
        let value = display(value);
        return Err(text!(
            "--{name} 的值“{value}”要写成 开关=选项；例如 --{name} {example}",
            "the value “{value}” of --{name} must be switch=option; write --{name} {example}, say"
        ));
    };
    if switch.is_empty() || option.is_empty() {
        return Err(empty(opt));
    }
    if choices.insert(switch.to_owned(), option.to_owned()).is_some() {
        return Err(text!(
            "--{name} {switch} 写了两次；请去掉一个",
            "--{name} {switch} is given twice; leave one out"
        ));
    }
    Ok(())
}

/// A probability strictly between 0 and 1.
fn chance(opt: Opt, value: &OsStr) -> Result<f64, Text> {
    let text = text_value(opt, value)?;
    probability::read(text).map_err(|problem| {
        let (zh, en) = (problem.zh, problem.en);
        let (name, example, value) = (opt.spec().long, opt.spec().example, display(value));
        text!(
            "--{name} 的值“{value}”{zh}；请写 0 到 100% 之间的可能性，例如 --{name} {example}、0.8 或 八成",
            "the value “{value}” of --{name} {en}; write a probability between 0 and 100%, such as --{name} {example} or 0.8"
        )
    })
}

/// A half-width in percentage points.
fn half_width(opt: Opt, value: &OsStr) -> Result<Precision, Text> {
    precision::read(text_value(opt, value)?).ok_or_else(|| {
        let (name, value) = (opt.spec().long, display(value));
        text!(
            "--{name} 的值“{value}”无效；请写0.0001到50之间的百分点，例如 --{name} 0.1pp 或 --{name} 目标编号=0.1个百分点",
            "“{value}” is no value of --{name}; write percentage points between 0.0001 and 50, as --{name} 0.1pp or --{name} TARGET=0.1pp"
        )
    })
}

/// A value that has to be text: neither empty nor broken Unicode.
fn text_value(opt: Opt, value: &OsStr) -> Result<&str, Text> {
    match value.to_str() {
        Some(text) if !text.trim().is_empty() => Ok(text),
        Some(_) => Err(empty(opt)),
        None => {
            let (name, value) = (opt.spec().long, display(value));
            Err(text!(
                "--{name} 的值“{value}”含有无法识别的字符；请重新输入",
                "the value “{value}” of --{name} has characters that are not Unicode; type it anew"
            ))
        }
    }
}

fn empty(opt: Opt) -> Text {
    let spec = opt.spec();
    let (name, Text { zh: example_zh, en: example_en }) = (spec.long, spec.example());
    text!(
        "--{name} 的值是空的；例如 --{name} {example_zh}",
        "the value of --{name} is empty; write --{name} {example_en}, say"
    )
}

/// The fault of a value for an option whose placeholder lists what may be written.
fn not_one_of(opt: Opt, value: &OsStr) -> Text {
    let (name, value) = (opt.spec().long, display(value));
    let choices = opt.spec().value.map_or("", |label| label.en);
    let (zh, en) = (choices.replace('|', " 或 "), choices.replace('|', " or "));
    text!("--{name} 的值“{value}”无效；请写 {zh}", "“{value}” is no value of --{name}; write {en}")
}

/// A whole number from `min` to `max`; `limit` is how a message writes `max`.
fn number(opt: Opt, value: &OsStr, min: u64, max: u64, limit: &str) -> Result<u64, Text> {
    let text = text_value(opt, value)?;
    // "10万次": the unit of the thing counted is harmless.
    let digits = if opt == Opt::Trials { text.trim().trim_end_matches('次') } else { text };
    let problem = match whole(digits) {
        Ok(number) if number < min => text!("太小", "is too small"),
        Ok(number) if number <= max => return Ok(number),
        Ok(_) | Err(NumberError::TooLarge) => text!("太大", "is too large"),
        Err(NumberError::NotANumber) => text!("不是数", "is not a number"),
        Err(NumberError::Negative) => text!("是负数", "is negative"),
        Err(NumberError::NotWhole) => text!("不是整数", "is not a whole number"),
    };
    let (zh, en) = (problem.zh, problem.en);
    let (name, example, value) = (opt.spec().long, opt.spec().example, display(value));
    let (also_zh, also_en) = if opt == Opt::Trials { (" 或 10万", " or 1e6") } else { ("", "") };
    Err(text!(
        "--{name} 的值“{value}”{zh}；请写 {min} 到 {limit} 的整数，例如 --{name} {example}{also_zh}",
        "the value “{value}” of --{name} {en}; write a whole number from {min} to {limit}, such as --{name} {example}{also_en}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(options: &[(Opt, &str)]) -> (Values, Vec<Text>) {
        let options: Vec<_> = options.iter().map(|(opt, value)| (*opt, OsString::from(value))).collect();
        let mut faults = Vec::new();
        (Values::read(&options, &mut faults), faults)
    }

    #[test]
    fn trials_are_read_as_planners_write_them() {
        for value in ["1e6", "1_000_000", "1,000,000", "100万", "100万次", "一百万次"] {
            assert_eq!(read(&[(Opt::Trials, value)]).0.trials, Some(1_000_000), "{value}");
        }
        assert_eq!(read(&[(Opt::Trials, "1e12")]).0.trials, Some(MAX_TRIALS));
    }

    #[test]
    fn bad_numbers_are_refused_with_their_reason() {
        for (opt, value, zh) in [
            (Opt::Trials, "0", "太小"),
            (Opt::Trials, "-5", "负数"),
            (Opt::Trials, "NaN", "不是数"),
            (Opt::Trials, "1.5", "不是整数"),
            (Opt::Trials, "1000000000001", "太大"),
            (Opt::Threads, "0", "太小"),
            (Opt::Threads, "1025", "太大"),
            (Opt::Seed, "18446744073709551616", "太大"),
            (Opt::Trials, "", "空的"),
        ] {
            let (values, faults) = read(&[(opt, value)]);
            assert_eq!((values.trials, values.seed, values.threads), (None, None, None));
            assert_eq!(faults.len(), 1, "{value}");
            let long = opt.spec().long;
            assert!(faults[0].zh.contains(zh) && faults[0].en.contains(long), "{:?}", faults[0]);
        }
    }

    #[test]
    fn zero_is_a_seed_and_the_largest_seed_is_exact() {
        assert_eq!(read(&[(Opt::Seed, "0")]).0.seed, Some(0));
        assert_eq!(read(&[(Opt::Seed, "18446744073709551615")]).0.seed, Some(u64::MAX));
    }

    #[test]
    fn words_are_checked_and_all_faults_are_reported() {
        let (values, faults) = read(&[
            (Opt::Format, "xml"),
            (Opt::Lang, "fr"),
            (Opt::Lang, "en"),
            (Opt::Policy, "plan"),
            (Opt::Policy, "plan"),
            (Opt::Out, ""),
        ]);
        assert_eq!(values.lang, Some(Lang::En));
        assert_eq!(values.policies, ["plan"]);
        assert_eq!(faults.len(), 4, "{faults:?}");
        assert!(faults[0].zh.contains("text 或 json"), "{faults:?}");
    }

    #[cfg(unix)]
    #[test]
    fn broken_unicode_is_a_fault_for_words_but_not_for_paths() {
        use std::os::unix::ffi::OsStringExt;
        let broken = OsString::from_vec(vec![b'a', 0xFF]);
        let mut faults = Vec::new();
        let values = Values::read(&[(Opt::Out, broken.clone()), (Opt::Policy, broken.clone())], &mut faults);
        assert_eq!(values.out, Some(PathBuf::from(broken)));
        assert_eq!(faults.len(), 1);
    }
}
