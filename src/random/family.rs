//! The names of the distribution families, their parameters, and everything that can be wrong with parameters.

use crate::text;
use crate::text::Text;

/// A family of distributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FamilyName {
    /// One certain value.
    Point,
    /// Normal.
    Normal,
    /// Lognormal.
    Lognormal,
    /// Normal, conditional on an interval.
    TruncatedNormal,
    /// Triangular.
    Triangular,
    /// PERT: a beta law on an interval, given by its mode.
    Pert,
    /// Uniform.
    Uniform,
    /// Beta on an interval.
    Beta,
    /// Gamma by shape and mean.
    Gamma,
    /// Student's t with location and scale.
    StudentT,
    /// Listed values with weights.
    Discrete,
    /// A sample, interpolated.
    Empirical,
}

impl FamilyName {
    /// What a planner calls the family.
    pub fn text(self) -> Text {
        match self {
            Self::Point => text!("固定值", "fixed value"),
            Self::Normal => text!("正态分布", "normal"),
            Self::Lognormal => text!("对数正态分布", "lognormal"),
            Self::TruncatedNormal => text!("截断正态分布", "truncated normal"),
            Self::Triangular => text!("三角分布", "triangular"),
            Self::Pert => text!("PERT 分布", "PERT"),
            Self::Uniform => text!("均匀分布", "uniform"),
            Self::Beta => text!("贝塔分布", "beta"),
            Self::Gamma => text!("伽马分布", "gamma"),
            Self::StudentT => text!("t 分布", "Student t"),
            Self::Discrete => text!("离散分布", "discrete"),
            Self::Empirical => text!("经验分布", "empirical"),
        }
    }
}

/// A parameter of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// The certain value of a point, or one listed value.
    Value,
    /// Mean.
    Mean,
    /// Standard deviation.
    Sd,
    /// Median.
    Median,
    /// Standard deviation of the logarithm.
    Sigma,
    /// Lower end.
    Low,
    /// Upper end.
    High,
    /// Most likely value.
    Mode,
    /// Weight of the mode in a PERT law (4 is usual), or shape of a gamma law.
    Shape,
    /// First exponent of a beta law.
    Alpha,
    /// Second exponent of a beta law.
    Beta,
    /// Degrees of freedom.
    Df,
    /// Centre of a Student-t law.
    Location,
    /// Scale of a Student-t law, or a factor.
    Scale,
    /// Weight of a listed value.
    Weight,
    /// Constant that is added.
    Shift,
    /// Number of values.
    Count,
}

impl Parameter {
    /// Whether the parameter is a number without a unit, whatever the quantity is measured in.
    pub fn is_pure(self) -> bool {
        matches!(
            self,
            Self::Sigma | Self::Shape | Self::Alpha | Self::Beta | Self::Df | Self::Weight | Self::Count
        )
    }

    /// What a planner calls the parameter.
    pub fn text(self) -> Text {
        match self {
            Self::Value => text!("取值", "value"),
            Self::Mean => text!("均值", "mean"),
            Self::Sd => text!("标准差", "standard deviation"),
            Self::Median => text!("中位数", "median"),
            Self::Sigma => text!("对数标准差", "sigma"),
            Self::Low => text!("下限", "low"),
            Self::High => text!("上限", "high"),
            Self::Mode => text!("最可能值", "mode"),
            Self::Shape => text!("形状参数", "shape"),
            Self::Alpha => text!("参数 alpha", "alpha"),
            Self::Beta => text!("参数 beta", "beta"),
            Self::Df => text!("自由度", "degrees of freedom"),
            Self::Location => text!("位置参数", "location"),
            Self::Scale => text!("尺度参数", "scale"),
            Self::Weight => text!("权重", "weight"),
            Self::Shift => text!("平移量", "shift"),
            Self::Count => text!("取值个数", "number of values"),
        }
    }
}

/// Why no distribution could be made.
#[derive(Clone, Debug, PartialEq)]
pub enum FamilyError {
    /// A parameter is NaN or infinite (the bounds of a truncated normal may be infinite, not NaN).
    NotFinite(Parameter),
    /// A parameter that must not be below 0 (standard deviation, sigma, scale, weight) is.
    Negative(Parameter, f64),
    /// A parameter that must be above 0 (lognormal mean or median, alpha, beta, shape) is 0 or below.
    NotPositive(Parameter, f64),
    /// The lower end is above the upper end.
    Reversed(f64, f64),
    /// The mode lies outside [low, high]: mode, low, high.
    ModeOutside(f64, f64, f64),
    /// The mean of a beta law does not lie strictly inside (low, high): mean, low, high.
    MeanOutside(f64, f64, f64),
    /// The standard deviation of a beta law is not below √((mean−low)(high−mean)): sd, that bound.
    SdTooLarge(f64, f64),
    /// A truncated normal's interval has a probability below 10⁻¹⁰⁰: low, high.
    NoMass(f64, f64),
    /// The shape of a gamma law is not in [0.1, 1000].
    GammaShape(f64),
    /// Degrees of freedom are not above 2, so that there is no variance.
    TooFewDegrees(f64),
    /// A discrete law without values, or a sample of fewer than two values: the number needed.
    TooFewValues(usize),
    /// Not as many weights as values: values, weights.
    WeightCount(usize, usize),
    /// All weights are 0.
    ZeroWeights,
    /// A percentile level is not strictly between 0 and 1 (NaN included).
    Level(f64),
    /// Percentile levels do not rise strictly, or their values fall.
    PercentileOrder,
    /// The family needs another number of percentiles: needed, given.
    PercentileCount(usize, usize),
    /// No law of the family has these percentiles.
    NoFit(FamilyName),
    /// Three percentiles of a two-parameter family contradict each other.
    Inconsistent {
        /// The family asked for.
        family: FamilyName,
        /// The middle value as given.
        given: f64,
        /// The middle value that fits the outer two.
        fitting: f64,
        /// Whether a lognormal law fits all three.
        lognormal_fits: bool,
    },
}

