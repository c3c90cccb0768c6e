//! Rows of the parameter table: the capacity channel and project batches.

use super::Kind::{Choice, Count, Delay, Quantity, Table, Year};
use super::{Kind, Param, Range, Reference};
use crate::units::UnitKind::{Money, Number, Share, Years};

const INVESTMENT: &str = "I_c,t = F·d_t · realised · leverage · retained · (1 − deadweight) · alloc_c";
const REVENUE: &str =
    "V_c,t = (1 − displaced) · survival · output_ratio · Σ_τ E_c,τ · [ramp(t−τ) − ramp(t−1−τ)]";
const RAMP: &str = "ramp(k) = 0 for k < online_after, then linear, 1 for k ≥ full_after";
const FUNNEL: &str =
    "landed ~ Binomial(count, landed), started ~ Binomial(landed, started); each project has signed/count";

pub(super) const ROWS: &[Param] = &[
    Param::new(
        "instrument[].capacity",
        Table,
        "产能渠道：基金、投资、招商形成的新增收入",
        "Capacity channel: investment that becomes new revenue",
    ),
    Param::new("instrument[].capacity.realised", Quantity(Share), "公布规模中实际到位的比例", "Share of the announced money that is paid in")
        .uncertain()
        .default("1")
        .range(Range::closed(0.0, 1.0))
        .formula(INVESTMENT)
        .example("{ dist = \"beta\", mean = \"45%\", sd = \"15%\" }"),
    Param::new(
        "instrument[].capacity.leverage",
        Quantity(Number),
        "撬动倍数：每元财政资金对应的总投资",
        "Yuan invested in all per public yuan",
    )
    .uncertain()
    .default("1")
    .range(Range::closed(0.0, 1000.0))
    .formula(INVESTMENT)
    .example("\"4 to 5.5\""),
    Param::new("instrument[].capacity.retained", Quantity(Share), "返投比例：投在本省的比例", "Share invested in the province")
        .uncertain()
        .default("1")
        .range(Range::closed(0.0, 1.0))
        .formula(INVESTMENT)
        .example("\"60%\""),
    Param::new(
        "instrument[].capacity.deadweight",
        Quantity(Share),
        "没有政策也会发生的投资比例",
        "Share that would have come anyway",
    )
    .uncertain()
    .default("0")
    .range(Range::closed(0.0, 1.0))
    .formula(INVESTMENT)
    .example("\"60%~90%\""),
    Param::new(
        "instrument[].capacity.displaced",
        Quantity(Share),
        "新增收入中从本地企业抢来的比例",
        "Share of the new sales that is taken from local firms",
    )
    .uncertain()
    .default("0")
    .range(Range::closed(0.0, 1.0))
    .formula(REVENUE)
    .example("\"10%\""),
    Param::new("instrument[].capacity.survival", Quantity(Share), "投资存活（未失败）的比例", "Share of the investment that does not fail")
        .uncertain()
        .default("1")
        .range(Range::closed(0.0, 1.0))
        .formula("failure = share: E · survival; failure = vintage: E · Bernoulli(survival), one draw per year of payment")
        .example("\"80%\""),
    Param::new(
        "instrument[].capacity.output_ratio",
        Quantity(Number),
        "每元投资达产后的年收入",
        "Yearly revenue at full output per yuan invested",
    )
    .uncertain()
    .required()
    .range(Range::closed(0.0, 100.0))
    .formula(REVENUE)
    .example("\"0.6 to 2.0\""),
    Param::new("instrument[].capacity.online_after", Quantity(Years), "投资后几年投产", "Years from investment to first output")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 100.0))
        .formula(RAMP)
        .example("\"2年\""),
    Param::new(
        "instrument[].capacity.full_after",
        Quantity(Years),
        "投资后几年达产，不早于投产",
        "Years from investment to full output, not before online_after",
    )
    .uncertain()
    .default("online_after")
    .range(Range::closed(0.0, 100.0))
    .formula(RAMP)
    .example("\"4年 to 6年\""),
    Param::new(
        "instrument[].capacity.lasts",
        Quantity(Years),
        "产出持续的年数，到期后这笔产出消失；不写即长期存在",
        "Years of output: what a vintage adds ends that long after it began, in the amount in which it began",
    )
    .uncertain()
    .default("for good")
    .range(Range::above(0.0, 100.0))
    .formula("ramp(k) − ramp(k − lasts) takes the place of ramp(k)")
    .example("\"3年\""),
    Param::new(
        "instrument[].capacity.absorption",
        Quantity(Number),
        "集群每年可吸纳投资占基期收入的比例；不写即不限",
        "Investment that a cluster can absorb a year, as a share of its base-year revenue",
    )
    .uncertain()
    .default("no limit")
    .range(Range::open(0.0, 1e6))
    .formula("A_c = absorption · R_c,t0; E_c,t = A_c (1 − exp(−I_c,t / A_c))")
    .example("\"30%\""),
    Param::new(
        "instrument[].capacity.failure",
        Choice(&["share", "vintage"]),
        "失败的算法：按比例扣除，或每一年的投资整体成败",
        "Whether survival is a share of the investment or the chance of each year's vintage as a whole",
    )
    .default("\"share\"")
    .example("\"vintage\""),
    Param::new(
        "instrument[].capacity.industries",
        Kind::References(Reference::Industry),
        "新增收入落在集群的哪些行业（按基期构成分摊）",
        "Industries of the cluster that receive V, by base mix among them",
    )
    .default("all, by base mix")
    .example("[\"biologics\"]"),
    Param::new(
        "instrument[].projects",
        Table,
        "招商项目批次：签约、落地、开工逐个抽取",
        "A batch of projects: signed → landed → started, each project drawn on its own; feeds the capacity channel",
    ),
    Param::new("instrument[].projects.signed", Table, "签约（社会）投资", "Signed (private) investment").required().whole(),
    Param::new("instrument[].projects.signed.total", Quantity(Money), "签约总额，逐年平均", "Total, signed in equal parts in every year of from..to")
        .uncertain()
        .range(Range::closed(0.0, 1e9))
        .plausible(0.01, 10_000.0)
        .formula("signed_t = total / (to − from + 1)")
        .example("\"500亿元\""),
    Param::new("instrument[].projects.signed.per_year", Quantity(Money), "每年签约额", "Investment signed a year in from..to")
        .uncertain()
        .range(Range::closed(0.0, 1e9))
        .plausible(0.01, 10_000.0)
        .formula("signed_t = per_year for from ≤ t ≤ to")
        .example("\"186.2亿元\""),
    Param::new("instrument[].projects.signed.by_year", Table, "分年签约额，键是年份", "Investment signed by calendar year").whole(),
    Param::new("instrument[].projects.signed.by_year.*", Quantity(Money), "该年签约额", "Investment signed in that year")
        .uncertain()
        .range(Range::closed(0.0, 1e9))
        .plausible(0.01, 10_000.0)
        .formula("signed_t")
        .example("\"150亿元\""),
    Param::new("instrument[].projects.signed.from", Year, "首个签约年份", "First year of signing")
        .default("the first simulated year")
        .example("2025"),
    Param::new("instrument[].projects.signed.to", Year, "最后签约年份", "Last year of signing")
        .default("the horizon")
        .example("2027"),
    Param::new("instrument[].projects.count", Count, "每年签约项目数", "Number of projects signed a year")
        .required()
        .range(Range::closed(1.0, 100_000.0))
        .formula(FUNNEL)
        .example("33"),
    Param::new("instrument[].projects.landed", Quantity(Share), "签约项目落地的概率", "Probability that a signed project lands")
        .uncertain()
        .default("1")
        .range(Range::closed(0.0, 1.0))
        .formula(FUNNEL)
        .example("\"59%\""),
    Param::new("instrument[].projects.started", Quantity(Share), "落地项目开工的概率", "Probability that a landed project starts")
        .uncertain()
        .default("1")
        .range(Range::closed(0.0, 1.0))
        .formula(FUNNEL)
        .example("\"46%\""),
    Param::new("instrument[].projects.start_delay", Delay, "签约到开工的年数", "Years from signing to start; the capacity ramp counts from the start")
        .default("0")
        .range(Range::closed(0.0, 50.0))
        .example("1"),
    Param::new(
        "instrument[].projects.public_share",
        Quantity(Share),
        "每元开工投资中的财政资金",
        "Public money per yuan of started investment",
    )
    .uncertain()
    .default("0")
    .range(Range::closed(0.0, 1.0))
    .formula("public cost in t = public_share · investment started in t")
    .example("\"5%\""),
];
