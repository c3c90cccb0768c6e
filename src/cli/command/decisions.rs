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
        (Opt::Probability, ONCE),
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
        "所有方案用同一批随机数模拟，差别成对估计，各带误差范围。给出可能性、中位数、平均、缺口、花费及\n\
         每百分点花费，两两能否分清，哪些方案可以不再考虑，各情景下的后悔值和选择，以及各项工具的贡献\n\
         （沙普利值；默认看名为 plan 的方案）。差的区间按比较次数放宽，每一项数字各自的区间同时成立；\n\
         每百分点花费只计目标年为止的支出，效果分不清或不够准时不给出。不给 --world 时比较全部外部情景；\n\
         --probability 是“够好”的标准（默认 50%）。",
        "All policies are simulated on the same random numbers, so that differences are paired, each with its\n\
         interval: probability, median, mean, shortfall, cost and cost per point, which pairs can be told apart, which\n\
         policies are dominated, regrets and choices over the worlds, and what each instrument of the policy called\n\
         plan (or of --policy) adds as a Shapley value. Intervals of differences are widened for their number,\n\
         so that those of each figure hold together; cost per point counts money paid by the target's year and is left\n\
         out where the effect is unclear or too rough. Without --world, all worlds are compared; --probability is\n\
         what a satisficing choice wants (default 50%).",
    ),
    examples: &[
        "compare scenarios/hubei-2027.toml",
        "compare scenarios/hubei-2027.toml --target revenue-2500",
    ],
};

/// `solve`
pub(super) const SOLVE: CommandSpec = CommandSpec {
    name: Name::Solve,
    word: "solve",
    operands: Operands::One(FILE),
    options: &[
        (Opt::Target, ONCE),
        (Opt::Lever, ONCE),
        (Opt::Probability, ONCE),
        (Opt::Policy, ONCE),
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
        "反推：要达到想要的可能性，资金、增速或年份至少要多少",
        "find the least money, growth or year that gives a wanted probability",
    ),
    detail: label(
        "--lever 写 money（全部资金与签约额按同一倍数）、growth（趋势增速提高几个百分点；growth.行业 只动一个行业）、\n\
         year（最早哪一年）、一项政策工具的编号或名称（它的资金）、政策工具的某个数（如\n\
         instrument.fund.money.total），或带 * 的路径（相符的数按同一倍数）。不给 --probability 时为八成；\n\
         不给 --policy 时为名为 plan 的方案。答案带误差范围，并连同现状和表中各值用另一批随机数复核；\n\
         达不到或已经达到时直接说明。",
        "--lever takes money (all public money and signed investment by one factor), growth (shift of trend growth;\n\
         growth.INDUSTRY for one industry), year (the earliest), the id or name of an instrument (its money), a\n\
         number of one such as instrument.fund.money.total, or a path with * (all matches by one factor). Without\n\
         --probability, 80% is wanted; without --policy, the policy called plan is used. The answer has an interval;\n\
         it, the present value and those of the table are checked on fresh draws; it says so if no value reaches the\n\
         probability, or if every value does.",
    ),
    examples: &[
        "solve scenarios/hubei-2027.toml --lever growth --probability 50%",
        "solve scenarios/hubei-2027.toml --lever instrument.fund.money.total --probability 1%",
    ],
};

/// `optimise`
pub(super) const OPTIMISE: CommandSpec = CommandSpec {
    name: Name::Optimise,
    word: "optimise",
    operands: Operands::One(FILE),
    options: &[
        (Opt::Target, ONCE),
        (Opt::Budget, ONCE),
        (Opt::Probability, ONCE),
        (Opt::Bound, REPEATED),
        (Opt::From, ONCE),
        (Opt::Rule, ONCE),
        (Opt::Policy, ONCE),
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
        "把一笔预算在工具、集群、年份之间分到最有效处",
        "split a budget over instruments, clusters and years where it helps most",
    ),
    detail: label(
        "不给 --budget 时按现有方案的预计支出。给出 --probability 时另求达到这个可能性最少要花多少钱。\n\
         给几个 --world 时按 --rule 求稳健的分法：mean 取平均，maximin 取最差，regret 求最大遗憾最小。\n\
         每项工具默认可在零到现有三倍之间调整，可用 --bound 改。\n\
         文件里已有数字的年份，钱算已花、不再调整，可用 --from 改。\n\
         推荐的分法另用一批随机数重新估计。",
        "Without --budget, the expected cost of the present plan is split. With --probability, the least money that\n\
         reaches it is sought too. Several --world make the split robust by --rule: mean, maximin (the worst world)\n\
         or regret (least largest regret). An instrument may get from nothing to three times its present money, or\n\
         what --bound says. Money of years that the file has figures of counts as spent; --from sets another year. The\n\
         recommendation is judged on fresh random numbers.",
    ),
    examples: &[
        "optimise scenarios/hubei-2027.toml",
        "optimise scenarios/hubei-2027.toml --budget {80亿元|8bn} --bound fund={20..60亿元|2..6bn}",
        "optimise scenarios/hubei-2027.toml --bound {百亿级政府投资基金体系=20..60亿元|recruitment=0..2bn}",
        "optimise scenarios/hubei-2027.toml --target revenue-2500-by-2030 --from 2027",
    ],
};

/// `decompose`
pub(super) const DECOMPOSE: CommandSpec = CommandSpec {
    name: Name::Decompose,
    word: "decompose",
    operands: Operands::One(FILE),
    options: &[
        (Opt::Target, ONCE),
        (Opt::Probability, ONCE),
        (Opt::From, ONCE),
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
        "目标分解：各市州、各年份的任务，完成的可能性相同，合计等于总目标",
        "split a target over clusters and years with equal chances",
    ),
    detail: label(
        "分解写明年份和金额的营业收入目标；可以提前实现的，按最后一年分解。各集群的任务完成的可能性相同\n\
         （营业收入固定不变的除外；任务取整后可能略有出入），加起来正好等于总目标（按任务的最小单位取整），\n\
         并与按现有规模分摊相比。任务从文件已有数字的次年起（--from 可改），此前各年只列模拟的均值；各年任务的\n\
         实现可能性与总目标相同，并给出各年增速。另给出年度参照线：全省（合计）到那一水平时，最终达标的可能性\n\
         仍与现在相同，以及达到 --probability（默认五成）所需的水平。",
        "Splits a revenue target of a fixed amount and a stated year; one that may be met earlier is split for its\n\
         last year. All clusters have the same chance of meeting their tasks (but for rounding, and for clusters whose\n\
         revenue does not vary), which add up to the target, rounded; compared with the split by size. Tasks begin in\n\
         the year after the last figures of the file (or --from); years before show the mean of the trials. Tasks of\n\
         each year are as likely as the target, with the growth they ask for. Reference lines tell at which level of\n\
         a year the final chance is what it is now, and at which it is --probability (default 50%).",
    ),
    examples: &[
        "decompose scenarios/hubei-2027.toml",
        "decompose scenarios/hubei-2027.toml --target revenue-2500 --from 2027 --probability 80%",
    ],
};
