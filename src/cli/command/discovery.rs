//! `drivers` and `discover` in the table of commands.

use super::table::{FILE, ONCE, REPEATED, label};
use super::{CommandSpec, Name, Operands, Opt};

/// `drivers`
pub(super) const DRIVERS: CommandSpec = CommandSpec {
    name: Name::Drivers,
    word: "drivers",
    operands: Operands::One(FILE),
    options: &[
        (Opt::Target, ONCE),
        (Opt::Policy, REPEATED),
        (Opt::World, ONCE),
        (Opt::Switch, REPEATED),
        (Opt::Trials, ONCE),
        (Opt::Seed, ONCE),
        (Opt::Threads, ONCE),
        (Opt::Out, ONCE),
        (Opt::Format, ONCE),
        (Opt::Quiet, ONCE),
    ],
    summary: label(
        "分析结果主要取决于什么，先把哪个数字调查清楚",
        "tell what moves the result and which figure to survey first",
    ),
    detail: label(
        "分析第一个 --policy（默认 plan）的结果由哪些不确定因素决定，多少可以查清，多少要看运气；\n\
         再看查清单个数字对在各 --policy（默认全部方案）之间选择有多大价值。--trials 默认 32768。",
        "Explains the result of the first --policy (default: plan): what it rests on, what could be learnt, what is luck;\n\
         then what knowing single figures is worth for the choice among all --policy given (default: every policy).\n\
         --trials defaults to 32768.",
    ),
    examples: &[
        "drivers scenarios/hubei-2027.toml",
        "drivers scenarios/hubei-2027.toml --target revenue-2500-by-2030",
    ],
};
