//! Rows of the parameter table: the nation, its cycle and its regimes.

use super::Kind::{Quantity, Table};
use super::{Param, Range};
use crate::units::UnitKind::{Log, LogPoints, Number, Rate, Share};

pub(super) const ROWS: &[Param] = &[
    Param::new("nation", Table, "全国共同因素", "What all industries and provinces share"),
    Param::new(
        "nation.trend",
        Quantity(Rate),
        "全国年均增长率（中位数）；写了它，各行业就写 premium",
        "National trend: median annual growth; if it is given, industries state `premium` over it instead of `trend`",
    )
    .uncertain()
    .range(Range::open(-1.0, 10.0))
    .plausible(-0.5, 1.0)
    .formula("g_s = nation.trend + industry.premium")
    .example("{ dist = \"normal\", mean = \"2.5%\", sd = \"3%\" }"),
    Param::new("nation.cycle", Table, "全国景气波动", "National cycle N_t: a stationary AR(1) in log growth"),
    Param::new(
        "nation.cycle.volatility",
        Quantity(Log),
        "全国景气波动的标准差",
        "Stationary standard deviation of the national cycle; left out when nation.regimes states volatilities",
    )
    .uncertain()
    .range(Range::closed(0.0, 5.0))
    .plausible(0.0, 1.0)
    .formula("N_t = φ N_t−1 + τ √(1 − φ²) z_t, so s.d.(N_t) = τ; an AR(1) with innovation s.d. s has τ = s / √(1 − φ²)")
    .example("\"6.5%\""),
    Param::new(
        "nation.cycle.persistence",
        Quantity(Number),
        "全国景气的持续性：上年偏离留到今年的比例",
        "Persistence: share of last year's deviation that remains",
    )
    .uncertain()
    .default("0")
    .range(Range::open(-1.0, 1.0))
    .formula("N_t = φ N_t−1 + τ √(1 − φ²) z_t")
    .example("0.3"),
    Param::new(
        "nation.cycle.start",
        Quantity(LogPoints),
        "基期的景气偏离（对数增幅与趋势之差）；不写则按长期分布抽取",
        "Deviation of log growth from trend in the base year; absent = drawn from the stationary law",
    )
    .uncertain()
    .range(Range::closed(-5.0, 5.0))
    .formula("N_t0 = start; else N_t0 ~ Normal(0, τ²)")
    .example("\"-2%\""),
    Param::new(
        "nation.regimes",
        Table,
        "全国景气的两种状态：正常与下行",
        "Two regimes of the national cycle, normal and downturn, that switch its mean and volatility",
    ),
    Param::new("nation.regimes.normal", Table, "正常状态", "The normal regime").required(),
    Param::new("nation.regimes.normal.mean", Quantity(LogPoints), "正常状态下增长的平移", "Shift of log growth in normal years")
        .uncertain()
        .default("0")
        .range(Range::closed(-5.0, 5.0))
        .formula("ln G_i,t gains b_i · mean of the regime of year t")
        .example("\"0.5%\""),
    Param::new("nation.regimes.normal.volatility", Quantity(Log), "正常状态下的波动", "Standard deviation in normal years")
        .uncertain()
        .required()
        .range(Range::closed(0.0, 5.0))
        .formula("N_t = φ N_t−1 + τ(regime) √(1 − φ²) z_t + the regime's mean as a shift")
        .example("\"4%\""),
    Param::new("nation.regimes.downturn", Table, "下行状态", "The downturn regime").required(),
    Param::new("nation.regimes.downturn.mean", Quantity(LogPoints), "下行状态下增长的平移", "Shift of log growth in a downturn")
        .uncertain()
        .default("0")
        .range(Range::closed(-5.0, 5.0))
        .formula("ln G_i,t gains b_i · mean of the regime of year t")
        .example("\"-8%\""),
    Param::new("nation.regimes.downturn.volatility", Quantity(Log), "下行状态下的波动", "Standard deviation in a downturn")
        .uncertain()
        .required()
        .range(Range::closed(0.0, 5.0))
        .formula("N_t = φ N_t−1 + τ(regime) √(1 − φ²) z_t + the regime's mean as a shift")
        .example("\"10%\""),
    Param::new(
        "nation.regimes.to_downturn",
        Quantity(Share),
        "正常年份的下一年转入下行的概率",
        "Probability that a downturn follows a normal year",
    )
    .uncertain()
    .required()
    .range(Range::closed(0.0, 1.0))
    .formula("P(downturn in t+1 | normal in t) = p")
    .example("\"15%\""),
    Param::new(
        "nation.regimes.to_normal",
        Quantity(Share),
        "下行年份的下一年恢复正常的概率",
        "Probability that a normal year follows a downturn",
    )
    .uncertain()
    .required()
    .range(Range::closed(0.0, 1.0))
    .formula("P(normal in t+1 | downturn in t) = q")
    .example("\"40%\""),
    Param::new(
        "nation.regimes.start_downturn",
        Quantity(Share),
        "首个推演年份处于下行的概率；不写则取长期概率",
        "Probability of a downturn in the first simulated year",
    )
    .uncertain()
    .default("the stationary probability")
    .range(Range::closed(0.0, 1.0))
    .formula("stationary probability = p / (p + q)")
    .example("0"),
];
