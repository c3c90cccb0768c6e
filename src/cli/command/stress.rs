//! `stress` in the table of commands.

use super::table::{FILE, ONCE, REPEATED, label};
use super::{CommandSpec, Name, Operands, Opt};

/// `stress`
pub(super) const STRESS: CommandSpec = CommandSpec {
    name: Name::Stress,
    word: "stress",
    operands: Operands::One(FILE),
    options: &[
        (Opt::Target, ONCE),
        (Opt::Policy, ONCE),
        (Opt::World, REPEATED),
        (Opt::Shock, REPEATED),
        (Opt::Switch, REPEATED),
        (Opt::Trials, ONCE),
        (Opt::Seed, ONCE),
        (Opt::Threads, ONCE),
        (Opt::Out, ONCE),
        (Opt::Format, ONCE),
        (Opt::Quiet, ONCE),
    ],
    summary: label(
        "压力测试：换外部情景、逐项变差会怎样，坏到什么程度可能性减半",
        "stress test: worlds and single shocks, and how bad a thing must be to halve the chance",
    ),
    detail: label(
        "看名为 plan 的方案（用 --policy 换）。每次只动一项：不确定的数值（含政策工具的效果参数）、事件和周期分别\n\
         固定在 5% 和 95% 分位点，与不固定时相比。反向压力测试默认看影响最大的三项，用 --shock 指定；\n\
         在 1%—99% 的范围内找使可能性减半的数值（事件找次数），找不到就直说。",
        "Tests the policy called plan (or that of --policy). One thing at a time: every uncertain number (response\n\
         parameters of instruments, too), event and cycle is held at its 5% and its 95% point, against the run in which\n\
         nothing is held. The reverse asks how bad the three most harmful things (or those of --shock) must be to halve\n\
         the chance, within their 1%-99% range (for events: how often they must come), and says so if nothing does.",
    ),
    examples: &[
        "stress scenarios/hubei-2027.toml --target revenue-2500-by-2030",
        "stress scenarios/hubei-2027.toml --shock nation.trend --shock event.vbp.arrivals",
    ],
};
