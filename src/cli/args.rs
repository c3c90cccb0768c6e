//! What the command line asks for: typed commands, or all its faults in both languages.

mod asked;
mod decision;

pub use asked::{BenchArgs, CoverageArgs, Format, PlanArgs, RunArgs, SamplesFormat};
pub use decision::DecisionArgs;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};

use super::command::{COMMANDS, CommandSpec, Name, Operands, Opt};
use super::exit::Exit;
use super::lang;
use super::nearest::nearest;
use super::scan::{Scanned, display, scan};
use super::values::Values;
use crate::model::Choices;
use crate::text;
use crate::text::{Lang, Text};

/// A command with everything it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// `run`
    Run(RunArgs),
    /// `report`; a briefing is always asked for.
    Report(RunArgs),
    /// A decision analysis.
    Decide(DecisionArgs),
    /// `check`: one or more scenario files.
    Check {
        /// The files, in the order given.
        files: Vec<PathBuf>,
        /// Options of switches by identifier, in place of the files'.
        switches: Choices,
    },
    /// `coverage`
    Coverage(CoverageArgs),
    /// `plan`
    Plan(PlanArgs),
    /// `explain`
    Explain {
        /// The key; all keys if absent.
        key: Option<String>,
    },
    /// `catalogue`
    Catalogue {
        /// The id or word; all entries if absent.
        word: Option<String>,
    },
    /// `schema`
    Schema,
    /// `new`
    New {
        /// The file to create; standard output if absent, or a name of the program's for a workbook.
        path: Option<PathBuf>,
        /// Whether a workbook to fill in is wanted.
        xlsx: bool,
    },
    /// `import`
    Import {
        /// The workbook.
        book: PathBuf,
        /// The file to create; the workbook's name with `.toml` if absent.
        out: Option<PathBuf>,
    },
    /// `hindcast`; its folder is never given.
    Hindcast(RunArgs),
    /// `bench`
    Bench(BenchArgs),
    /// `verify`
    Verify {
        /// The result file.
        file: PathBuf,
    },
    /// `help`, `--help`, or no argument at all.
    Help(Option<Name>),
    /// `--version`
    Version,
}

/// A command line as understood: the language is known even when the rest is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Invocation {
    /// The language of everything that is said from now on.
    pub lang: Lang,
    /// What to do.
    pub command: Result<Command, UsageError>,
}

/// Everything that is wrong with a command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageError {
    faults: Vec<Text>,
    topic: Option<Name>,
}

