//! Rows of the parameter table: industries and events.

use super::Kind::{Delay, Id, Quantity, Table, Tables, Text, Year};
use super::{Kind, Param, Range, Reference};
use crate::units::UnitKind::{Log, LogPoints, Number, PerYear, Points, Rate, Share};

pub(super) const ROWS: &[Param] = &[
    Param::new("industry[]", Tables, "行业", "An industry s; every cluster is a mix of industries").required(),
    Param::new("industry[].id", Id, "行业编号", "Id of the industry").required().example("\"chemical\""),
    Param::new("industry[].name", Text, "行业名称", "Name of the industry")
        .default("the id")
        .example("{ zh = \"化学药\", en = \"Chemical drugs\" }"),
    Param::new(
        "industry[].trend",
        Quantity(Rate),
        "全国该行业的年均增长率（中位数）",
        "Median annual growth of the industry in the nation; without shocks and policy revenue is R_0 (1+g_s+a_i)^t",
    )
    .uncertain()
    .range(Range::open(-1.0, 10.0))
    .plausible(-0.5, 1.0)
    .formula("ln G_i,t = ln(1 + g_s + a_i) + b_i N_t + S_s,t + P_p,t + e_i,t + J_i,t + U_i,t + L_i,t; a log drift m is the \
              rate e^m − 1")
    .example("\"4%\""),
    Param::new(
        "industry[].premium",
        Quantity(Points),
        "该行业增速与全国总体之差，快于全国为正",
        "Growth of the industry less the national trend, above it if positive",
    )
    .uncertain()
    .default("0 when nation.trend is given")
    .range(Range::open(-1.0, 10.0))
    .plausible(-0.5, 1.0)
    .formula("g_s = nation.trend + premium")
    .example("\"1.5个百分点\""),
    Param::new("industry[].cycle", Table, "行业景气波动", "Cycle of the industry: a stationary AR(1) in log growth")
        .default("no cycle"),
    Param::new(
        "industry[].cycle.volatility",
        Quantity(Log),
        "行业景气波动的标准差",
        "Stationary standard deviation of the industry's cycle",
    )
    .uncertain()
    .required()
    .range(Range::closed(0.0, 5.0))
    .plausible(0.0, 1.0)
    .formula("S_t = φ S_t−1 + τ √(1 − φ²) z_t, so s.d.(S_t) = τ; an AR(1) with innovation s.d. s has τ = s / √(1 − φ²)")
    .example("\"5%\""),
    Param::new("industry[].cycle.persistence", Quantity(Number), "行业景气的持续性", "Persistence of the industry's cycle")
        .uncertain()
        .default("0")
        .range(Range::open(-1.0, 1.0))
        .formula("S_t = φ S_t−1 + τ √(1 − φ²) z_t")
        .example("0.4"),
    Param::new(
        "industry[].cycle.start",
        Quantity(LogPoints),
        "基期的行业景气偏离；不写则按长期分布抽取",
        "Deviation of the industry's log growth from trend in the base year; absent = drawn from the stationary law",
    )
    .uncertain()
    .range(Range::closed(-5.0, 5.0))
    .formula("S_t0 = start; else S_t0 ~ Normal(0, τ²)")
    .example("\"1%\""),
    Param::new("event[]", Tables, "突发事件", "An event that changes the level of revenue: price cuts, plant stoppages …"),
    Param::new("event[].id", Id, "事件编号", "Id of the event").required().example("\"procurement\""),
    Param::new("event[].name", Text, "事件名称", "Name of the event").default("the id").example("\"集中带量采购\""),
    Param::new(
        "event[].rate",
        Quantity(PerYear),
        "平均每年发生几次（泊松）",
        "Mean number of arrivals a year; the number in a year is Poisson. One of rate and probability",
    )
    .uncertain()
    .range(Range::closed(0.0, 50.0))
    .formula("n_t ~ Poisson(rate), independent over years")
    .example("\"0.2次/年\""),
    Param::new(
        "event[].probability",
        Quantity(Share),
        "每年发生的概率（每年至多一次）",
        "Probability of one arrival a year, at most one. One of rate and probability",
    )
    .uncertain()
    .range(Range::closed(0.0, 1.0))
    .formula("n_t ~ Bernoulli(probability), independent over years")
    .example("\"10%\""),
    Param::new(
        "event[].industries",
        Kind::References(Reference::Industry),
        "影响哪些行业",
        "Industries that are hit",
    )
    .default("all")
    .example("[\"chemical\"]"),
    Param::new("event[].clusters", Kind::References(Reference::Cluster), "影响哪些市州", "Clusters that are hit")
        .default("all")
        .example("[\"wuhan\"]"),
    Param::new(
        "event[].severity",
        Quantity(Share),
        "每次事件使受影响部分的水平下降多少；每次单独抽取",
        "Share of the level that one arrival takes, drawn for each arrival and common to all segments that are hit; \
         negative is a gain. One of severity and log_change",
    )
    .uncertain()
    .range(Range::below(-1e6, 1.0))
    .formula("level × (1 − severity · exposure), once per arrival")
    .example("{ dist = \"truncated_normal\", mean = \"54%\", sd = \"6%\", low = 0, high = 0.95 }"),
    Param::new(
        "event[].exposure",
        Quantity(Share),
        "板块收入中会被波及的比例",
        "Share of a segment's revenue that is hit; used with severity",
    )
    .uncertain()
    .default("1")
    .range(Range::closed(0.0, 1.0))
    .formula("level × (1 − severity · exposure), once per arrival")
    .example("\"8%~15%\""),
    Param::new(
        "event[].log_change",
        Quantity(Log),
        "每次事件使水平的对数变化多少；每次单独抽取",
        "Change of the logarithm of the level by one arrival, drawn for each arrival and common to all segments that \
         are hit. One of severity and log_change",
    )
    .uncertain()
    .range(Range::closed(-10.0, 10.0))
    .formula("J_i,t = Σ over arrivals of log_change; normal jumps (mean, sd) give a Merton jump diffusion")
    .example("{ dist = \"normal\", mean = -0.18, sd = 0.07 }"),
    Param::new(
        "event[].recovery",
        Delay,
        "影响在几年内消退；不写即长期存在",
        "Years over which the change of the level fades, linearly in logarithms",
    )
    .default("the change is for good")
    .range(Range::closed(1.0, 100.0))
    .formula("effect k years after the arrival = log change · max(0, 1 − k/recovery)")
    .example("2"),
    Param::new("event[].from", Year, "从哪一年起可能发生", "First year in which the event can arrive")
        .default("the first simulated year")
        .example("2025"),
    Param::new("event[].to", Year, "到哪一年为止可能发生", "Last year in which the event can arrive")
        .default("the horizon")
        .example("2027"),
];
