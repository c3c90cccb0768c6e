//! Splits the command line into options and operands by their spelling, and goes on after every fault.

use std::ffi::{OsStr, OsString};

use lexopt::{Arg, Parser};

use super::command::{OPTIONS, Opt, OptionSpec};
use super::nearest::{nearest, shown};
use crate::text;
use crate::text::Text;

/// How much of an argument is shown in a message, in characters.
const SHOWN: usize = 80;

/// The dashes that input methods and word processors put in place of `-`.
const LONG_DASHES: [char; 8] = ['—', '–', '―', '－', '‒', '−', '‐', '─'];

/// What a command line consists of.
#[derive(Debug, Default)]
pub struct Scanned {
    /// The known options in their order, with values; the value of a switch is empty.
    pub options: Vec<(Opt, OsString)>,
    /// Everything that is no option, in its order; the first is the command.
    pub operands: Vec<OsString>,
    /// What is wrong with the spelling.
    pub faults: Vec<Text>,
    /// An unknown option may have had a value, which then stands among the operands.
    pub operands_uncertain: bool,
}

/// Reads all arguments (without the program's name). Never fails: faults are collected.
pub fn scan(args: impl IntoIterator<Item = OsString>) -> Scanned {
    /// One argument, detached from the parser.
    enum Word {
        Long(String),
        Short(char),
        Operand(OsString),
    }
    let mut scanned = Scanned::default();
    let mut parser = Parser::from_args(args.into_iter().collect::<Vec<_>>());
    loop {
        let word = match parser.next() {
            Ok(None) => return scanned,
            Ok(Some(Arg::Long(name))) => Word::Long(name.into()),
            Ok(Some(Arg::Short(letter))) => Word::Short(letter),
            Ok(Some(Arg::Value(operand))) => Word::Operand(operand),
            // Of its errors, `next` gives only that of a value after a switch, and goes on behind it.
            Err(error) => {
                let detail = display(OsStr::new(&error.to_string()));
                scanned.faults.push(text!("选项后多了一个值：{detail}", "a switch takes no value: {detail}"));
                continue;
            }
        };
        match word {
            Word::Long(name) => match OPTIONS.iter().find(|spec| spec.long == name) {
                Some(spec) => scanned.known(spec, &mut parser, true),
                None => scanned.unknown(&format!("--{name}"), &name, &mut parser),
            },
            Word::Short(letter) => match OPTIONS.iter().find(|spec| spec.short == Some(letter)) {
                Some(spec) => scanned.known(spec, &mut parser, false),
                None => {
                    // `-trials` is one misspelt option, not six.
                    let rest = parser.optional_value().unwrap_or_default();
                    let name = format!("{letter}{}", rest.to_string_lossy());
                    scanned.unknown(&format!("-{name}"), &name, &mut parser);
                }
            },
            Word::Operand(operand) => {
                let text = operand.to_string_lossy();
                let name = text.trim_start_matches(|c| c == '-' || LONG_DASHES.contains(&c));
                if text.starts_with(LONG_DASHES) && meant(name).is_some() {
                    scanned.unknown(&text, name, &mut parser);
                } else {
                    scanned.operands.push(operand);
                }
            }
        }
    }
}

impl Scanned {
    /// Takes the value of a known option, if it has one. `long` because `-qh` is two switches, not a value.
    fn known(&mut self, spec: &OptionSpec, parser: &mut Parser, long: bool) {
        let (name, Text { zh: example_zh, en: example_en }) = (spec.long, spec.example());
        if spec.value.is_none() {
            if let Some(value) = long.then(|| parser.optional_value()).flatten() {
                let value = display(&value);
                self.faults.push(text!(
                    "--{name} 是开关，后面不带值；请去掉“={value}”",
                    "--{name} is a switch and takes no value; leave out “={value}”"
                ));
            }
            self.options.push((spec.opt, OsString::new()));
        } else if let Some(value) = parser.optional_value().or_else(|| following_value(parser)) {
            self.options.push((spec.opt, value));
        } else {
            self.faults.push(text!(
                "--{name} 后面缺少值；例如 --{name} {example_zh}",
                "--{name} needs a value, such as --{name} {example_en}"
            ));
        }
    }

