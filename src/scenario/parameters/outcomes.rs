//! Rows of the parameter table: what is known to have happened.

use super::Kind::{Flag, Quantity, Table, Tables, Text, Year};
use super::{Kind, Param, Range, Reference};
use crate::units::UnitKind::{Figure, Money};

pub(super) const ROWS: &[Param] = &[
    Param::new(
        "outcome[]",
        Tables,
        "事后已知的结果，只供回溯检验（hindcast）对照",
        "What is known to have happened after the base year; the hindcast holds it against the prediction, and nothing \
         else uses it",
    ),
    Param::new("outcome[].name", Text, "结果名称", "Name of the outcome")
        .default("names of scope and measure")
        .example("\"2024年全省营业收入\""),
    Param::new(
        "outcome[].scope",
        Kind::Reference(Reference::Scope),
        "对象，写法同 target 的 scope",
        "What it is about, as in target.scope",
    )
    .default("the only province, else nation")
    .example("\"province.zhejiang\""),
    Param::new("outcome[].measure", Kind::Reference(Reference::Measure), "统计口径", "Measure of the figure")
        .default("the primary measure")
        .example("\"revenue\""),
    Param::new("outcome[].firms", Table, "数企业，写法同 target 的 firms", "Firms of a size, as in target.firms. At most one of firms, products, approvals, arrivals, indicator, index; else revenue")
        .whole(),
    Param::new("outcome[].firms.above", Quantity(Money), "企业收入不低于多少", "Yearly revenue from which a firm counts")
        .required()
        .range(Range::open(0.0, 1e9))
        .plausible(0.1, 1e5)
        .example("\"100亿元\""),
    Param::new("outcome[].firms.outside", Flag, "口径外的企业是否也数", "Whether firms outside the primary measure count as well")
        .default("false")
        .example("true"),
    Param::new(
        "outcome[].firms.industries",
        Kind::References(Reference::Industry),
        "只数哪些行业的企业",
        "Industries whose firms count; a firm without an industry then does not",
    )
    .default("all")
    .example("[\"cxo\"]"),
    Param::new(
        "outcome[].firms.except",
        Kind::References(Reference::Firm),
        "不数哪些点名的企业",
        "Named firms that do not count",
    )
    .example("[\"yichang-humanwell\"]"),
    Param::new("outcome[].products", Table, "数产品，写法同 target 的 products", "Products of a size, as in target.products").whole(),
    Param::new("outcome[].products.above", Quantity(Money), "产品年销售额不低于多少", "Yearly sales from which a product counts")
        .required()
        .range(Range::open(0.0, 1e9))
        .plausible(0.1, 1e5)
        .example("\"10亿元\""),
    Param::new(
        "outcome[].products.industries",
        Kind::References(Reference::Industry),
        "只数哪些行业的产品",
        "Industries whose products count",
    )
    .default("all")
    .example("[\"chemical\"]"),
    Param::new("outcome[].approvals", Table, "数获批产品，写法同 target 的 approvals", "Approvals, as in target.approvals").whole(),
    Param::new(
        "outcome[].approvals.pipelines",
        Kind::References(Reference::Pipeline),
        "数哪些研发管线",
        "Pipelines whose approvals count",
    )
    .required()
    .example("[\"class1\"]"),
    Param::new("outcome[].approvals.since", Year, "从哪一年起累计；写结果那一年就只数那一年", "First counted year; the outcome's own year for that year alone")
        .default("the first simulated year")
        .example("2024"),
    Param::new("outcome[].arrivals", Table, "数落户企业，写法同 target 的 arrivals", "Settled firms, as in target.arrivals").whole(),
    Param::new("outcome[].arrivals.of", Kind::References(Reference::Arrival), "数哪些落户企业", "Arrivals that count")
        .required()
        .example("[\"hq\"]"),
    Param::new("outcome[].arrivals.since", Year, "从哪一年起累计", "First counted year")
        .default("the first simulated year")
        .example("2025"),
    Param::new("outcome[].indicator", Kind::Reference(Reference::Indicator), "指标", "An indicator")
        .example("\"rd-intensity\""),
    Param::new(
        "outcome[].index",
        Kind::Choice(&["nation_growth"]),
        "全国年均增速，写法同 target 的 index",
        "Average annual growth of the nation, as in target.index",
    )
    .example("\"nation_growth\""),
    Param::new("outcome[].year", Year, "年份（基年之后，不晚于推演到的年份）", "Year of the figure, from the base year's successor to the horizon")
        .required()
        .example("2024"),
    Param::new("outcome[].value", Quantity(Money), "实际数额（收入）。value、number 写其一", "What revenue turned out to be. One of value and number")
        .range(Range::open(0.0, 1e9))
        .plausible(0.1, 1e6)
        .formula("place = P(R_year ≤ value)")
        .example("\"3127.9亿元\""),
    Param::new("outcome[].number", Quantity(Figure), "实际个数或指标值", "What a count, an indicator or the index turned out to be")
        .range(Range::closed(-1e6, 1e7))
        .formula("place = P(x_year ≤ number); for counts also P(x_year ≥ number) and mid-P")
        .example("18"),
    Param::new(
        "outcome[].target",
        Kind::Reference(Reference::Target),
        "它回答的是哪个目标（表中并列当时推演的可能性）",
        "The target that it settles; its simulated chance is shown beside it",
    )
    .example("\"revenue-2027\""),
    Param::new(
        "outcome[].met",
        Flag,
        "该目标是否实现；口径、年份与目标相同时由数额判断，不必写",
        "Whether that target was met; needed where the figure does not decide it (another measure, scope or year, or no fixed level)",
    )
    .default("judged by value, if scope, measure and year are the target's")
    .example("false"),
];
