//! Rows of the parameter table: policies, worlds, targets and records.

use super::Kind::{
    Count, Flag, Id, Overrides, Quantity, QuantityOrYears, Table, Tables, Text, Year, YearPair,
};
use super::{Kind, Param, Range, Reference};
use crate::units::UnitKind::{Figure, Money, Number, Rate};

const SET_ZH: &str = "替换数值：键是数值路径";
const SET_EN: &str = "New values: quantity path = quantity";
const SCALE_ZH: &str = "乘以倍数：键是数值路径";
const SCALE_EN: &str = "Multiplied values: quantity path = factor; `*` for a whole segment of the path";
const SHIFT_ZH: &str = "加上数值：键是数值路径";
const SHIFT_EN: &str = "Shifted values: quantity path = number in the unit of that quantity";

pub(super) const ROWS: &[Param] = &[
    Param::new("policy[]", Tables, "政策方案：启用哪些工具、如何调整", "A policy: the instruments in use and changes to their levers")
        .default("one policy `none` without instruments"),
    Param::new("policy[].id", Id, "政策编号", "Id of the policy").required().example("\"plan\""),
    Param::new("policy[].name", Text, "政策名称", "Name of the policy").default("the id").example("\"全部措施\""),
    Param::new(
        "policy[].instruments",
        Kind::References(Reference::Instrument),
        "启用的工具，或写 \"all\"",
        "Instruments in use, or \"all\"",
    )
    .required()
    .example("[\"fund\"]"),
    Param::new("policy[].set", Overrides, SET_ZH, SET_EN).example("{ \"instrument.fund.money.total\" = \"200亿元\" }"),
    Param::new("policy[].scale", Overrides, SCALE_ZH, SCALE_EN).example("{ \"instrument.*.money.total\" = 2 }"),
    Param::new("policy[].shift", Overrides, SHIFT_ZH, SHIFT_EN)
        .example("{ \"instrument.fund.capacity.deadweight\" = \"-10%\" }"),
    Param::new(
        "world[]",
        Tables,
        "外部情景：谁也控制不了的变化；总有一个不作改动的 base",
        "A world: changes to what nobody controls; a world `base` without changes always exists",
    )
    .default("the world `base`"),
    Param::new("world[].id", Id, "情景编号", "Id of the world").required().example("\"slowdown\""),
    Param::new("world[].name", Text, "情景名称", "Name of the world").default("the id").example("\"行业放缓\""),
    Param::new("world[].set", Overrides, SET_ZH, SET_EN).example("{ \"nation.trend\" = \"0%\" }"),
    Param::new("world[].scale", Overrides, SCALE_ZH, SCALE_EN).example("{ \"event.procurement.rate\" = 2 }"),
    Param::new("world[].shift", Overrides, SHIFT_ZH, SHIFT_EN).example("{ \"industry.*.premium\" = \"-2个百分点\" }"),
    Param::new(
        "switch[]",
        Tables,
        "读法开关：文件可以有几种读法、而读法会改变答案的地方",
        "A switch: where the documents can be read in several ways and the reading changes the answer",
    ),
    Param::new("switch[].id", Id, "开关编号", "Id of the switch").required().example("\"distributors\""),
    Param::new("switch[].name", Text, "要回答的问题", "The question")
        .default("the id")
        .example("{ zh = \"流通企业算不算\", en = \"Do distributors count?\" }"),
    Param::new("switch[].options", Table, "各种读法，键是选项编号", "The readings, by option id").required().whole(),
    Param::new("switch[].options.*", Text, "一种读法", "One reading").example("{ zh = \"不算\", en = \"no\" }"),
    Param::new(
        "switch[].default",
        Kind::String,
        "采用哪一种读法；命令行 --switch 编号=选项 可以另选",
        "The option in force; --switch id=option chooses another",
    )
    .required()
    .example("\"excluded\""),
    Param::new("target[]", Tables, "目标", "A target: a condition on the outcome whose probability is asked for"),
    Param::new("target[].id", Id, "目标编号", "Id of the target").required().example("\"revenue-2027\""),
    Param::new("target[].name", Text, "目标名称", "Name of the target").default("the id").example("\"2027年2500亿元\""),
    Param::new(
        "target[].document",
        Kind::Reference(Reference::Source),
        "出自哪份文件（来源编号）；同一文件的目标另算联合概率",
        "Source that states it; the joint probability of all targets of one document is reported",
    )
    .example("\"HB48\""),
    Param::new(
        "target[].scope",
        Kind::Reference(Reference::Scope),
        "考核对象：nation（文件中各省合计，至少两个省）、province.编号、cluster.编号、industry.编号、group.编号，或集群列表",
        "What is judged: \"nation\" (all provinces of the file, two at least), \"province.<id>\", \"cluster.<id>\", \"industry.<id>\", \"group.<id>\", \
         or a list of cluster ids",
    )
    .default("the only province, else nation")
    .example("\"cluster.wuhan\""),
    Param::new(
        "target[].reading",
        Kind::Reference(Reference::Reading),
        "只在这种读法下有效（开关.选项）；别的读法下照样计算，但不计入联合概率",
        "In force only under that option of a switch; otherwise still measured and shown as another reading, outside all \
         joint probabilities",
    )
    .example("\"distributors.excluded\""),
    Param::new(
        "target[].role",
        Kind::Choice(&["target", "condition"]),
        "target 为目标；condition 只用作 [[conditional]] 的条件，不列入目标",
        "A target, or a condition that only [[conditional]] uses and that no table of targets shows",
    )
    .default("\"target\"")
    .example("\"condition\""),
    Param::new(
        "target[].by_rule",
        Kind::Flag,
        "true 表示没有数据，推进速度是按目标本身倒推假设的，其可能性只重复这一假设",
        "True if there are no data: the pace is assumed from the target itself, so that its chance only repeats that rule; marked in all tables",
    )
    .default("false")
    .example("true"),
    Param::new("target[].measure", Kind::Reference(Reference::Measure), "统计口径", "Measure of the figures")
        .default("the primary measure")
        .example("\"revenue\""),
    Param::new("target[].year", Year, "考核年份。year、by、sustained 写其一", "Judged in that year. One of year, by, sustained")
        .formula("R_year ≥ value")
        .example("2027"),
    Param::new("target[].by", Year, "最迟达到的年份", "First reached in any year up to and including that one")
        .formula("max over t0 < t ≤ by of (R_t − value_t) ≥ 0; a by-year value sets a threshold for each year")
        .example("2030"),
    Param::new("target[].sustained", YearPair, "在这些年份里每年都要达到", "Met in every year of [first, last]")
        .formula("R_t ≥ value_t for all first ≤ t ≤ last")
        .example("[2027, 2030]"),
    Param::new(
        "target[].at_least",
        QuantityOrYears(Money),
        "不低于；可按年份分别写",
        "At least so much; a number or a table by year. Exactly one comparison",
    )
    .range(Range::open(0.0, 1e9))
    .plausible(1.0, 1e6)
    .whole()
    .formula("R_t ≥ at_least")
    .example("\"2500亿元\""),
    Param::new("target[].at_least.*", Quantity(Money), "该年的目标值", "Value for that year")
        .range(Range::open(0.0, 1e9))
        .plausible(1.0, 1e6)
        .formula("R_t ≥ at_least_t; a year that is left out has no threshold")
        .example("\"1800亿元\""),
    Param::new(
        "target[].at_most",
        QuantityOrYears(Money),
        "不高于；可按年份分别写",
        "At most so much; a number or a table by year. Exactly one comparison",
    )
    .range(Range::open(0.0, 1e9))
    .plausible(1.0, 1e6)
    .whole()
    .formula("R_t ≤ at_most")
    .example("\"3000亿元\""),
    Param::new("target[].at_most.*", Quantity(Money), "该年的上限", "Value for that year")
        .range(Range::open(0.0, 1e9))
        .plausible(1.0, 1e6)
        .formula("R_t ≤ at_most_t; a year that is left out has no threshold")
        .example("\"1800亿元\""),
    Param::new(
        "target[].multiple_of_base",
        Quantity(Number),
        "达到基期的几倍（倍增写 2）",
        "At least so many times the base-year figure of the same trial",
    )
    .range(Range::open(0.0, 1e6))
    .formula("R_t ≥ multiple · R_t0")
    .example("2"),
    Param::new(
        "target[].growth_at_least",
        Quantity(Rate),
        "基期以来年均增速不低于",
        "At least this compound annual growth from the base year",
    )
    .range(Range::open(-1.0, 10.0))
    .formula("(R_t / R_t0)^(1/(t − t0)) − 1 ≥ rate")
    .example("\"12%\""),
    Param::new(
        "target[].count_at_least[]",
        Tables,
        "有多少个集群达到多少金额，可并列几条",
        "So many clusters of the scope at or above so much money; several items must all hold",
    ),
    Param::new("target[].count_at_least[].count", Count, "集群个数", "Number of clusters")
        .required()
        .range(Range::closed(1.0, 100_000.0))
        .formula("#{c : R_c,t ≥ value} ≥ count")
        .example("2"),
    Param::new("target[].count_at_least[].value", Quantity(Money), "每个集群的金额", "Money of each of them")
        .required()
        .range(Range::open(0.0, 1e9))
        .plausible(1.0, 1e6)
        .formula("#{c : R_c,t ≥ value} ≥ count")
        .example("\"1000亿元\""),
    Param::new(
        "target[].stretch",
        Quantity(Money),
        "目标区间的上端（争取目标）",
        "Upper end of a stated range: the target is met from at_least on, the stretch target from here on",
    )
    .range(Range::open(0.0, 1e9))
    .plausible(1.0, 1e6)
    .example("\"3000亿元\""),
    Param::new(
        "target[].firms",
        Table,
        "数企业：收入达到某一规模的企业个数",
        "Counts firms of a size. At most one of firms, products, approvals, arrivals, indicator, index; else revenue",
    )
    .whole(),
    Param::new("target[].firms.above", Quantity(Money), "企业收入不低于多少", "Yearly revenue from which a firm counts")
        .required()
        .range(Range::open(0.0, 1e9))
        .plausible(0.1, 1e5)
        .formula("#{k : r_k,t ≥ above} over named firms, size distributions and arrivals of the scope")
        .example("\"100亿元\""),
    Param::new("target[].firms.outside", Flag, "口径外的企业是否也数", "Whether firms outside the primary measure count as well")
        .default("false")
        .example("true"),
    Param::new(
        "target[].firms.industries",
        Kind::References(Reference::Industry),
        "只数哪些行业的企业",
        "Industries whose firms count; a firm without an industry then does not",
    )
    .default("all")
    .example("[\"cxo\"]"),
    Param::new(
        "target[].firms.except",
        Kind::References(Reference::Firm),
        "不数哪些点名的企业，例如已含在所属集团里的法人企业",
        "Named firms that do not count, such as legal entities of a group that counts",
    )
    .example("[\"yichang-humanwell\"]"),
    Param::new("target[].products", Table, "数产品：销售额达到某一规模的产品个数", "Counts products of a size").whole(),
    Param::new("target[].products.above", Quantity(Money), "产品年销售额不低于多少", "Yearly sales from which a product counts")
        .required()
        .range(Range::open(0.0, 1e9))
        .plausible(0.1, 1e5)
        .formula("#{k : s_k,t ≥ above} over products, size distributions and launched pipeline products of the scope")
        .example("\"10亿元\""),
    Param::new(
        "target[].products.industries",
        Kind::References(Reference::Industry),
        "只数哪些行业的产品",
        "Industries whose products count",
    )
    .default("all")
    .example("[\"chemical\"]"),
    Param::new("target[].approvals", Table, "数获批产品，从某年起累计", "Counts approvals, cumulated from a year on").whole(),
    Param::new(
        "target[].approvals.pipelines",
        Kind::References(Reference::Pipeline),
        "数哪些研发管线",
        "Pipelines whose approvals count",
    )
    .required()
    .example("[\"class1\"]"),
    Param::new("target[].approvals.since", Year, "从哪一年起累计", "First counted year")
        .default("the first simulated year")
        .example("2025"),
    Param::new("target[].arrivals", Table, "数落户企业，从某年起累计", "Counts outside firms that settle, cumulated from a year on").whole(),
    Param::new(
        "target[].arrivals.of",
        Kind::References(Reference::Arrival),
        "数哪些落户企业",
        "Arrivals that count",
    )
    .required()
    .example("[\"hq\"]"),
    Param::new("target[].arrivals.since", Year, "从哪一年起累计", "First counted year")
        .default("the first simulated year")
        .example("2025"),
    Param::new(
        "target[].indicator",
        Kind::Reference(Reference::Indicator),
        "考核指标",
        "The indicator that is judged",
    )
    .example("\"rd-intensity\""),
    Param::new(
        "target[].index",
        Kind::Choice(&["nation_growth"]),
        "考核全国趋势与周期：nation_growth 为基期以来全国年均增速",
        "nation_growth: average annual growth of the nation's trend and cycle since the base year",
    )
    .formula("exp((1/t) Σ_τ [ln(1 + nation.trend) + N_τ]) − 1")
    .example("\"nation_growth\""),
    Param::new("target[].number_at_least", Count, "个数不少于", "At least so many (firms, products, approvals, arrivals, count indicators)")
        .range(Range::closed(0.0, 1e7))
        .formula("x_t ≥ number")
        .example("3"),
    Param::new("target[].number_at_most", Count, "个数不多于", "At most so many")
        .range(Range::closed(0.0, 1e7))
        .formula("x_t ≤ number")
        .example("5"),
    Param::new("target[].number_stretch", Count, "个数区间的争取目标", "Upper end of a stated range of a number")
        .range(Range::closed(0.0, 1e7))
        .example("5"),
    Param::new("target[].value_at_least", Quantity(Figure), "指标值不低于", "At least this value (ratio indicators and index)")
        .range(Range::closed(-1e6, 1e6))
        .formula("x_t ≥ value")
        .example("\"5.5%\""),
    Param::new("target[].value_at_most", Quantity(Figure), "指标值不高于", "At most this value")
        .range(Range::closed(-1e6, 1e6))
        .formula("x_t ≤ value")
        .example("40"),
    Param::new("target[].value_stretch", Quantity(Figure), "指标值的争取目标", "Stretch value of an indicator")
        .range(Range::closed(-1e6, 1e6))
        .example("\"6%\""),
    Param::new("target[].all_of", Kind::References(Reference::Target), "这些目标全部达到", "All of these targets are met")
        .example("[\"revenue-2027\"]"),
    Param::new("target[].any_of", Kind::References(Reference::Target), "这些目标至少达到一个", "Any of these targets is met")
        .example("[\"revenue-2027\"]"),
    Param::new("target[].at_least_of", Table, "这些目标至少达到 k 个", "At least k of these targets are met").whole(),
    Param::new("target[].at_least_of.k", Count, "至少几个", "How many")
        .required()
        .range(Range::closed(1.0, 100_000.0))
        .example("2"),
    Param::new("target[].at_least_of.of", Kind::References(Reference::Target), "目标编号列表", "Ids of the targets")
        .required()
        .example("[\"revenue-2027\"]"),
    Param::new(
        "conditional[]",
        Tables,
        "条件概率：在另一些目标达到时，这个目标达到的可能性",
        "A conditional probability: that of a target in the trials that meet other targets",
    ),
    Param::new("conditional[].id", Id, "编号", "Id of the conditional probability").required().example("\"hubei-given-anhui\""),
    Param::new("conditional[].name", Text, "名称", "Name").default("the id").example("\"安徽达标时湖北达标\""),
    Param::new("conditional[].target", Kind::Reference(Reference::Target), "哪个目标", "The target whose probability is asked for")
        .required()
        .formula("P(target | given) = trials that meet target and all of given / trials that meet all of given")
        .example("\"hubei-revenue-2500\""),
    Param::new("conditional[].given", Kind::References(Reference::Target), "在哪些目标都达到时", "Targets that are all met")
        .required()
        .example("[\"anhui-revenue-2500\"]"),
    Param::new(
        "record[]",
        Tables,
        "历史数据，只用于核对和作图",
        "A past figure; used for realism checks and charts only, never for the draws",
    ),
    Param::new(
        "record[].scope",
        Kind::Reference(Reference::Scope),
        "对象，写法同 target 的 scope；只有 nation 在这里指全国，不是文件中各省的合计",
        "What it is about, as in target.scope; but \"nation\" here is the whole country, not the sum of the file's provinces",
    )
        .required()
        .example("\"province.hubei\""),
    Param::new(
        "record[].year",
        Year,
        "年份，不晚于 horizon（写了 [[outcome]] 的回溯文件除外）",
        "Year of the figure, no later than the horizon except in a file with [[outcome]], which looks back",
    )
    .required()
    .example("2023"),
    Param::new("record[].value", Quantity(Money), "数额。value、growth 写其一", "The figure. One of value and growth")
        .range(Range::open(0.0, 1e9))
        .plausible(0.1, 1e6)
        .example("\"1180亿元\""),
    Param::new("record[].growth", Quantity(Rate), "同比增速", "Growth over the year before")
        .range(Range::open(-1.0, 100.0))
        .plausible(-0.9, 5.0)
        .example("\"5.2%\""),
    Param::new("record[].measure", Kind::Reference(Reference::Measure), "统计口径", "Measure of the figure")
        .default("the primary measure")
        .example("\"revenue\""),
    Param::new(
        "record[].months",
        Count,
        "增速涵盖当年前几个月（上半年写 6）",
        "How many months from January the growth covers: 6 for a half-year. A shorter growth stands in for the year's, and says so",
    )
    .default("12")
    .range(Range::closed(1.0, 12.0))
    .example("6"),
];
