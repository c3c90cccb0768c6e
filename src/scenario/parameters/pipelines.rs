//! Rows of the parameter table: pipelines and arriving firms, and the instruments that support them.

use super::Kind::{Count, Id, Quantity, Tables, Text, Year, YearPair};
use super::{Kind, Param, Range, Reference};
use crate::units::UnitKind::{Money, Number, PerYear, Points, Share, Years};

const APPROVED: &str = "approved with probability Π success; T = entry + Σ durations";
const ENTRANTS: &str = "entrants of year t ~ Poisson(entrants_t), entering at a uniform time of the year";
const SALES: &str =
    "sales_t = peak_sales · mean uptake in year t; uptake linear from T + launch_after over ramp years";
const LOCAL: &str = "V_t += local · (sales_t − sales_t−1)";
const SETTLED: &str = "V_t += (1 − displaced) · Σ size · [ramp(t−τ) − ramp(t−1−τ)]";
const LEVERS: &str = "several instruments: multipliers multiply, additions add";

pub(super) const ROWS: &[Param] = &[
    Param::new(
        "pipeline[]",
        Tables,
        "在研管线：各阶段的品种、通过率、时长、获批后的销售",
        "Products on their way to approval, by stage, and their sales once approved",
    ),
    Param::new("pipeline[].id", Id, "管线编号", "Id of the pipeline").required().example("\"class1\""),
    Param::new("pipeline[].name", Text, "管线名称", "Name of the pipeline").default("the id").example("\"一类新药\""),
    Param::new("pipeline[].industry", Kind::Reference(Reference::Industry), "所属行业", "Industry of the products")
        .required()
        .example("\"biologics\""),
    Param::new(
        "pipeline[].province",
        Kind::Reference(Reference::Province),
        "本地销售记入哪个省（按该行业基期收入分到各集群）。与 cluster 至多写一个",
        "Province that books local sales, split over its clusters by base-year revenue in the industry. At most one of \
         province and cluster",
    )
    .default("the only province")
    .example("\"hubei\""),
    Param::new("pipeline[].cluster", Kind::Reference(Reference::Cluster), "本地销售记入哪个集群", "Cluster that books local sales")
        .example("\"wuhan\""),
    Param::new("pipeline[].entrants", Quantity(PerYear), "每年新进入管线的品种数（泊松）", "Products that enter a year (Poisson)")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 1000.0))
        .formula(ENTRANTS)
        .example("\"12个/年\""),
    Param::new("pipeline[].enter_at", Kind::Reference(Reference::Stage), "从哪个阶段进入", "Id of the stage that entrants enter")
        .default("the first stage")
        .example("\"phase1\""),
    Param::new(
        "pipeline[].peak_sales",
        Quantity(Money),
        "每个获批品种的峰值年销售，逐个抽取",
        "Peak yearly sales of an approved product, drawn for each approval",
    )
    .uncertain()
    .range(Range::closed(0.0, 1e6))
    .plausible(0.001, 1000.0)
    .formula(SALES)
    .example("\"0.5亿元~8亿元\""),
    Param::new("pipeline[].ramp", Quantity(Years), "上市后几年达到峰值", "Years from launch to peak sales")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 100.0))
        .formula(SALES)
        .example("\"5年\""),
    Param::new("pipeline[].launch_after", Quantity(Years), "获批后几年上市", "Years from approval to launch")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 100.0))
        .formula(SALES)
        .example("\"6个月\""),
    Param::new("pipeline[].local", Quantity(Share), "销售中计入本地收入的比例", "Share of the sales that is booked as local revenue")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 1.0))
        .formula(LOCAL)
        .example("\"60%\""),
    Param::new("pipeline[].stage[]", Tables, "管线的阶段，按先后次序", "A stage of the pipeline, in order"),
    Param::new("pipeline[].stage[].id", Id, "阶段编号", "Id of the stage within the pipeline").required().example("\"phase1\""),
    Param::new("pipeline[].stage[].name", Text, "阶段名称", "Name of the stage").default("the id").example("\"临床一期\""),
    Param::new("pipeline[].stage[].success", Quantity(Share), "通过本阶段的概率", "Probability of passing the stage")
        .uncertain()
        .required()
        .range(Range::closed(0.0, 1.0))
        .formula(APPROVED)
        .example("\"52%\""),
    Param::new("pipeline[].stage[].duration", Quantity(Years), "平均时长", "Mean duration")
        .uncertain()
        .required()
        .range(Range::above(0.0, 100.0))
        .formula(APPROVED)
        .example("\"2.3年\""),
    Param::new(
        "pipeline[].stage[].shape",
        Quantity(Number),
        "时长伽马分布的形状参数，1 为指数分布；不写则时长固定",
        "Shape of the gamma law of the duration, 1 = exponential; without it the duration is fixed",
    )
    .range(Range::closed(0.1, 1000.0))
    .formula("duration_k ~ Gamma(shape, mean = duration)")
    .example("4"),
    Param::new(
        "pipeline[].stage[].assets",
        Count,
        "基期末处于本阶段的品种数",
        "Products in this stage at the end of the base year",
    )
    .default("0")
    .range(Range::closed(0.0, 10_000.0))
    .formula("approved of them ~ Binomial(assets, Π success)")
    .example("60"),
    Param::new(
        "pipeline[].stage[].elapsed",
        Quantity(Share),
        "这些品种已走过本阶段的比例",
        "Share of the stage that these products have behind them",
    )
    .uncertain()
    .default("0")
    .range(Range::closed(0.0, 1.0))
    .formula("remaining duration = (1 − elapsed) · duration")
    .example("\"50%\""),
    Param::new("arrival[]", Tables, "引进外来企业", "Outside firms that settle"),
    Param::new("arrival[].id", Id, "编号", "Id of the arrival").required().example("\"hq\""),
    Param::new("arrival[].name", Text, "名称", "Name of the arrival").default("the id").example("\"引进总部企业\""),
    Param::new("arrival[].cluster", Kind::Reference(Reference::Cluster), "落户的集群", "Cluster that they settle in")
        .required()
        .example("\"wuhan\""),
    Param::new("arrival[].industry", Kind::Reference(Reference::Industry), "所属行业", "Their industry").required().example("\"devices\""),
    Param::new("arrival[].rate", Quantity(PerYear), "每年落户企业数（泊松）", "Firms that settle a year (Poisson)")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 100.0))
        .formula("arrivals of year τ ~ Poisson(rate_τ)")
        .example("\"0.5个/年\""),
    Param::new("arrival[].years", YearPair, "可能落户的首末年份", "First and last year in which firms may settle, under any policy")
        .default("all simulated years")
        .example("[2025, 2027]"),
    Param::new("arrival[].size", Quantity(Money), "每家企业达产后的年收入，逐家抽取", "Yearly revenue at full output, drawn for each firm")
        .uncertain()
        .required()
        .range(Range::closed(0.0, 1e6))
        .plausible(0.001, 10_000.0)
        .formula(SETTLED)
        .example("\"2亿元~30亿元\""),
    Param::new("arrival[].online_after", Quantity(Years), "落户后几年投产", "Years from arrival to first output")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 100.0))
        .formula(SETTLED)
        .example("\"1年\""),
    Param::new("arrival[].full_after", Quantity(Years), "落户后几年达产，不早于投产", "Years from arrival to full output, not before online_after")
        .uncertain()
        .default("online_after")
        .range(Range::closed(0.0, 100.0))
        .formula(SETTLED)
        .example("\"3年\""),
    Param::new("arrival[].displaced", Quantity(Share), "新增收入中从本地企业抢来的比例", "Share of their revenue that is taken from local firms")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 1.0))
        .formula(SETTLED)
        .example("\"10%\""),
    Param::new(
        "instrument[].pipeline",
        Kind::Table,
        "管线渠道：加快审评、临床资助、按获批奖励、入院推广等",
        "Pipeline channel: faster review, support of trials, awards per approval, access to hospitals",
    ),
    Param::new("instrument[].pipeline.pipelines", Kind::References(Reference::Pipeline), "支持哪些管线", "Supported pipelines")
        .required()
        .example("[\"class1\"]"),
    Param::new("instrument[].pipeline.stages", Kind::References(Reference::Stage), "支持哪些阶段（success、duration）", "Supported stages (success, duration), by id")
        .default("all")
        .example("[\"review\"]"),
    Param::new("instrument[].pipeline.start", Year, "措施开始的年份", "Year in which the measure starts")
        .default("the first simulated year")
        .example("2025"),
    Param::new("instrument[].pipeline.entrants", Quantity(Number), "每年新进入数的倍数", "Multiplier of entrants")
        .uncertain()
        .default("1")
        .range(Range::closed(0.0, 10.0))
        .formula(LEVERS)
        .example("1.2"),
    Param::new("instrument[].pipeline.entrants_added", Quantity(PerYear), "每年另增的进入数", "Further entrants a year")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 100.0))
        .formula(LEVERS)
        .example("\"2个/年\""),
    Param::new(
        "instrument[].pipeline.success",
        Quantity(Number),
        "通过率的倍数，对措施开始后结束的阶段有效，通过率不超过 1",
        "Multiplier of the success of supported stages that end after the start; the product is capped at 1",
    )
    .uncertain()
    .default("1")
    .range(Range::closed(0.0, 100.0))
    .formula("min(1, success · multiplier)")
    .example("1.1"),
    Param::new(
        "instrument[].pipeline.duration",
        Quantity(Number),
        "时长的倍数，从措施开始起按此快慢推进",
        "Multiplier of the duration of supported stages: from the start on their work proceeds at 1/multiplier of its pace",
    )
    .uncertain()
    .default("1")
    .range(Range::above(0.0, 100.0))
    .formula(LEVERS)
    .example("\"67%\""),
    Param::new("instrument[].pipeline.uptake", Quantity(Number), "达到峰值所需年数的倍数", "Multiplier of `ramp` of products approved after the start")
        .uncertain()
        .default("1")
        .range(Range::closed(0.0, 100.0))
        .formula(LEVERS)
        .example("0.8"),
    Param::new("instrument[].pipeline.peak", Quantity(Number), "峰值销售的倍数", "Multiplier of peak sales of products approved after the start")
        .uncertain()
        .default("1")
        .range(Range::closed(0.0, 100.0))
        .formula(LEVERS)
        .example("1.15"),
    Param::new(
        "instrument[].pipeline.local_added",
        Quantity(Points),
        "另增的本地比例，合计不超过 1",
        "Added to `local` of products approved after the start; the sum is capped at 1",
    )
    .uncertain()
    .default("0")
    .range(Range::closed(0.0, 1.0))
    .formula(LOCAL)
    .example("\"10%\""),
    Param::new(
        "instrument[].pipeline.award",
        Quantity(Money),
        "每个获批品种的奖励，按获批先后发放，当年资金用完为止；uptake、peak、local_added 只对获奖品种有效",
        "Award per approval, paid in the order of approval while the year's money lasts; uptake, peak and local_added then \
         hold for the awarded products only",
    )
    .uncertain()
    .range(Range::above(0.0, 1e6))
    .plausible(1e-4, 10.0)
    .formula("awards of year t ≤ money_t / award; cost = awards paid")
    .example("\"3000万元\""),
    Param::new("instrument[].arrivals", Kind::Table, "引进企业渠道", "Arrivals channel: support of firms that settle"),
    Param::new("instrument[].arrivals.of", Kind::References(Reference::Arrival), "支持哪些引进", "Supported arrivals")
        .required()
        .example("[\"hq\"]"),
    Param::new("instrument[].arrivals.start", Year, "措施开始的年份", "Year in which the measure starts")
        .default("the first simulated year")
        .example("2025"),
    Param::new("instrument[].arrivals.rate", Quantity(Number), "每年落户数的倍数", "Multiplier of the rate")
        .uncertain()
        .default("1")
        .range(Range::closed(0.0, 10.0))
        .formula(LEVERS)
        .example("1.5"),
    Param::new("instrument[].arrivals.added", Quantity(PerYear), "每年另增的落户数", "Further arrivals a year")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 100.0))
        .formula(LEVERS)
        .example("\"1家/年\""),
];
