//! Rows of the parameter table: indicators.

use super::Kind::{Flag, Id, Quantity, Table, Tables, Text};
use super::{Kind, Param, Range, Reference};
use crate::units::UnitKind::{Figure, Number, PerYear};

pub(super) const ROWS: &[Param] = &[
    Param::new(
        "indicator[]",
        Tables,
        "指标：不是收入的年度数字，如平台数、研发强度、审评天数",
        "An indicator: a yearly figure that is no revenue, such as platforms, R&D intensity or review days",
    ),
    Param::new("indicator[].id", Id, "指标编号", "Id of the indicator")
        .required()
        .example("\"rd-intensity\""),
    Param::new("indicator[].name", Text, "指标名称", "Name of the indicator")
        .default("the id")
        .example("\"研发强度\""),
    Param::new(
        "indicator[].unit",
        Text,
        "单位；写 % 表示数值是比例，写 亿元 表示是金额，数值可写成金额（只用于 ratio）",
        "Unit of the figures; % says that they are fractions (5.5 % = 0.055), the Chinese unit of 100 million yuan that they are money, written as amounts (for a ratio only)",
    )
    .default("% for a ratio")
    .example("{ zh = \"天\", en = \"days\" }"),
    Param::new(
        "indicator[].province",
        Kind::Reference(Reference::Province),
        "属于哪个省",
        "Province that it belongs to",
    )
    .default("the only province")
    .example("\"hubei\""),
    Param::new(
        "indicator[].count",
        Table,
        "数个数的指标：在基期数上逐年泊松增加。count、ratio 写其一",
        "A count: Poisson arrivals on a base-year number. One of count and ratio",
    ),
    Param::new("indicator[].count.base", Quantity(Number), "基期个数", "Base-year number")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 1e6))
        .formula("x_t = base + Σ_{τ ≤ t} n_τ")
        .example("12"),
    Param::new(
        "indicator[].count.rate",
        Quantity(PerYear),
        "平均每年新增几个",
        "Mean number of arrivals a year without policy",
    )
    .uncertain()
    .required()
    .range(Range::closed(0.0, 300.0))
    .formula("n_t ~ Poisson(rate · Π multipliers + Σ additions), independent over years")
    .example("\"4个/年\""),
    Param::new(
        "indicator[].ratio",
        Table,
        "比例或水平类指标：围绕（可逐年漂移的）均值波动。count、ratio 写其一",
        "A level: AR(1) around a drifting mean. One of count and ratio",
    ),
    Param::new("indicator[].ratio.start", Quantity(Figure), "基期数值", "Base-year value")
        .uncertain()
        .required()
        .range(Range::closed(-1e6, 1e6))
        .formula(
            "x_t = mean + drift · t + shift_t + d_t, d_t = φ d_t−1 + σ √(1 − φ²) z_t, d_0 = start − mean",
        )
        .example("\"5.2%\""),
    Param::new(
        "indicator[].ratio.mean",
        Quantity(Figure),
        "基期时的长期均值",
        "Long-run mean as it stands in the base year",
    )
    .uncertain()
    .default("start")
    .range(Range::closed(-1e6, 1e6))
    .formula("d_0 = start − mean")
    .example("\"5%\""),
    Param::new(
        "indicator[].ratio.drift",
        Quantity(Figure),
        "均值每年变动多少",
        "Change of the mean a year, in the unit of the figures",
    )
    .uncertain()
    .default("0")
    .range(Range::closed(-1e6, 1e6))
    .formula("mean_t = mean + drift · t")
    .example("\"0.1%\""),
    Param::new(
        "indicator[].ratio.persistence",
        Quantity(Number),
        "偏离均值的持续性",
        "Persistence of the deviation from the mean",
    )
    .uncertain()
    .default("0")
    .range(Range::open(-1.0, 1.0))
    .formula("d_t = φ d_t−1 + σ √(1 − φ²) z_t")
    .example("0.7"),
    Param::new(
        "indicator[].ratio.volatility",
        Quantity(Figure),
        "长期波动的标准差",
        "Stationary standard deviation of the deviation, in the unit of the figures",
    )
    .uncertain()
    .default("0")
    .range(Range::closed(0.0, 1e6))
    .formula("d_t = φ d_t−1 + σ √(1 − φ²) z_t")
    .example("\"0.3%\""),
    Param::new(
        "indicator[].ratio.average",
        Flag,
        "true 表示数值是基期以来各年的平均（如年均增速）：一年达到不等于目标实现，不说哪一年首次达到",
        "True if the figure is an average over the years since the base year, such as mean growth: one year that reaches a level \
         is not the target met, and no first year is told",
    )
    .default("false")
    .example("true"),
];
