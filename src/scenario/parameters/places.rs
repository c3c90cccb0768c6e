//! Rows of the parameter table: provinces, clusters and groups of clusters.

use super::Kind::{Flag, Id, Quantity, Table, Tables, Text};
use super::{Kind, Param, Range, Reference};
use crate::units::UnitKind::{Log, LogPoints, Money, Number, Points, Share};

pub(super) const ROWS: &[Param] = &[
    Param::new(
        "province[]",
        Tables,
        "省份；不写则有一个名为 province 的省，等于各市州之和",
        "A province; without any there is one with the id `province`, the sum of the clusters",
    ),
    Param::new("province[].id", Id, "省份编号", "Id of the province").required().example("\"hubei\""),
    Param::new("province[].name", Text, "省份名称", "Name of the province").default("the id").example("\"湖北省\""),
    Param::new(
        "province[].base",
        Quantity(Money),
        "全省基期数，按主口径",
        "Base-year figure of the province in the primary measure; the clusters must add up to it",
    )
    .uncertain()
    .default("the sum of the clusters")
    .range(Range::open(0.0, 1e9))
    .plausible(10.0, 100_000.0)
    .formula("Σ_c R_c,t0 = base")
    .example("{ dist = \"normal\", mean = \"1250亿元\", sd = \"75亿元\" }"),
    Param::new(
        "province[].base_in",
        Table,
        "全省在其他口径下的基期数，键是口径编号",
        "Base-year figures of the province in other measures, by measure id",
    )
    .keys(Reference::Measure),
    Param::new("province[].base_in.*", Quantity(Money), "该口径下的基期数", "Base-year figure in that measure")
        .uncertain()
        .range(Range::open(0.0, 1e9))
        .plausible(10.0, 100_000.0)
        .formula("value in that measure = base_in · R_t / R_t0")
        .example("\"2100亿元\""),
    Param::new(
        "province[].premium",
        Quantity(Points),
        "全省各板块增速与全国同行业之差，快于全国为正",
        "Growth of all segments of the province less that of the national industries",
    )
    .uncertain()
    .default("0")
    .range(Range::open(-1.0, 10.0))
    .plausible(-0.5, 1.0)
    .formula("a_i = province.premium + cluster.premium + cluster.industry_premium")
    .example("\"1个百分点\""),
    Param::new("province[].cycle", Table, "省级景气波动", "Cycle P_p,t of the province: a stationary AR(1) in log growth")
        .default("no cycle"),
    Param::new(
        "province[].cycle.volatility",
        Quantity(Log),
        "省级景气波动的标准差",
        "Stationary standard deviation of the provincial cycle",
    )
    .uncertain()
    .required()
    .range(Range::closed(0.0, 5.0))
    .plausible(0.0, 1.0)
    .formula("P_t = φ P_t−1 + τ √(1 − φ²) z_t, so s.d.(P_t) = τ")
    .example("\"3%\""),
    Param::new("province[].cycle.persistence", Quantity(Number), "省级景气的持续性", "Persistence of the provincial cycle")
        .uncertain()
        .default("0")
        .range(Range::open(-1.0, 1.0))
        .formula("P_t = φ P_t−1 + τ √(1 − φ²) z_t")
        .example("0.2"),
    Param::new(
        "province[].cycle.start",
        Quantity(LogPoints),
        "基期的省级景气偏离；不写则按长期分布抽取",
        "Deviation of the province's log growth from trend in the base year; absent = drawn from the stationary law",
    )
    .uncertain()
    .range(Range::closed(-5.0, 5.0))
    .formula("P_t0 = start; else P_t0 ~ Normal(0, τ²)")
    .example("\"0%\""),
    Param::new("cluster[]", Tables, "产业集群（市州或园区），互不重叠", "A cluster: a place with revenue; clusters do not overlap")
        .required(),
    Param::new("cluster[].id", Id, "集群编号", "Id of the cluster").required().example("\"wuhan\""),
    Param::new("cluster[].name", Text, "集群名称", "Name of the cluster").default("the id").example("\"武汉\""),
    Param::new("cluster[].province", Kind::Reference(Reference::Province), "所在省份", "Province of the cluster")
        .default("the only province")
        .example("\"hubei\""),
    Param::new(
        "cluster[].base",
        Quantity(Money),
        "集群基期数，按主口径",
        "Base-year figure in the primary measure. Exactly one of base, share and remainder",
    )
    .uncertain()
    .range(Range::closed(0.0, 1e9))
    .plausible(0.1, 50_000.0)
    .formula("R_c,t0 = base; R_i,t0 = mix · R_c,t0")
    .example("\"420亿元\"")
    .renamed_from(&["base_revenue", "revenue"]),
    Param::new(
        "cluster[].share",
        Quantity(Share),
        "占全省基期数的比例",
        "Share of the province's base figure. Exactly one of base, share and remainder",
    )
    .uncertain()
    .range(Range::closed(0.0, 1.0))
    .formula("R_c,t0 = share · province base")
    .example("\"35%\""),
    Param::new(
        "cluster[].remainder",
        Flag,
        "写 true 表示取全省减去其他集群的余数",
        "true: the cluster takes what the others leave of the province's base figure",
    )
    .formula("R_c,t0 = province base − Σ other clusters, which must not be negative")
    .example("true"),
    Param::new("cluster[].base_in", Table, "集群在其他口径下的基期数", "Base-year figures in other measures, by measure id")
        .keys(Reference::Measure),
    Param::new("cluster[].base_in.*", Quantity(Money), "该口径下的基期数", "Base-year figure in that measure")
        .uncertain()
        .range(Range::open(0.0, 1e9))
        .plausible(0.1, 50_000.0)
        .formula("value in that measure = base_in · R_c,t / R_c,t0")
        .example("\"800亿元\""),
    Param::new("cluster[].mix", Table, "行业构成，合计 100%", "Industry mix by industry id, adding up to 1")
        .default("100% if there is one industry")
        .keys(Reference::Industry)
        .whole(),
    Param::new("cluster[].mix.*", Quantity(Share), "该行业所占比例", "Share of that industry in the cluster's base figure")
        .range(Range::closed(0.0, 1.0))
        .formula("R_i,t0 = mix · R_c,t0")
        .example("\"40%\""),
    Param::new(
        "cluster[].premium",
        Quantity(Points),
        "集群各板块的额外增速",
        "Further growth of all segments of the cluster",
    )
    .uncertain()
    .default("0")
    .range(Range::open(-1.0, 10.0))
    .plausible(-0.5, 1.0)
    .formula("a_i = province.premium + cluster.premium + cluster.industry_premium")
    .example("\"1%\""),
    Param::new(
        "cluster[].industry_premium",
        Table,
        "单个行业板块的额外增速，键是行业编号",
        "Further growth of single segments, by industry id",
    )
    .keys(Reference::Industry),
    Param::new("cluster[].industry_premium.*", Quantity(Points), "该板块的额外增速", "Further growth of that segment")
        .uncertain()
        .default("0")
        .range(Range::open(-1.0, 10.0))
        .plausible(-0.5, 1.0)
        .formula("a_i = province.premium + cluster.premium + cluster.industry_premium")
        .example("\"2%\""),
    Param::new(
        "cluster[].own_volatility",
        Quantity(Log),
        "每个板块自身年度冲击的标准差",
        "Standard deviation of each segment's own yearly shock, independent over segments and years",
    )
    .uncertain()
    .default("0")
    .range(Range::closed(0.0, 5.0))
    .plausible(0.0, 1.0)
    .formula("e_i,t = σ z; ln R_T has variance T (τ_N² + τ_S² + τ_P² + σ²) when all φ = 0")
    .example("\"8%\""),
    Param::new(
        "cluster[].exposure",
        Quantity(Number),
        "对全国景气的敏感度 b",
        "Exposure b of the cluster's segments to the national cycle",
    )
    .uncertain()
    .default("1")
    .range(Range::closed(-10.0, 10.0))
    .formula("ln G_i,t contains b_i · N_t")
    .example("1.2"),
    Param::new("group[]", Tables, "若干集群合成的一组，像集群一样汇报", "A named set of clusters, reported like a cluster"),
    Param::new("group[].id", Id, "组编号", "Id of the group").required().example("\"yijingjing\""),
    Param::new("group[].name", Text, "组名称", "Name of the group").default("the id").example("\"宜荆荆\""),
    Param::new("group[].clusters", Kind::References(Reference::Cluster), "组内的集群", "Clusters of the group")
        .required()
        .example("[\"yichang\", \"jingzhou\"]"),
    Param::new("group[].base_in", Table, "该组在其他口径下的基期数", "Base-year figures in other measures, by measure id")
        .keys(Reference::Measure),
    Param::new("group[].base_in.*", Quantity(Money), "该口径下的基期数", "Base-year figure in that measure")
        .uncertain()
        .range(Range::open(0.0, 1e9))
        .plausible(0.1, 50_000.0)
        .formula("value in that measure = base_in · R_t / R_t0 of the group")
        .example("\"800亿元\""),
];