impl FamilyError {
    /// The fault and what to write instead, for a planner.
    pub fn text(&self) -> Text {
        match self {
            Self::NotFinite(parameter) => {
                let Text { zh, en } = parameter.text();
                text!(
                    "{zh}不是有限的数；请填写一个普通数字",
                    "the {en} is not a finite number; write an ordinary number"
                )
            }
            Self::Negative(parameter, value) => {
                let Text { zh, en } = parameter.text();
                text!("{zh}为 {value}，不能小于 0", "the {en} is {value}; it must not be below 0")
            }
            Self::NotPositive(parameter, value) => {
                let Text { zh, en } = parameter.text();
                text!("{zh}为 {value}，必须大于 0", "the {en} is {value}; it must be above 0")
            }
            Self::Reversed(low, high) => text!(
                "下限 {low} 大于上限 {high}；请对调两个数",
                "the lower end {low} is above the upper end {high}; exchange them"
            ),
            Self::ModeOutside(mode, low, high) => text!(
                "最可能值 {mode} 不在 {low} 与 {high} 之间；请改为该区间内的数",
                "the mode {mode} is not between {low} and {high}; write a value in that interval"
            ),
            Self::MeanOutside(mean, low, high) => text!(
                "均值 {mean} 须大于 {low} 且小于 {high}",
                "the mean {mean} must lie strictly between {low} and {high}"
            ),
            Self::SdTooLarge(sd, bound) => text!(
                "标准差 {sd} 过大：取此均值和区间时须小于 {bound:.4}",
                "the standard deviation {sd} is too large: with this mean and interval it must be below {bound:.4}"
            ),
            Self::NoMass(low, high) => text!(
                "截断区间 {low} 至 {high} 离均值太远，几乎不可能取到；请放宽区间或调整均值",
                "the interval from {low} to {high} is so far from the mean that it is practically never reached; widen it or move the mean"
            ),
            Self::GammaShape(shape) => text!(
                "伽马分布的形状参数为 {shape}，须在 0.1 至 1000 之间",
                "the shape of the gamma law is {shape}; it must lie between 0.1 and 1000"
            ),
            Self::TooFewDegrees(df) => text!(
                "自由度为 {df}，必须大于 2，否则方差不存在",
                "the degrees of freedom are {df}; they must be above 2, or there is no variance"
            ),
            Self::TooFewValues(needed) => {
                text!("取值太少：至少要列出 {needed} 个", "too few values: list at least {needed}")
            }
            Self::WeightCount(values, weights) => text!(
                "列出了 {values} 个取值，却有 {weights} 个权重；每个取值须对应一个权重",
                "{values} values but {weights} weights are listed; give one weight for each value"
            ),
            Self::ZeroWeights => {
                text!("权重全部为 0；至少一个须大于 0", "all weights are 0; at least one must be above 0")
            }
            Self::Level(p) => text!(
                "分位水平 {p} 无效，须大于 0 且小于 1，例如 p05、p50、p95",
                "the percentile level {p} is not between 0 and 1; write for example p05, p50, p95"
            ),
            Self::PercentileOrder => text!(
                "分位数须按水平从低到高排列，数值不得下降",
                "percentiles must be listed from low to high, and their values must not fall"
            ),
            Self::PercentileCount(needed, given) => text!(
                "此分布需要 {needed} 个分位数，现有 {given} 个",
                "this family needs {needed} percentiles; {given} are given"
            ),
            Self::NoFit(family) => {
                let Text { zh, en } = family.text();
                text!(
                    "没有符合这些分位数的{zh}；请核对数值或换用其他分布",
                    "no {en} distribution has these percentiles; check the values or choose another family"
                )
            }
            Self::Inconsistent { family, given, fitting, lognormal_fits } => {
                let Text { zh, en } = family.text();
                let (hint_zh, hint_en) = if *lognormal_fits {
                    ("，或改用对数正态分布", ", or choose lognormal")
                } else {
                    ("", "")
                };
                text!(
                    "三个分位数不符合{zh}：按首尾两个数，中间值应为 {fitting:.6}，而不是 {given}；请修改中间值或将其删去{hint_zh}",
                    "the three percentiles do not fit a {en} distribution: the outer two call for {fitting:.6} in the middle, not {given}; correct or omit the middle value{hint_en}"
                )
            }
        }
    }
}

impl std::fmt::Display for FamilyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for FamilyError {}
