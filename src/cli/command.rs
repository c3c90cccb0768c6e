//! What a command and an option are; parser, help and messages are all made from one table of them.

mod decisions;
mod discovery;
mod options;
mod stress;
mod table;

pub use options::OPTIONS;
pub use table::{COMMANDS, GLOBAL};

use crate::analysis::decision::{self, compare, decompose, discover, drivers, optimise, solve};
use crate::text::{Lang, Text};

/// A fixed text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Simplified Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Label {
    /// The version in `lang`.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// The commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// Simulate a scenario.
    Run,
    /// Make everything for a briefing.
    Report,
    /// Compare policies in worlds.
    Compare,
    /// Find what reaches a wanted probability.
    Solve,
    /// Split a budget.
    Optimise,
    /// Split a target over clusters and years.
    Decompose,
    /// Tell what moves the result.
    Drivers,
    /// Tell under which conditions a target is missed or met.
    Discover,
    /// Test a policy under worlds and shocks.
    Stress,
    /// Validate scenario files.
    Check,
    /// Tell what of the documents the scenarios use.
    Coverage,
    /// Show the compiled plan.
    Plan,
    /// Explain a scenario key.
    Explain,
    /// Show the catalogue of instruments.
    Catalogue,
    /// Print the JSON Schema.
    Schema,
    /// Write a starter file.
    New,
    /// Turn a workbook into a scenario.
    Import,
    /// Hold a prediction against what happened.
    Hindcast,
    /// Measure the speed.
    Bench,
    /// Re-run and compare a result.
    Verify,
    /// Show help.
    Help,
}

/// The options. One spelling means the same in every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opt {
    /// `--policy ID`
    Policy,
    /// `--world ID`
    World,
    /// `--target ID`
    Target,
    /// `--shock PATH`
    Shock,
    /// `--budget MONEY`
    Budget,
    /// `--probability P`
    Probability,
    /// `--bound ID=LOW..HIGH`
    Bound,
    /// `--from YEAR`
    From,
    /// `--rule WORD`
    Rule,
    /// `--lever PATH`
    Lever,
    /// `--outcome hit|miss`
    Outcome,
    /// `--switch ID=OPTION`
    Switch,
    /// `--trials N`
    Trials,
    /// `--precision PP`
    Precision,
    /// `--samples N`
    Samples,
    /// `--samples-format csv|parquet`
    SamplesFormat,
    /// `--sampler plain|sobol|line`
    Sampler,
    /// `--seed S`
    Seed,
    /// `--threads K`
    Threads,
    /// `--out DIR`
    Out,
    /// `--format text|json`
    Format,
    /// `--quiet`
    Quiet,
    /// `--xlsx`
    Xlsx,
    /// `--all`
    All,
    /// `--report`
    Report,
    /// `--lang zh|en`
    Lang,
    /// `--help`
    Help,
    /// `--version`
    Version,
}

/// The words a command takes besides options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operands {
    /// None at all.
    None,
    /// One, or none.
    Optional(Label),
    /// Exactly one.
    One(Label),
    /// One, and perhaps a second.
    OneOrTwo(Label, Label),
    /// One or more.
    Many(Label),
    /// Any number, or none.
    Any(Label),
}

/// One option: how it is written and what it does.
#[derive(Debug)]
pub struct OptionSpec {
    /// Which option.
    pub opt: Opt,
    /// The spelling after `--`.
    pub long: &'static str,
    /// The letter after `-`, if it has one.
    pub short: Option<char>,
    /// What stands for its value in help; `None` for a switch.
    pub value: Option<Label>,
    /// A value that shows how it is written, for messages.
    pub example: &'static str,
    /// What it does, in a few words, with its default.
    pub help: Label,
}

/// One command: what it takes and what it does.
#[derive(Debug)]
pub struct CommandSpec {
    /// Which command.
    pub name: Name,
    /// How it is written.
    pub word: &'static str,
    /// What it takes besides options.
    pub operands: Operands,
    /// The options it takes, each with whether it may be given several times. [`GLOBAL`] ones are not repeated here.
    pub options: &'static [(Opt, bool)],
    /// What it does, in a few words.
    pub summary: Label,
    /// What else a user has to know; may have several lines.
    pub detail: Label,
    /// Command lines that work, without the program's name; what differs between the languages is written `{中文|English}`
    /// (see [`CommandSpec::examples`]).
    pub examples: &'static [&'static str],
}

impl Name {
    /// The entry of the table.
    pub fn spec(self) -> &'static CommandSpec {
        COMMANDS.iter().find(|spec| spec.name == self).expect("a test holds that every command has an entry")
    }

    /// Trials that a decision analysis simulates unless asked otherwise; of other commands the scenario decides.
    pub fn trials(self) -> Option<u64> {
        match self {
            Self::Compare => Some(compare::TRIALS),
            Self::Solve => Some(solve::TRIALS),
            Self::Optimise => Some(optimise::TRIALS),
            Self::Decompose => Some(decompose::TRIALS),
            Self::Drivers => Some(drivers::TRIALS),
            Self::Discover => Some(discover::TRIALS),
            Self::Stress => Some(decision::stress::TRIALS),
            _ => None,
        }
    }

    /// The command written `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        COMMANDS.iter().find(|spec| spec.word == word).map(|spec| spec.name)
    }
}

