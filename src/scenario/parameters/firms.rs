//! Rows of the parameter table: firms and products that exist in the base year, by name and by size distribution.

use super::Kind::{Flag, Id, Quantity, Tables, Text};
use super::{Kind, Param, Range, Reference};
use crate::units::UnitKind::{Log, Money, Number, Points, Rate};

pub(super) const ROWS: &[Param] = &[
    Param::new("firm[]", Tables, "有名有姓的企业：只用来数个数，不改变所在板块的收入", "A named firm: a read-out of the place that it follows, already inside its revenue"),
    Param::new("firm[].id", Id, "企业编号", "Id of the firm")
        .required()
        .example("\"big-one\""),
    Param::new("firm[].name", Text, "企业名称", "Name of the firm")
        .default("the id")
        .example("\"龙头\""),
    Param::new("firm[].revenue", Quantity(Money), "基期年收入", "Base-year yearly revenue")
        .uncertain()
        .required()
        .range(Range::open(0.0, 1e9))
        .plausible(0.001, 1e5)
        .formula("r_t = r_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t), R the revenue of the place")
        .example("\"87亿元\""),
    Param::new("firm[].volatility_reference", Quantity(Money), "own_volatility 对应的规模；规模越大波动越小", "Size at which own_volatility holds; larger ones vary less")
        .uncertain()
        .default("the same for all sizes")
        .range(Range::open(0.0, 1e9))
        .formula("sd = own_volatility · (r_0 / reference)^−exponent")
        .example("\"5亿元\""),
    Param::new("firm[].volatility_exponent", Quantity(Number), "波动随规模下降的指数", "Exponent with which own volatility falls with size")
        .uncertain()
        .default("0.18")
        .range(Range::closed(0.0, 1.0))
        .formula("sd = own_volatility · (r_0 / reference)^−exponent")
        .example("0.18"),
    Param::new("firm[].outside", Flag, "是否在主口径之外（如流通企业）；不跟随任何板块，只有写了 outside 的目标才数", "Outside the primary measure (a distributor, say): follows nothing, counted only by targets that say so")
        .default("false")
        .example("true"),
    Param::new("firm[].growth", Quantity(Rate), "口径外企业自己的年均增速", "Median annual growth of a firm outside")
        .uncertain()
        .range(Range::open(-1.0, 10.0))
        .plausible(-0.5, 1.0)
        .formula("r_t = r_0 (1 + growth)^t exp(own_t)")
        .example("\"5%\""),
    Param::new("firm_sizes[]", Tables, "没有名字的企业的规模分布", "Size distribution of the unnamed firms of a place, already inside its revenue"),
    Param::new("firm_sizes[].id", Id, "分布编号", "Id of the distribution")
        .required()
        .example("\"rest\""),
    Param::new("firm_sizes[].name", Text, "名称", "Name")
        .default("the id")
        .example("\"其余\""),
    Param::new("firm_sizes[].count", Quantity(Number), "企业个数，每次模拟取整", "How many firms there are; rounded in the trial")
        .uncertain()
        .required()
        .range(Range::closed(0.0, 1e5))
        .formula("number above x ~ Binomial(count, P(size_t > x)) given the path of the place")
        .example("300"),
    Param::new("firm_sizes[].law", Kind::Choice(&["pareto", "lognormal"]), "规模服从的分布：pareto（minimum、exponent、below）或 lognormal（median、sigma）", "Law of the sizes: pareto (minimum, exponent, below) or lognormal (median, sigma)")
        .required()
        .example("\"pareto\""),
    Param::new("firm_sizes[].minimum", Quantity(Money), "帕累托分布的最小规模。minimum、median、total 写其一", "Smallest size of the Pareto law. One of minimum, median and total")
        .uncertain()
        .range(Range::open(0.0, 1e9))
        .plausible(1e-4, 1e4)
        .formula("P(size > x) = (x / minimum)^−exponent")
        .example("\"0.2亿元\""),
    Param::new("firm_sizes[].exponent", Quantity(Number), "帕累托分布的尾部指数", "Tail exponent of the Pareto law")
        .uncertain()
        .range(Range::above(0.0, 20.0))
        .formula("P(size > x) = (x / minimum)^−exponent")
        .example("1.1"),
    Param::new("firm_sizes[].below", Quantity(Money), "基期规模的上限（更大的已单列）", "Upper bound of the base-year size: what is larger stands by name")
        .uncertain()
        .default("no limit")
        .range(Range::open(0.0, 1e9))
        .plausible(1e-3, 1e5)
        .formula("P(size > x) = ((x/minimum)^−exponent − c) / (1 − c), c = (below/minimum)^−exponent")
        .example("\"50亿元\""),
    Param::new("firm_sizes[].median", Quantity(Money), "对数正态分布的中位规模。minimum、median、total 写其一", "Median size of the lognormal law. One of minimum, median and total")
        .uncertain()
        .range(Range::open(0.0, 1e9))
        .plausible(1e-4, 1e4)
        .formula("P(size > x) = Φ((ln median − ln x) / sigma)")
        .example("\"1.5亿元\""),
    Param::new("firm_sizes[].sigma", Quantity(Number), "对数规模的标准差", "S.d. of the log size")
        .uncertain()
        .range(Range::closed(0.0, 10.0))
        .formula("P(size > x) = Φ((ln median − ln x) / sigma)")
        .example("1.3"),
    Param::new("firm_sizes[].total", Quantity(Money), "合计规模，由此推出 minimum 或 median。minimum、median、total 写其一", "Expected sum of all sizes, from which minimum or median follows. One of minimum, median and total")
        .uncertain()
        .range(Range::open(0.0, 1e9))
        .plausible(1e-2, 1e6)
        .formula("pareto: minimum = total/count · (α − 1)/α; lognormal: median = total/count · e^(−sigma²/2)")
        .example("\"400亿元\""),
    Param::new("firm[].cluster", Kind::Reference(Reference::Cluster), "所在集群", "Cluster that it belongs to and follows")
        .default("the whole province")
        .example("\"wuhan\""),
    Param::new("firm[].industry", Kind::Reference(Reference::Industry), "所属行业", "Industry that it belongs to and follows")
        .default("all")
        .example("\"chemical\""),
    Param::new("firm[].province", Kind::Reference(Reference::Province), "所在省份", "Province that it belongs to")
        .default("the only province")
        .example("\"hubei\""),
    Param::new("firm[].premium", Quantity(Points), "增速与所在板块之差，快于板块为正", "Median growth less that of its place")
        .uncertain()
        .default("0")
        .range(Range::open(-1.0, 10.0))
        .plausible(-0.5, 1.0)
        .formula("r_t = r_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t), R the revenue of the place")
        .example("\"2个百分点\""),
    Param::new("firm[].exposure", Quantity(Number), "随所在板块增长的程度 b", "Exposure b to the growth of its place")
        .uncertain()
        .default("1")
        .range(Range::closed(-10.0, 10.0))
        .formula("r_t = r_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t), R the revenue of the place")
        .example("1"),
    Param::new("firm[].own_volatility", Quantity(Log), "自身每年对数增速的标准差", "S.d. of its own log growth in a year")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 5.0))
        .plausible(0.0, 1.0)
        .formula("own_t = Σ_{τ ≤ t} sd · z_τ, a random walk")
        .example("\"12%\""),
    Param::new("firm_sizes[].cluster", Kind::Reference(Reference::Cluster), "所在集群", "Cluster that it belongs to and follows")
        .default("the whole province")
        .example("\"wuhan\""),
    Param::new("firm_sizes[].industry", Kind::Reference(Reference::Industry), "所属行业", "Industry that it belongs to and follows")
        .default("all")
        .example("\"chemical\""),
    Param::new("firm_sizes[].province", Kind::Reference(Reference::Province), "所在省份", "Province that it belongs to")
        .default("the only province")
        .example("\"hubei\""),
    Param::new("firm_sizes[].premium", Quantity(Points), "增速与所在板块之差，快于板块为正", "Median growth less that of its place")
        .uncertain()
        .default("0")
        .range(Range::open(-1.0, 10.0))
        .plausible(-0.5, 1.0)
        .formula("r_t = r_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t), R the revenue of the place")
        .example("\"2个百分点\""),
    Param::new("firm_sizes[].exposure", Quantity(Number), "随所在板块增长的程度 b", "Exposure b to the growth of its place")
        .uncertain()
        .default("1")
        .range(Range::closed(-10.0, 10.0))
        .formula("r_t = r_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t), R the revenue of the place")
        .example("1"),
    Param::new("firm_sizes[].own_volatility", Quantity(Log), "自身每年对数增速的标准差", "S.d. of its own log growth in a year")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 5.0))
        .plausible(0.0, 1.0)
        .formula("own_t = Σ_{τ ≤ t} sd · z_τ, a random walk")
        .example("\"12%\""),
    Param::new("product[]", Tables, "有名有姓的产品：只用来数个数，不改变所在板块的收入", "A named product: a read-out of the place that it follows, already inside its revenue"),
    Param::new("product[].id", Id, "产品编号", "Id of the product")
        .required()
        .example("\"big-one\""),
    Param::new("product[].name", Text, "产品名称", "Name of the product")
        .default("the id")
        .example("\"龙头\""),
    Param::new("product[].sales", Quantity(Money), "基期年销售额", "Base-year yearly sales")
        .uncertain()
        .required()
        .range(Range::open(0.0, 1e9))
        .plausible(0.001, 1e5)
        .formula("r_t = r_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t), R the revenue of the place")
        .example("\"87亿元\""),
    Param::new("product[].volatility_reference", Quantity(Money), "own_volatility 对应的规模；规模越大波动越小", "Size at which own_volatility holds; larger ones vary less")
        .uncertain()
        .default("the same for all sizes")
        .range(Range::open(0.0, 1e9))
        .formula("sd = own_volatility · (r_0 / reference)^−exponent")
        .example("\"5亿元\""),
    Param::new("product[].volatility_exponent", Quantity(Number), "波动随规模下降的指数", "Exponent with which own volatility falls with size")
        .uncertain()
        .default("0.18")
        .range(Range::closed(0.0, 1.0))
        .formula("sd = own_volatility · (r_0 / reference)^−exponent")
        .example("0.18"),
    Param::new("product_sizes[]", Tables, "没有名字的产品的规模分布", "Size distribution of the unnamed products of a place, already inside its revenue"),
    Param::new("product_sizes[].id", Id, "分布编号", "Id of the distribution")
        .required()
        .example("\"rest\""),
    Param::new("product_sizes[].name", Text, "名称", "Name")
        .default("the id")
        .example("\"其余\""),
    Param::new("product_sizes[].count", Quantity(Number), "产品个数，每次模拟取整", "How many products there are; rounded in the trial")
        .uncertain()
        .required()
        .range(Range::closed(0.0, 1e5))
        .formula("number above x ~ Binomial(count, P(size_t > x)) given the path of the place")
        .example("300"),
    Param::new("product_sizes[].law", Kind::Choice(&["pareto", "lognormal"]), "规模服从的分布：pareto（minimum、exponent、below）或 lognormal（median、sigma）", "Law of the sizes: pareto (minimum, exponent, below) or lognormal (median, sigma)")
        .required()
        .example("\"pareto\""),
    Param::new("product_sizes[].minimum", Quantity(Money), "帕累托分布的最小规模。minimum、median、total 写其一", "Smallest size of the Pareto law. One of minimum, median and total")
        .uncertain()
        .range(Range::open(0.0, 1e9))
        .plausible(1e-4, 1e4)
        .formula("P(size > x) = (x / minimum)^−exponent")
        .example("\"0.2亿元\""),
    Param::new("product_sizes[].exponent", Quantity(Number), "帕累托分布的尾部指数", "Tail exponent of the Pareto law")
        .uncertain()
        .range(Range::above(0.0, 20.0))
        .formula("P(size > x) = (x / minimum)^−exponent")
        .example("1.1"),
    Param::new("product_sizes[].below", Quantity(Money), "基期规模的上限（更大的已单列）", "Upper bound of the base-year size: what is larger stands by name")
        .uncertain()
        .default("no limit")
        .range(Range::open(0.0, 1e9))
        .plausible(1e-3, 1e5)
        .formula("P(size > x) = ((x/minimum)^−exponent − c) / (1 − c), c = (below/minimum)^−exponent")
        .example("\"50亿元\""),
    Param::new("product_sizes[].median", Quantity(Money), "对数正态分布的中位规模。minimum、median、total 写其一", "Median size of the lognormal law. One of minimum, median and total")
        .uncertain()
        .range(Range::open(0.0, 1e9))
        .plausible(1e-4, 1e4)
        .formula("P(size > x) = Φ((ln median − ln x) / sigma)")
        .example("\"1.5亿元\""),
    Param::new("product_sizes[].sigma", Quantity(Number), "对数规模的标准差", "S.d. of the log size")
        .uncertain()
        .range(Range::closed(0.0, 10.0))
        .formula("P(size > x) = Φ((ln median − ln x) / sigma)")
        .example("1.3"),
    Param::new("product_sizes[].total", Quantity(Money), "合计规模，由此推出 minimum 或 median。minimum、median、total 写其一", "Expected sum of all sizes, from which minimum or median follows. One of minimum, median and total")
        .uncertain()
        .range(Range::open(0.0, 1e9))
        .plausible(1e-2, 1e6)
        .formula("pareto: minimum = total/count · (α − 1)/α; lognormal: median = total/count · e^(−sigma²/2)")
        .example("\"400亿元\""),
    Param::new("product[].cluster", Kind::Reference(Reference::Cluster), "所在集群", "Cluster that it belongs to and follows")
        .default("the whole province")
        .example("\"wuhan\""),
    Param::new("product[].industry", Kind::Reference(Reference::Industry), "所属行业", "Industry that it belongs to and follows")
        .required()
        .example("\"chemical\""),
    Param::new("product[].province", Kind::Reference(Reference::Province), "所在省份", "Province that it belongs to")
        .default("the only province")
        .example("\"hubei\""),
    Param::new("product[].premium", Quantity(Points), "增速与所在板块之差，快于板块为正", "Median growth less that of its place")
        .uncertain()
        .default("0")
        .range(Range::open(-1.0, 10.0))
        .plausible(-0.5, 1.0)
        .formula("r_t = r_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t), R the revenue of the place")
        .example("\"2个百分点\""),
    Param::new("product[].exposure", Quantity(Number), "随所在板块增长的程度 b", "Exposure b to the growth of its place")
        .uncertain()
        .default("1")
        .range(Range::closed(-10.0, 10.0))
        .formula("r_t = r_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t), R the revenue of the place")
        .example("1"),
    Param::new("product[].own_volatility", Quantity(Log), "自身每年对数增速的标准差", "S.d. of its own log growth in a year")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 5.0))
        .plausible(0.0, 1.0)
        .formula("own_t = Σ_{τ ≤ t} sd · z_τ, a random walk")
        .example("\"12%\""),
    Param::new("product_sizes[].cluster", Kind::Reference(Reference::Cluster), "所在集群", "Cluster that it belongs to and follows")
        .default("the whole province")
        .example("\"wuhan\""),
    Param::new("product_sizes[].industry", Kind::Reference(Reference::Industry), "所属行业", "Industry that it belongs to and follows")
        .required()
        .example("\"chemical\""),
    Param::new("product_sizes[].province", Kind::Reference(Reference::Province), "所在省份", "Province that it belongs to")
        .default("the only province")
        .example("\"hubei\""),
    Param::new("product_sizes[].premium", Quantity(Points), "增速与所在板块之差，快于板块为正", "Median growth less that of its place")
        .uncertain()
        .default("0")
        .range(Range::open(-1.0, 10.0))
        .plausible(-0.5, 1.0)
        .formula("r_t = r_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t), R the revenue of the place")
        .example("\"2个百分点\""),
    Param::new("product_sizes[].exposure", Quantity(Number), "随所在板块增长的程度 b", "Exposure b to the growth of its place")
        .uncertain()
        .default("1")
        .range(Range::closed(-10.0, 10.0))
        .formula("r_t = r_0 (1 + premium)^t (R_t / R_0)^exposure exp(own_t), R the revenue of the place")
        .example("1"),
    Param::new("product_sizes[].own_volatility", Quantity(Log), "自身每年对数增速的标准差", "S.d. of its own log growth in a year")
        .uncertain()
        .default("0")
        .range(Range::closed(0.0, 5.0))
        .plausible(0.0, 1.0)
        .formula("own_t = Σ_{τ ≤ t} sd · z_τ, a random walk")
        .example("\"12%\""),
];
