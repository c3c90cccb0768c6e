//! The decision analyses in the table of commands.

use super::table::{FILE, ONCE, REPEATED, label};
use super::{CommandSpec, Name, Operands, Opt};

/// `compare`
pub(super) const COMPARE: CommandSpec = CommandSpec {
    name: Name::Compare,
    word: "compare",
    operands: Operands::One(FILE),
    options: &[
        (Opt::Target, ONCE),
        (Opt::Policy, REPEATED),
        (Opt::World, REPEATED),
        (Opt::Switch, REPEATED),
        (Opt::Trials, ONCE),
        (Opt::Seed, ONCE),
        (Opt::Threads, ONCE),
        (Opt::Out, ONCE),
        (Opt::Format, ONCE),
        (Opt::Quiet, ONCE),
    ],
    summary: label(
        "比较各方案在各外部情景下的效果与花费",
        "compare policies in every world: effect and cost",
    ),
    detail: label(
        "所有方案用同一批随机数模拟，差别成对估计，各带误差范围。不给 --world 时比较全部外部情景。",
        "All policies are simulated on the same random numbers, so that differences are paired, each with its\n\
         interval. Without --world, all worlds are compared.",
    ),
    examples: &[
        "compare scenarios/hubei-2027.toml",
        "compare scenarios/hubei-2027.toml --target revenue-2500",
    ],
};