impl Opt {
    /// The entry of the table.
    pub fn spec(self) -> &'static OptionSpec {
        OPTIONS.iter().find(|spec| spec.opt == self).expect("a test holds that every option has an entry")
    }
}

impl OptionSpec {
    /// The example in messages: money is counted in another unit in English.
    pub fn example(&self) -> Text {
        let english = match self.opt {
            Opt::Budget => "8bn",
            Opt::Bound => "fund=2..6bn",
            _ => self.example,
        };
        Text::new(self.example, english)
    }
}

impl CommandSpec {
    /// Whether the command takes `opt`, and if so whether several times.
    pub fn takes(&self, opt: Opt) -> Option<bool> {
        let own = self.options.iter().find(|(own, _)| *own == opt).map(|(_, repeated)| *repeated);
        own.or_else(|| GLOBAL.contains(&opt).then_some(false))
    }

    /// Its examples as a reader of this language would write them.
    pub fn examples(&self, lang: Lang) -> impl Iterator<Item = String> {
        self.examples.iter().map(move |example| {
            let mut line = String::new();
            for part in example.split('{') {
                let (own, rest) = part.split_once('}').map_or((None, part), |(own, rest)| (Some(own), rest));
                let pick = |both: &'static str| {
                    let (zh, en) = both.split_once('|').unwrap_or((both, both));
                    if lang == Lang::Zh { zh } else { en }
                };
                line.push_str(own.map_or("", pick));
                line.push_str(rest);
            }
            line
        })
    }

    /// The command with what it takes besides options.
    pub fn call(&self, lang: Lang) -> String {
        let word = self.word;
        match self.operands {
            Operands::None => word.into(),
            Operands::Optional(what) => format!("{word} [{}]", what.get(lang)),
            Operands::One(what) => format!("{word} <{}>", what.get(lang)),
            Operands::OneOrTwo(first, second) => {
                format!("{word} <{}> [{}]", first.get(lang), second.get(lang))
            }
            Operands::Many(what) => format!("{word} <{}>…", what.get(lang)),
            Operands::Any(what) => format!("{word} [{}]…", what.get(lang)),
        }
    }

    /// How to write the whole line, without the options' details.
    pub fn usage(&self, lang: Lang) -> String {
        let options = match (self.options.is_empty(), lang) {
            (true, _) => "",
            (false, Lang::Zh) => " [选项]",
            (false, Lang::En) => " [OPTIONS]",
        };
        format!("clustercast {}{options}", self.call(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_has_exactly_one_entry_and_spellings_are_unique() {
        let names = [
            Name::Run,
            Name::Report,
            Name::Compare,
            Name::Solve,
            Name::Optimise,
            Name::Decompose,
            Name::Drivers,
            Name::Discover,
            Name::Stress,
            Name::Check,
            Name::Coverage,
            Name::Plan,
            Name::Explain,
            Name::Catalogue,
            Name::Schema,
            Name::New,
            Name::Import,
            Name::Hindcast,
            Name::Bench,
            Name::Verify,
            Name::Help,
        ];
        assert_eq!(COMMANDS.iter().map(|spec| spec.name).collect::<Vec<_>>(), names);
        for (index, spec) in OPTIONS.iter().enumerate() {
            assert!(std::ptr::eq(spec.opt.spec(), spec), "{}", spec.long);
            let later = &OPTIONS[index + 1..];
            assert!(later.iter().all(|other| other.long != spec.long), "{}", spec.long);
            assert!(
                spec.short.is_none() || later.iter().all(|other| other.short != spec.short),
                "{}",
                spec.long
            );
            let taken = GLOBAL.contains(&spec.opt)
                || COMMANDS.iter().any(|command| command.takes(spec.opt).is_some());
            assert!(taken, "no command takes {}", spec.long);
            assert_eq!(spec.value.is_some(), !spec.example.is_empty(), "{}", spec.long);
        }
    }

    #[test]
    fn everything_is_said_in_both_languages() {
        let labels = COMMANDS.iter().flat_map(|spec| [spec.summary, spec.detail]);
        for label in labels.chain(OPTIONS.iter().map(|spec| spec.help)) {
            assert!(label.zh.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)), "{}", label.zh);
            assert!(!label.en.is_empty() && label.en.is_ascii(), "{}", label.en);
        }
    }

    #[test]
    fn usage_shows_what_is_needed() {
        assert_eq!(Name::Run.spec().usage(Lang::En), "clustercast run <FILE> [OPTIONS]");
        assert_eq!(Name::Check.spec().usage(Lang::Zh), "clustercast check <文件>… [选项]");
        assert_eq!(Name::Schema.spec().usage(Lang::Zh), "clustercast schema");
    }
}
