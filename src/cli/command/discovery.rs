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
        "分析第一个 --policy（默认 plan）的结果由哪些不确定因素决定，多少可以查清，多少取决于偶然因素；\n\
         再看查清单个数字对在各 --policy（默认全部方案）之间选择有多大价值；并按单独查清可以消除的方差排出\n\
         先查清哪个数字。",
        "Explains the result of the first --policy (default: plan): what it rests on, what could be learnt, what is\n\
         luck; then what knowing single figures is worth for the choice among all --policy given (default: every\n\
         policy), and which figure to survey first for a narrower forecast.",
    ),
    examples: &[
        "drivers scenarios/hubei-2027.toml",
        "drivers scenarios/hubei-2027.toml --target revenue-2500-by-2030",
    ],
};

/// `discover`
pub(super) const DISCOVER: CommandSpec = CommandSpec {
    name: Name::Discover,
    word: "discover",
    operands: Operands::One(FILE),
    options: &[
        (Opt::Target, ONCE),
        (Opt::Outcome, ONCE),
        (Opt::Policy, ONCE),
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
        "找出目标在什么条件下实现不了，或在什么条件下才能实现",
        "find the conditions under which a target is missed, or met",
    ),
    detail: label(
        "在模拟的各种情形中，用 PRIM 方法找出几个不确定数字的取值范围，使不达标（或达标）集中在其中；\n\
         找到的条件另用一批随机数重新检验，并估计达标与否有多少取决于偶然因素。不给 --policy 时看 plan。",
        "Searches the simulated trials with PRIM for ranges of a few uncertain figures in which misses (or hits)\n\
         concentrate; what is found is judged on fresh random numbers. Also estimates how much of the outcome is\n\
         luck. Without --policy, `plan` is looked at.",
    ),
    examples: &[
        "discover scenarios/hubei-2027.toml --target wuhan-1000-by-2030",
        "discover scenarios/hubei-2027.toml --target revenue-2500-by-2030 --outcome miss",
    ],
};