/// Understands the arguments `args` (without the program's name), in the environment that `variable` looks up.
///
/// `--help`, then `--version`, count wherever they stand and whatever else is wrong, because whoever writes them
/// wants to know how to do it right. No argument at all, or only `--lang`, asks for help too.
pub fn parse(
    args: impl IntoIterator<Item = OsString>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Invocation {
    let mut scanned = scan(args);
    let mut faults = std::mem::take(&mut scanned.faults);
    let values = Values::read(&scanned.options, &mut faults);
    let lang = values.lang.unwrap_or_else(|| lang::from_environment(variable));
    let word = scanned.operands.first().map(OsString::as_os_str);
    let name = word.and_then(OsStr::to_str).and_then(Name::from_word);
    if values.help {
        return Invocation { lang, command: Ok(Command::Help(name)) };
    }
    if values.version {
        return Invocation { lang, command: Ok(Command::Version) };
    }
    let command = match (name, word) {
        (Some(name), _) => {
            check_options(name.spec(), &scanned.options, &mut faults);
            build(name.spec(), &scanned, values, &mut faults)
        }
        (None, Some(word)) => {
            faults.push(unknown_command(word));
            None
        }
        (None, None) if faults.is_empty() && scanned.options.iter().all(|(opt, _)| *opt == Opt::Lang) => {
            Some(Command::Help(None))
        }
        (None, None) => {
            faults.push(text!(
                "没有写命令；例如 clustercast run scenarios/hubei-2027.toml",
                "no command is given; write, for example, clustercast run scenarios/hubei-2027.toml"
            ));
            None
        }
    };
    let command = command.filter(|_| faults.is_empty()).ok_or(UsageError { faults, topic: name });
    Invocation { lang, command }
}

/// Options that the command does not take, and repetitions of those that stand alone; each reported once.
fn check_options(spec: &CommandSpec, options: &[(Opt, OsString)], faults: &mut Vec<Text>) {
    for (index, (opt, _)) in options.iter().enumerate() {
        let (name, word) = (opt.spec().long, spec.word);
        let before = options[..index].iter().filter(|(other, _)| other == opt).count();
        match spec.takes(*opt) {
            None if before == 0 => {
                let takers: Vec<_> = COMMANDS
                    .iter()
                    .filter(|other| other.takes(*opt).is_some())
                    .map(|other| other.word)
                    .collect();
                let (zh, en) = (takers.join("、"), takers.join(", "));
                faults.push(text!(
                    "{word} 没有选项 --{name}（只用于 {zh}）；请去掉",
                    "{word} has no option --{name} (it belongs to: {en}); leave it out"
                ));
            }
            Some(false) if before == 1 => {
                faults.push(text!(
                    "--{name} 只能写一次；请只留一个",
                    "--{name} may be given only once; keep one of them"
                ));
            }
            _ => {}
        }
    }
}

/// Puts operands and values together; `None` goes with at least one new fault.
fn build(spec: &CommandSpec, scanned: &Scanned, values: Values, faults: &mut Vec<Text>) -> Option<Command> {
    let operands = checked_operands(spec, scanned, faults);
    let mut operands = operands.into_iter();
    Some(match spec.name {
        Name::Run => Command::Run(RunArgs::of(operands.next()?, values)),
        Name::Report => Command::Report(RunArgs { briefing: true, ..RunArgs::of(operands.next()?, values) }),
        Name::Hindcast => Command::Hindcast(RunArgs::of(operands.next()?, values)),
        Name::Compare
        | Name::Solve
        | Name::Optimise
        | Name::Decompose
        | Name::Drivers
        | Name::Discover
        | Name::Stress => Command::Decide(DecisionArgs::of(spec.name, operands.next()?, values)),
        Name::Check => {
            Command::Check { files: operands.map(PathBuf::from).collect(), switches: values.switches }
        }
        Name::Coverage => Command::Coverage(CoverageArgs {
            files: operands.map(PathBuf::from).collect(),
            all: values.all,
            format: values.format,
        }),
        Name::Plan => Command::Plan(PlanArgs {
            file: operands.next()?.into(),
            policies: values.policies,
            world: values.worlds.into_iter().next(),
        }),
        Name::Explain => {
            Command::Explain { key: operands.next().map(|key| key.to_string_lossy().into_owned()) }
        }
        Name::Catalogue => {
            Command::Catalogue { word: operands.next().map(|word| word.to_string_lossy().into_owned()) }
        }
        Name::Schema => Command::Schema,
        Name::New => {
            let path = operands.next().map(PathBuf::from);
            let is_book =
                path.as_deref().and_then(Path::extension).is_some_and(|extension| extension == "xlsx");
            Command::New { xlsx: values.xlsx || is_book, path }
        }
        Name::Import => {
            Command::Import { book: operands.next()?.into(), out: operands.next().map(PathBuf::from) }
        }
        Name::Bench => Command::Bench(BenchArgs {
            file: operands.next().map(PathBuf::from),
            policies: values.policies,
            worlds: values.worlds,
            switches: values.switches,
            threads: values.threads,
            format: values.format,
        }),
        Name::Verify => Command::Verify { file: operands.next()?.into() },
        Name::Help => Command::Help(match operands.next() {
            None => None,
            Some(word) => match word.to_str().and_then(Name::from_word) {
                Some(name) => Some(name),
                None => {
                    faults.push(unknown_command(&word));
                    return None;
                }
            },
        }),
    })
}

/// The operands behind the command, if their number is right; nothing where it is not.
fn checked_operands(spec: &CommandSpec, scanned: &Scanned, faults: &mut Vec<Text>) -> Vec<OsString> {
    let operands = &scanned.operands[1..];
    let word = spec.word;
    if operands.iter().any(|operand| operand.is_empty()) {
        faults.push(text!(
            "{word} 后面有一个空的参数；请去掉或写全",
            "{word} is followed by an empty argument; complete it"
        ));
    }
    let (least, most) = match spec.operands {
        Operands::None => (0, 0),
        Operands::Optional(_) => (0, 1),
        Operands::One(_) => (1, 1),
        Operands::OneOrTwo(..) => (1, 2),
        Operands::Many(_) => (1, usize::MAX),
        Operands::Any(_) => (0, usize::MAX),
    };
    if operands.len() < least {
        let (zh, en) = (spec.usage(Lang::Zh), spec.usage(Lang::En));
        faults.push(text!("{word} 后面缺少参数；应写成 {zh}", "{word} lacks an argument; write {en}"));
    }
    if operands.len() > most && !scanned.operands_uncertain {
        let rest: Vec<_> = operands[most..].iter().map(|operand| display(operand)).collect();
        let rest = rest.join(" ");
        let (zh, en) = (spec.usage(Lang::Zh), spec.usage(Lang::En));
        faults.push(text!(
            "{word} 后面多了：{rest}；应写成 {zh}",
            "{word} has too many arguments: {rest}; write {en}"
        ));
    }
    operands.to_vec()
}

/// The fault of a first word that is no command, with the likeliest meaning.
fn unknown_command(word: &OsStr) -> Text {
    let lossy = word.to_string_lossy();
    let shown = display(word);
    let by_extension = [(".toml", Name::Run), (".json", Name::Verify), (".xlsx", Name::Import)];
    if let Some((_, name)) = by_extension.iter().find(|(extension, _)| lossy.ends_with(extension)) {
        let command = name.spec().word;
        return text!(
            "文件名“{shown}”前面缺少命令；是不是 clustercast {command} {shown}？",
            "the file name “{shown}” needs a command before it; did you mean clustercast {command} {shown}?"
        );
    }
    match nearest(&lossy, COMMANDS.iter().map(|spec| spec.word)) {
        Some(near) => {
            text!("没有命令“{shown}”；是不是 {near}？", "there is no command “{shown}”; did you mean {near}?")
        }
        None => {
            let all: Vec<_> = COMMANDS.iter().map(|spec| spec.word).collect();
            let (zh, en) = (all.join("、"), all.join(", "));
            text!("没有命令“{shown}”；命令有 {zh}", "there is no command “{shown}”; the commands are {en}")
        }
    }
}

impl UsageError {
    /// What is wrong, in the order of finding; never empty.
    pub fn faults(&self) -> &[Text] {
        &self.faults
    }

    /// The whole message: a line for each fault, then where to read more. Ends with a line end.
    pub fn text(&self) -> Text {
        let (mut zh, mut en) = (String::new(), String::new());
        for fault in &self.faults {
            zh.extend(["错误：", &fault.zh, "\n"]);
            en.extend(["error: ", &fault.en, "\n"]);
        }
        // `help help` tells nothing that `help` does not
        let topic = self.topic.filter(|name| *name != Name::Help);
        let topic = topic.map_or_else(String::new, |name| format!(" {}", name.spec().word));
        text!("{zh}用法见 clustercast help{topic}\n", "{en}for usage see clustercast help{topic}\n")
    }

    /// The exit code: always bad input.
    pub fn exit(&self) -> Exit {
        Exit::BadInput
    }
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text().en.trim_end())
    }
}

impl std::error::Error for UsageError {}

#[cfg(test)]
mod tests;
