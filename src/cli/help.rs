//! The help pages, made from the table of commands.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::command::{COMMANDS, CommandSpec, GLOBAL, Name, Opt};
use crate::text;
use crate::text::{Lang, Text};

/// The name and version, as `--version` prints them, with a line end.
pub fn version() -> &'static str {
    concat!("clustercast ", env!("CARGO_PKG_VERSION"), "\n")
}

/// The help page of one command, or of the whole program, with a line end.
pub fn page(topic: Option<Name>, lang: Lang) -> String {
    topic.map_or_else(|| overview(lang), |name| command_page(name.spec(), lang))
}

fn overview(lang: Lang) -> String {
    let mut page = text!(
        "clustercast：产业目标有多大可能实现，取决于什么，要花多少钱\n\n用法：clustercast <命令> [选项]\n",
        "clustercast: how likely an industrial target is, what moves it, and what it costs\n\n\
         Usage: clustercast <COMMAND> [OPTIONS]\n"
    )
    .get(lang)
    .to_string();
    heading(&mut page, text!("命令", "Commands"), lang);
    table(&mut page, COMMANDS.iter().map(|spec| (spec.call(lang), spec.summary.get(lang).into())));
    heading(&mut page, text!("通用选项", "Options of every command"), lang);
    table(&mut page, GLOBAL.map(|opt| (option(opt, lang), opt.spec().help.get(lang).into())));
    heading(&mut page, text!("退出码", "Exit codes"), lang);
    let codes = [
        ("0", text!("完成", "done")),
        (
            "1",
            text!(
                "verify 比对不一致，或 coverage 有遗漏",
                "verify found a difference, or coverage something forgotten"
            ),
        ),
        ("2", text!("命令或文件内容有误", "the command line or the content of a file is wrong")),
        ("3", text!("文件无法读写", "a file cannot be read or written")),
        ("130", text!("被 Ctrl-C 中断", "interrupted by Ctrl-C")),
    ];
    table(&mut page, codes.map(|(code, meaning)| (code.to_string(), meaning.get(lang).to_string())));
    heading(&mut page, text!("先试这一条", "To begin with"), lang);
    let _ = writeln!(page, "  clustercast {}", Name::Run.spec().examples[0]);
    page
}

fn command_page(spec: &CommandSpec, lang: Lang) -> String {
    let (summary, detail, usage) = (spec.summary.get(lang), spec.detail.get(lang), spec.usage(lang));
    let mut page =
        text!("{summary}\n\n用法：{usage}\n\n{detail}\n", "{summary}\n\nUsage: {usage}\n\n{detail}\n")
            .get(lang)
            .to_string();
    heading(&mut page, text!("选项", "Options"), lang);
    let own = spec.options.iter().copied().chain(GLOBAL.map(|opt| (opt, false)));
    let rows = own.map(|(opt, repeated)| {
        let own = default(spec.name, opt)
            .map_or_else(Text::default, |Text { zh, en }| text!("（默认：{zh}）", " (default: {en})"));
        let more = if repeated { text!("，可多次给出", "; may be repeated") } else { Text::default() };
        let help =
            meaning(spec.name, opt).unwrap_or_else(|| Text::new(opt.spec().help.zh, opt.spec().help.en));
        (option(opt, lang), format!("{}{}{}", help.get(lang), own.get(lang), more.get(lang)))
    });
    table(&mut page, rows);
    heading(&mut page, text!("示例", "Examples"), lang);
    for example in spec.examples(lang) {
        let _ = writeln!(page, "  clustercast {example}");
    }
    page
}

/// What an option means to a command, where it does not mean the same to all.
fn meaning(name: Name, opt: Opt) -> Option<Text> {
    Some(match (opt, name) {
        (Opt::From, Name::Optimise) => text!(
            "只调整这一年及以后的钱，此前的算已花（默认：已有数字的次年）",
            "only money of this year and later is moved (default: after the figures)"
        ),
        (Opt::From, Name::Decompose) => text!(
            "任务从这一年起下达，此前只列预计数（默认：已有数字的次年）",
            "tasks are set from this year on (default: after the figures)"
        ),
        _ => return None,
    })
}

/// What a command does without an option whose default is not the same for all; nothing for the other options.
fn default(name: Name, opt: Opt) -> Option<Text> {
    let plan = || text!("名为 plan 的方案", "the one called plan");
    Some(match (opt, name) {
        (Opt::Trials, _) => match name.trials() {
            Some(trials) => text!("{trials}", "{trials}"),
            None => text!("情景文件中的值", "as in the scenario"),
        },
        (Opt::Policy, Name::Drivers) => {
            text!("分析 plan，在全部政策之间选", "plan is explained, the choice is among all")
        }
        (Opt::Policy, Name::Run | Name::Report | Name::Compare | Name::Plan) => text!("全部政策", "all"),
        (Opt::Policy, Name::Bench) => text!("情景文件中的全部政策", "all of the scenario"),
        (Opt::Policy, _) => plan(),
        (Opt::World, Name::Compare | Name::Stress) => text!("全部外部情景", "all"),
        (Opt::World, _) => text!("base", "base"),
        _ => return None,
    })
}

