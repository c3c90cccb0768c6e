//! Rows of the parameter table: the frame of a scenario, measures, sources, tails.

use super::Kind::{Choice, Count, Id, Quantity, Table, Tables, Text, Year};
use super::{Kind, Param, Range, Reference};
use crate::units::UnitKind;

/// What a table may hold; a test holds that these are the kinds of `tables::heads::ROWS`.
pub(in crate::scenario) const HOLDS: &[&str] = &[
    "industry",
    "cluster",
    "firm",
    "firm_sizes",
    "product",
    "product_sizes",
    "pipeline.stage",
    "arrival",
    "instrument",
    "target",
    "record",
];

pub(super) const ROWS: &[Param] = &[
    Param::new("format", Count, "文件格式版本，目前只有 1", "Version of the file format; 1 is the only one")
        .default("1")
        .range(Range::closed(1.0, 1.0))
        .example("1"),
    Param::new(
        "extends",
        Kind::String,
        "本文件在哪个文件的基础上修改（路径相对于本文件）",
        "The file that this one builds on (path relative to this file); keys written here replace those there",
    )
    .example("\"hubei-2027.toml\""),
    Param::new(
        "include",
        Kind::Strings,
        "本文件包含哪些省级文件（路径相对于本文件），几个省放在一起推演",
        "Files of single provinces that are simulated together (paths relative to this file); see *Several provinces*",
    )
    .example("[\"hubei-2027.toml\", \"anhui-2030.toml\"]"),
    Param::new(
        "table[]",
        Tables,
        "旁边的表格（CSV 文件或 Excel 工作簿的一张表），每一行是一个集群、企业等",
        "A table beside this file (a CSV file or a sheet of a workbook), each row of which is a cluster, a firm …; see *Tables*",
    ),
    Param::new("table[].file", Kind::String, "表格文件（路径相对于本文件）", "The file: .csv or .xlsx, path relative to this file")
        .required()
        .example("\"企业.xlsx\""),
    Param::new("table[].sheet", Kind::String, "工作簿里的哪一张表", "Which sheet of the workbook")
        .default("the first sheet")
        .example("\"表1\""),
    Param::new("table[].holds", Choice(HOLDS), "每一行是什么", "What each row is: the array of tables to which the rows are added")
        .required()
        .example("\"firm\""),
    Param::new("scenario", Table, "方案总体信息", "The frame of the projection").required(),
    Param::new("scenario.id", Id, "方案编号", "Id of the scenario").required().example("\"hubei-2027\""),
    Param::new("scenario.title", Text, "方案标题", "Title, shown above every table and chart")
        .required()
        .example("{ zh = \"湖北生物医药\", en = \"Hubei biomedicine\" }"),
    Param::new("scenario.summary", Text, "一两句话的说明", "One or two sentences on the question")
        .example("\"2027 年能否达到 2500 亿元？\""),
    Param::new(
        "scenario.base_year",
        Year,
        "基期：数据已知的最后一年",
        "Base year t0: the last year whose figures are known",
    )
    .required()
    .range(Range::closed(1900.0, 2200.0))
    .formula("R_i,t0 = base figure; simulated years are t0+1 … T")
    .example("2024"),
    Param::new("scenario.horizon", Year, "推演到哪一年", "Last simulated year T; at most 100 years after the base year")
        .required()
        .range(Range::closed(1901.0, 2300.0))
        .example("2030")
        .renamed_from(&["end_year"]),
    Param::new(
        "scenario.measure",
        Kind::Reference(Reference::Measure),
        "推演所用的统计口径；其他口径按基期比例换算",
        "Primary measure: what base figures are in unless they stand under base_in",
    )
    .default("the only measure; without [measures] an implicit measure `revenue`")
    .formula("value in another measure = base_in · R_t / R_t0")
    .example("\"revenue\""),
    Param::new("scenario.trials", Count, "默认模拟次数", "Number of trials unless the command line says otherwise")
        .default("100000")
        .range(Range::closed(1.0, 1e12))
        .example("100000"),
    Param::new("scenario.seed", Count, "默认随机种子", "Seed of the random numbers unless the command line says otherwise")
        .default("1")
        .range(Range::closed(0.0, 9_223_372_036_854_775_807.0))
        .example("1"),
    Param::new(
        "scenario.reference",
        Kind::Reference(Reference::Policy),
        "对照政策：各政策的效果都与它相比",
        "Reference policy: changes of the other policies are measured against it",
    )
    .default("`none` if there is such a policy, else the first")
    .example("\"none\""),
    Param::new(
        "scenario.discount_rate",
        Quantity(UnitKind::Share),
        "财政资金的年折现率",
        "Yearly discount rate of public money, from the base year on",
    )
    .default("0")
    .range(Range::below(0.0, 1.0))
    .formula("present value = Σ_t cost_t / (1 + discount_rate)^(t − t0)")
    .example("\"3%\""),
    Param::new("measures", Table, "统计口径，键是口径编号", "Statistical measures by id"),
    Param::new("measures.*", Table, "一种统计口径", "One statistical measure"),
    Param::new("measures.*.name", Text, "口径名称", "Name of the measure")
        .required()
        .example("{ zh = \"营业收入\", en = \"Operating revenue\" }"),
    Param::new("measures.*.note", Text, "口径包括什么、不包括什么", "What the measure includes and leaves out")
        .example("\"规模以上医药工业，不含流通\""),
    Param::new("sources", Table, "资料来源，键是来源编号", "Documents that figures come from, by id"),
    Param::new("sources.*", Table, "一份资料", "One document"),
    Param::new("sources.*.title", Text, "资料标题", "Title of the document").required().example("\"某省产业规划\""),
    Param::new("sources.*.date", Kind::String, "发布日期", "Date of publication, as a string").example("\"2024-06\""),
    Param::new("sources.*.publisher", Text, "发布单位", "Publisher").example("\"某省人民政府\""),
    Param::new("sources.*.note", Text, "备注", "Remark").example("\"征求意见稿\""),
    Param::new("tails", Table, "冲击的厚尾程度", "Heaviness of the tails of yearly shocks"),
    Param::new(
        "tails.cycles",
        Quantity(UnitKind::Number),
        "景气冲击的 t 分布自由度；不写即正态",
        "Degrees of freedom of the Student-t innovations of the cycles (scaled to unit variance); absent = normal",
    )
    .range(Range::above(2.0, 1000.0))
    .formula("z = t_ν · √((ν − 2)/ν)")
    .example("5"),
    Param::new(
        "tails.own",
        Quantity(UnitKind::Number),
        "各板块自身冲击的 t 分布自由度；不写即正态",
        "Degrees of freedom of the Student-t own shocks of the segments (scaled to unit variance); absent = normal",
    )
    .range(Range::above(2.0, 1000.0))
    .formula("e = σ · t_ν · √((ν − 2)/ν)")
    .example("4"),
    Param::new("spillover", Table, "板块之间的溢出", "Spill-over of last year's growth between segments"),
    Param::new(
        "spillover.strength",
        Quantity(UnitKind::Number),
        "溢出强度 ρ",
        "Strength ρ: share of the neighbours' deviation from trend that reaches a segment a year later",
    )
    .uncertain()
    .required()
    .range(Range::below(0.0, 1.0))
    .formula("L_i,t = ρ · Σ_j w_ij · (ln G_j,t−1 − ln(1 + g_j + a_j))")
    .example("0.1"),
    Param::new(
        "spillover.neighbours",
        Choice(&["same_industry", "same_cluster", "links"]),
        "谁是邻居：同行业、同市州，或逐条列出",
        "Who is a neighbour: the other segments of the industry or of the cluster (weights w_ij by base-year revenue \
         at the medians), or as listed under spillover.link",
    )
    .default("\"same_industry\"")
    .example("\"links\""),
    Param::new("spillover.link[]", Kind::Tables, "一条溢出关系", "One link, with neighbours = \"links\""),
    Param::new(
        "spillover.link[].to",
        Kind::Reference(Reference::Segment),
        "受影响的板块（市州/行业）",
        "The segment that is reached, as cluster/industry",
    )
    .required()
    .example("\"wuhan/chemical\""),
    Param::new(
        "spillover.link[].from",
        Kind::Reference(Reference::Segment),
        "来源板块（市州/行业）",
        "The segment that it comes from, as cluster/industry",
    )
    .required()
    .example("\"yichang/chemical\""),
    Param::new(
        "spillover.link[].weight",
        Quantity(UnitKind::Share),
        "权重；同一受影响板块的权重合计为 100%",
        "Weight w_ij; the weights of one `to` add up to 1",
    )
    .required()
    .range(Range::closed(0.0, 1.0))
    .example("\"60%\""),
    Param::new("correlation[]", Kind::Tables, "景气冲击之间的相关", "Correlation of the yearly innovations of cycles"),
    Param::new(
        "correlation[].of",
        Kind::Cycles,
        "哪些景气相关：nation、industry.<编号>、province.<编号>",
        "The cycles, two or more of `nation`, `industry.<id>`, `province.<id>`; every pair of the list gets the value",
    )
    .required()
    .example("[\"industry.chemical\", \"industry.tcm\"]"),
    Param::new(
        "correlation[].value",
        Quantity(UnitKind::Number),
        "相关系数",
        "Correlation of the innovations z of every pair of the list; pairs that are not stated have 0. With \
         tails.cycles, the cycles named in correlations share one χ² (multivariate t)",
    )
    .required()
    .range(Range::open(-1.0, 1.0))
    .formula("corr(z_a,t , z_b,t) = value")
    .example("0.5"),
    Param::new("dependence[]", Kind::Tables, "不确定数值之间的相关", "Dependence of uncertain quantities (Gaussian copula)"),
    Param::new(
        "dependence[].of",
        Kind::Paths,
        "哪些数值相关（数值路径）",
        "Paths of two or more uncertain quantities; every pair of the list gets the correlation",
    )
    .required()
    .example("[\"industry.chemical.trend\", \"industry.tcm.trend\"]"),
    Param::new(
        "dependence[].correlation",
        Quantity(UnitKind::Number),
        "相关系数",
        "Correlation of every pair of the list; pairs that are not stated have 0",
    )
    .required()
    .range(Range::open(-1.0, 1.0))
    .formula("quantity = F⁻¹(Φ(y)), y jointly normal; rank correlation r gives corr(y) = 2 sin(π r / 6)")
    .example("0.4"),
    Param::new(
        "dependence[].kind",
        Choice(&["rank", "normal"]),
        "rank 为秩相关，normal 为正态得分相关",
        "Whether the correlation is Spearman's rank correlation or that of the underlying normal variables",
    )
    .default("\"rank\"")
    .example("\"normal\""),
];