    /// Reports an unknown option and passes over the value it would have if it is what was probably meant.
    fn unknown(&mut self, written: &str, name: &str, parser: &mut Parser) {
        let written = display(OsStr::new(written));
        let mut has_value = parser.optional_value().is_some();
        match meant(name) {
            Some(spec) => {
                let near = spec.long;
                self.faults.push(text!(
                    "没有选项 {written}；是不是 --{near}？",
                    "there is no option {written}; did you mean --{near}?"
                ));
                if spec.value.is_some() && !has_value && !name.contains('=') {
                    following_value(parser);
                }
            }
            None => {
                has_value |= name.contains('=');
                self.operands_uncertain |= !has_value;
                self.faults.push(text!(
                    "没有选项 {written}；可用的选项见 clustercast help",
                    "there is no option {written}; see clustercast help for those there are"
                ));
            }
        }
    }
}

/// The option that an unknown spelling was probably meant to be.
fn meant(name: &str) -> Option<&'static OptionSpec> {
    let name = name.split('=').next().unwrap_or_default();
    let near = nearest(name, OPTIONS.iter().map(|spec| spec.long))?;
    OPTIONS.iter().find(|spec| spec.long == near)
}

/// The next argument, unless it is an option itself; a negative number is a value, if a wrong one.
fn following_value(parser: &mut Parser) -> Option<OsString> {
    parser.try_raw_args()?.next_if(|next| {
        let next = next.to_string_lossy();
        match next.strip_prefix('-') {
            None | Some("") => true,
            Some(rest) => rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'),
        }
    })
}

/// An argument as shown in messages: safe, and cut if very long.
pub fn display(argument: &OsStr) -> String {
    let text = argument.to_string_lossy();
    let mut cut: String = shown(&text).chars().take(SHOWN).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Scanned {
        scan(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn options_and_operands_are_told_apart_wherever_they_stand() {
        let scanned = words("--lang en run a.toml --trials=5 -q --seed -- b.toml --out");
        assert_eq!(scanned.operands, ["run", "a.toml", "b.toml", "--out"]);
        let options: Vec<_> =
            scanned.options.iter().map(|(opt, value)| (*opt, value.to_str().unwrap())).collect();
        assert_eq!(options, [(Opt::Lang, "en"), (Opt::Trials, "5"), (Opt::Quiet, "")]);
        assert_eq!(scanned.faults.len(), 1);
        assert!(scanned.faults[0].en.starts_with("--seed needs a value"));
    }

    #[test]
    fn a_misspelt_option_takes_its_value_with_it() {
        for line in [
            "--trial 5",
            "--trial=5",
            "-trials 5",
            "-trials=5",
            "—trials 5",
            "——trials 5",
            "－－trials=5",
            "--TRIALS 5",
        ] {
            let scanned = words(line);
            assert_eq!(scanned.faults.len(), 1, "{line}: {:?}", scanned.faults);
            assert!(scanned.faults[0].zh.contains("--trials？"), "{line}: {:?}", scanned.faults);
            assert!(scanned.operands.is_empty() && !scanned.operands_uncertain, "{line}");
        }
    }

    #[test]
    fn an_unknown_option_makes_operands_uncertain_unless_its_value_is_attached() {
        assert!(words("--xyzzy 5").operands_uncertain);
        assert!(!words("--xyzzy=5").operands_uncertain);
    }

    #[test]
    fn switches_take_no_value() {
        assert!(words("--quiet=yes").faults[0].zh.contains("不带值"));
        assert_eq!(words("-q=yes -h").faults.len(), 1);
        assert_eq!(words("-qh").options.len(), 2);
    }

    #[test]
    fn a_negative_number_is_a_value_and_a_dash_too() {
        assert_eq!(words("--trials -5").options, [(Opt::Trials, OsString::from("-5"))]);
        assert_eq!(words("--out -").options, [(Opt::Out, OsString::from("-"))]);
    }

    #[test]
    fn long_arguments_are_cut_in_messages() {
        assert_eq!(display(OsStr::new(&"长".repeat(81))), format!("{}…", "长".repeat(80)));
        assert_eq!(display(OsStr::new("长")), "长");
    }
}
