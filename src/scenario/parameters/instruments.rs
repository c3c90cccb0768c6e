//! Rows of the parameter table: instruments, their money, the knowledge and growth channels.

use super::Kind::{Delay, Id, Quantity, Table, Tables, Text, Year};
use super::{Kind, Param, Range, Reference};
use crate::scenario::class;
use crate::units::UnitKind::{Figure, LogPoints, Money, Number, PerYear, Rate, Share};

pub(super) const ROWS: &[Param] = &[
    Param::new(
        "instrument[]",
        Tables,
        "政策工具：基金、补贴、招商项目等",
        "A policy tool: public money and the channels through which it works (capacity, knowledge, growth)",
    ),
    Param::new("instrument[].id", Id, "工具编号", "Id of the instrument").required().example("\"fund\""),
    Param::new(
        "instrument[].entry",
        Kind::String,
        "取工具目录里的这一条（clustercast catalogue 列出全部）；这里写的键逐项替换条目的默认值",
        "Entry of the instrument catalogue (`clustercast catalogue` lists it); keys written here replace the entry's, key by key",
    )
    .example("\"IN-HB48-21\""),
    Param::new("instrument[].name", Text, "工具名称", "Name of the instrument").default("the id, or the name of the catalogue entry").example("\"产业引导基金\""),
    Param::new(
        "instrument[].class",
        Kind::Choice(class::WORDS),
        "类别：funds 基金与融资，projects 招商项目，subsidies 补助与奖励，products 新产品与外来企业，measures 其他措施；图表按它分类",
        "Class under which charts and tables count it; by default by the first that it has: projects, capacity (funds), pipeline or arrivals (products), knowledge or money (subsidies), else measures",
    )
    .default("by its channels")
    .example("\"subsidies\""),
    Param::new("instrument[].document", Kind::String, "出自哪份文件", "Document that announces it").example("\"HB701 一\""),
    Param::new(
        "instrument[].province",
        Kind::Reference(Reference::Province),
        "只作用于这个省的集群",
        "Province whose clusters alone it reaches, wherever no cluster is named",
    )
    .default("all")
    .example("\"hubei\""),
    Param::new(
        "instrument[].money",
        Table,
        "财政资金：total、per_year、by_year 三者写其一",
        "Public money: one of total, per_year and by_year; left out for projects and for growth measures without cost",
    )
    .whole(),
    Param::new(
        "instrument[].money.total",
        Quantity(Money),
        "总额，在 from 到 to 之间逐年平均支出",
        "Total, paid in equal parts in every year of from..to",
    )
    .uncertain()
    .range(Range::closed(0.0, 1e9))
    .plausible(0.01, 10_000.0)
    .formula("F·d_t = total / (to − from + 1) for from ≤ t ≤ to")
    .example("\"100亿元\""),
    Param::new("instrument[].money.per_year", Quantity(Money), "每年金额，从 from 到 to", "Money a year in from..to")
        .uncertain()
        .range(Range::closed(0.0, 1e9))
        .plausible(0.01, 10_000.0)
        .formula("F·d_t = per_year for from ≤ t ≤ to")
        .example("\"5000万元\""),
    Param::new("instrument[].money.by_year", Table, "分年金额，键是年份", "Money by calendar year").whole(),
    Param::new("instrument[].money.by_year.*", Quantity(Money), "该年金额", "Money in that year")
        .uncertain()
        .range(Range::closed(0.0, 1e9))
        .plausible(0.01, 10_000.0)
        .formula("F·d_t")
        .example("\"3430万元\""),
    Param::new("instrument[].money.from", Year, "首个支出年份", "First year of payment, base year … horizon")
        .default("the first simulated year")
        .example("2025"),
    Param::new("instrument[].money.to", Year, "最后支出年份", "Last year of payment, base year … horizon")
        .default("the horizon")
        .example("2027"),
    Param::new("instrument[].recovery", Table, "资金回收", "Stated return of the money; net cost = gross cost − returns"),
    Param::new("instrument[].recovery.share", Quantity(Share), "回收比例", "Share of the money that returns")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 1.0))
        .formula("return in t = share · F·d_(t − after)")
        .example("\"60%\""),
    Param::new("instrument[].recovery.after", Delay, "支出后几年收回", "Years from payment to return")
        .default("0")
        .range(Range::closed(0.0, 100.0))
        .example("7"),
    Param::new(
        "instrument[].allocation",
        Table,
        "资金在各集群之间的分配，合计 100%",
        "Split of money (or signed investment) over clusters by cluster id, adding up to 1",
    )
    .default("by base-year revenue")
    .keys(Reference::Cluster)
    .whole(),
    Param::new("instrument[].allocation.*", Quantity(Share), "该集群所得比例", "Share of that cluster")
        .range(Range::closed(0.0, 1.0))
        .formula("alloc_c in I_c,t")
        .example("\"60%\""),
    Param::new(
        "instrument[].knowledge",
        Table,
        "知识渠道：研发补贴、奖励、揭榜挂帅、平台",
        "Knowledge channel: R&D subsidies, awards, challenge grants, platforms",
    ),
    Param::new(
        "instrument[].knowledge.additionality",
        Quantity(Number),
        "每元财政资金带动的企业研发投入（-1 为完全挤出）",
        "Private R&D induced per public yuan; −1 = full crowding-out",
    )
    .uncertain()
    .required()
    .range(Range::closed(-1.0, 10.0))
    .formula("X_c,t+1 = (1 − δ) X_c,t + (1 + additionality) · B_c,t, X_c,t0 = 0")
    .example("{ dist = \"triangular\", low = -0.1, mode = 0.1, high = 0.5 }"),
    Param::new("instrument[].knowledge.elasticity", Quantity(Number), "产出对知识存量的弹性", "Output elasticity of knowledge")
        .uncertain()
        .required()
        .range(Range::closed(-1.0, 2.0))
        .formula("U_c,t = β · [ln(1 + X_c,t+1−lag / K_c,t+1−lag) − ln(1 + X_c,t−lag / K_c,t−lag)]")
        .example("\"0.05 to 0.15\""),
    Param::new("instrument[].knowledge.depreciation", Quantity(Share), "知识存量的年折旧率 δ", "Yearly depreciation δ")
        .uncertain()
        .default("15%")
        .range(Range::above(0.0, 1.0))
        .formula("K_c,t = rd_intensity · R̃_c,t / (g̃ + δ), which needs g̃ + δ > 0")
        .example("\"15%\""),
    Param::new("instrument[].knowledge.lag", Delay, "从投入到见效的年数", "Years from the stock to its effect")
        .default("0")
        .range(Range::closed(0.0, 50.0))
        .formula("see elasticity")
        .example("1"),
    Param::new("instrument[].knowledge.rd_intensity", Quantity(Share), "研发投入占营业收入的比例", "R&D as a share of revenue")
        .uncertain()
        .required()
        .range(Range::above(0.0, 1.0))
        .formula("K_c,t = rd_intensity · R̃_c,t / (g̃ + δ), R̃ the median path and g̃ its growth")
        .example("\"6%\""),
    Param::new(
        "instrument[].growth",
        Table,
        "增长渠道：只知道大致效果的措施",
        "Growth channel: measures known only by their likely effect",
    ),
    Param::new(
        "instrument[].growth.uplift",
        Quantity(LogPoints),
        "每年增加的增长（对数增速）。与 level 写其一",
        "Growth added a year, in log points, once phased in. One of uplift and level",
    )
    .uncertain()
    .range(Range::closed(-1.0, 1.0))
    .formula("U_c,t = uplift · min(1, (t − start − lag + 1)/years), constant after the phase-in")
    .example("\"0.5个百分点\""),
    Param::new(
        "instrument[].growth.level",
        Quantity(Rate),
        "对收入水平的总影响，分 years 年到位。与 uplift 写其一",
        "Total effect on the level of revenue, reached after `years`. One of uplift and level",
    )
    .uncertain()
    .range(Range::open(-1.0, 10.0))
    .formula("Σ_t U_c,t = ln(1 + level), in `years` equal parts")
    .example("{ dist = \"uniform\", low = 0, high = \"10%\" }"),
    Param::new("instrument[].growth.years", Delay, "效果在几年内线性到位", "Years over which the effect is phased in linearly")
        .default("1")
        .range(Range::closed(1.0, 100.0))
        .example("5"),
    Param::new("instrument[].growth.lag", Delay, "开始后几年见效", "Years from the start to the first effect")
        .default("0")
        .range(Range::closed(0.0, 50.0))
        .example("1"),
    Param::new("instrument[].growth.start", Year, "措施开始的年份", "Year in which the measure starts")
        .default("the first year with money, else the first simulated year")
        .example("2025"),
    Param::new(
        "instrument[].growth.scale",
        Quantity(Money),
        "饱和尺度：资金越多，边际效果越小",
        "Money at which 63 % of the effect is reached; without it the effect does not depend on the money",
    )
    .uncertain()
    .range(Range::open(0.0, 1e9))
    .plausible(0.01, 10_000.0)
    .formula("effect × (1 − exp(−money spent so far / scale))")
    .example("\"30亿元\""),
    Param::new("instrument[].growth.clusters", Kind::References(Reference::Cluster), "影响哪些集群", "Clusters that gain")
        .default("all")
        .example("[\"wuhan\"]"),
    Param::new("instrument[].growth.industries", Kind::References(Reference::Industry), "影响哪些行业", "Industries that gain")
        .default("all")
        .example("[\"devices\"]"),
    Param::new("instrument[].indicators", Table, "指标渠道", "Indicators channel: what the instrument does to indicators"),
    Param::new(
        "instrument[].indicators.of",
        Kind::References(Reference::Indicator),
        "影响哪些指标",
        "Indicators that it moves",
    )
    .required()
    .example("[\"rd-intensity\"]"),
    Param::new("instrument[].indicators.start", Year, "从哪一年起起作用", "First year in which it works")
        .default("the first simulated year")
        .example("2025"),
    Param::new("instrument[].indicators.years", Delay, "几年内逐步到位", "Years of the linear phase-in of a shift")
        .default("1")
        .range(Range::closed(1.0, 100.0))
        .formula("shift_t = shift · min(1, (t − start + 1) / years)")
        .example("3"),
    Param::new("instrument[].indicators.rate", Quantity(Number), "每年新增数乘以几倍", "Multiplier of a count's rate")
        .uncertain()
        .default("1")
        .range(Range::closed(0.0, 100.0))
        .formula("n_t ~ Poisson(rate · Π multipliers + Σ additions)")
        .example("1.5"),
    Param::new("instrument[].indicators.added", Quantity(PerYear), "每年另增几个", "Further arrivals a year")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 300.0))
        .formula("n_t ~ Poisson(rate · Π multipliers + Σ additions)")
        .example("\"2个/年\""),
    Param::new(
        "instrument[].indicators.shift",
        Quantity(Figure),
        "使均值最终变动多少",
        "Shift of a ratio's mean once phased in, in the unit of the indicator",
    )
    .uncertain()
    .default("0")
    .range(Range::closed(-1e6, 1e6))
    .formula("mean_t = mean + drift · t + shift_t")
    .example("\"0.3%\""),
];