/// An option with its letter and value.
fn option(opt: Opt, lang: Lang) -> String {
    let spec = opt.spec();
    let short = spec.short.map_or_else(|| "    ".into(), |letter| format!("-{letter}, "));
    let value = spec.value.map_or_else(String::new, |value| format!(" <{}>", value.get(lang)));
    format!("{short}--{}{value}", spec.long)
}

fn heading(page: &mut String, title: Text, lang: Lang) {
    let colon = if lang == Lang::Zh { "：" } else { ":" };
    let _ = writeln!(page, "\n{}{colon}", title.get(lang));
}

/// Two columns; the second begins at the same place in every row, counting a Chinese character as two columns.
fn table(page: &mut String, rows: impl IntoIterator<Item = (String, String)>) {
    let rows: Vec<_> = rows.into_iter().collect();
    let widest = rows.iter().map(|(left, _)| left.width()).max().unwrap_or(0);
    for (left, right) in rows {
        let gap = " ".repeat(widest - left.width() + 2);
        let _ = writeln!(page, "  {left}{gap}{right}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> impl Iterator<Item = (Option<Name>, Lang, String)> {
        let topics = COMMANDS.iter().map(|spec| Some(spec.name)).chain([None]);
        topics.flat_map(|topic| [Lang::Zh, Lang::En].map(|lang| (topic, lang, page(topic, lang))))
    }

    #[test]
    fn a_page_tells_of_everything_the_parser_knows() {
        for (topic, lang, page) in pages() {
            match topic {
                None => {
                    COMMANDS.iter().for_each(|spec| assert!(page.contains(spec.summary.get(lang)), "{page}"))
                }
                Some(name) => {
                    let spec = name.spec();
                    assert!(
                        page.contains(&spec.usage(lang)) && page.contains(spec.detail.get(lang)),
                        "{page}"
                    );
                    for opt in spec.options.iter().map(|(opt, _)| *opt).chain(GLOBAL) {
                        assert!(page.contains(&option(opt, lang)), "{page}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_page_states_the_default_trials_of_its_own_command() {
        let takes = |spec: &&CommandSpec| spec.options.iter().any(|(opt, _)| *opt == Opt::Trials);
        for spec in COMMANDS.iter().filter(takes) {
            let default = spec.name.trials().map_or("as in the scenario".to_owned(), |n| n.to_string());
            let page = page(Some(spec.name), Lang::En);
            let line = page.lines().find(|line| line.trim_start().starts_with("--trials")).unwrap();
            assert!(line.ends_with(&format!("(default: {default})")), "{line}");
        }
        assert_eq!(Name::Drivers.trials(), Some(32_768));
        assert_eq!(Name::Run.trials(), None);
    }

    #[test]
    fn pages_state_the_default_policy_and_world_of_their_own_command() {
        let line = |name: Name, option: &str| {
            let page = page(Some(name), Lang::En);
            page.lines().find(|line| line.trim_start().starts_with(option)).unwrap_or_default().to_owned()
        };
        for name in
            [Name::Solve, Name::Optimise, Name::Decompose, Name::Discover, Name::Stress, Name::Hindcast]
        {
            assert!(line(name, "--policy").contains("(default: the one called plan)"), "{name:?}");
        }
        for name in [Name::Run, Name::Report, Name::Compare, Name::Plan] {
            assert!(line(name, "--policy").contains("(default: all)"), "{name:?}");
        }
        for (name, world) in
            [(Name::Compare, "all"), (Name::Stress, "all"), (Name::Solve, "base"), (Name::Run, "base")]
        {
            assert!(line(name, "--world").contains(&format!("(default: {world})")), "{name:?}");
        }
    }

    #[test]
    fn pages_fit_a_terminal_of_110_columns() {
        for (_, _, page) in pages() {
            assert!(page.ends_with('\n') && !page.ends_with("\n\n"));
            for line in page.lines() {
                assert!(line.width() <= 110, "{} columns: {line}", line.width());
            }
        }
    }

    #[test]
    fn columns_align_under_chinese() {
        let mut out = String::new();
        table(&mut out, [("a <文件>".into(), "x".into()), ("abc".into(), "y".into())]);
        assert_eq!(out, "  a <文件>  x\n  abc       y\n");
    }
}
