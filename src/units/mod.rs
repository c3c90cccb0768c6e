//! Units of scenario numbers: their kinds, base units and the reading of numbers written with units.

mod money;
mod parse;
mod show;

pub use money::{MoneyUnit, amounts};
pub use parse::{Scale, UnitError, parse, parse_range};
pub use show::{show, show_grouped, shown};

/// What a number measures; decides the units it accepts and the base unit it is stored in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// Nominal money; base unit 亿元 (10⁸ yuan).
    Money,
    /// Growth a year; base unit the fraction (2.5 % = 0.025).
    Rate,
    /// Difference of growth rates or shares; base unit the fraction (2.5 percentage points = 0.025).
    Points,
    /// Share or probability; base unit the fraction.
    Share,
    /// Difference of logarithms; base unit the log point as a fraction (6.5 % = 0.065).
    Log,
    /// What is added to yearly log growth; base unit the log point as a fraction, told in percentage points.
    LogPoints,
    /// Dimensionless number.
    Number,
    /// Figure of an indicator, in the indicator's own unit; the model checks that money stands only where that is 亿元.
    Figure,
    /// Frequency; base unit arrivals a year.
    PerYear,
    /// Length of time; base unit the year.
    Years,
    /// Calendar year.
    Year,
    /// Whole number of things.
    Count,
}

impl UnitKind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Money,
        Self::Rate,
        Self::Points,
        Self::Share,
        Self::Log,
        Self::LogPoints,
        Self::Number,
        Self::PerYear,
        Self::Years,
        Self::Year,
        Self::Count,
        // after money, whose units it shares
        Self::Figure,
    ];

    /// Name as (Chinese, English).
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Money => ("金额", "money"),
            Self::Rate => ("年增长率", "rate"),
            Self::Share => ("比例", "share"),
            Self::Points => ("百分点之差", "difference of rates or shares"),
            Self::Log => ("对数增幅", "log points"),
            Self::LogPoints => ("对数增速之差", "log points of growth"),
            Self::Number => ("数", "number"),
            Self::Figure => ("指标的数值", "figure of an indicator"),
            Self::PerYear => ("年频次", "frequency a year"),
            Self::Years => ("年数", "years"),
            Self::Year => ("年份", "calendar year"),
            Self::Count => ("个数", "count"),
        }
    }

    /// Base unit as (Chinese, English): what a number without a unit means.
    pub fn base(self) -> (&'static str, &'static str) {
        match self {
            Self::Money => ("亿元", "亿元 (10^8 yuan)"),
            Self::Rate | Self::Share | Self::Log => ("小数（0.025 即 2.5%）", "fraction (0.025 = 2.5%)"),
            Self::Points | Self::LogPoints => {
                ("小数（0.025 即 2.5 个百分点）", "fraction (0.025 = 2.5 percentage points)")
            }
            Self::Number => ("无单位", "none"),
            Self::Figure => ("指标自己的单位", "that of the indicator"),
            Self::PerYear => ("次/年", "times a year"),
            Self::Years => ("年", "years"),
            Self::Year => ("公历年", "calendar year"),
            Self::Count => ("个", "whole number"),
        }
    }

    /// Accepted units with their size in base units, the usual one first.
    pub fn units(self) -> &'static [(&'static str, Scale)] {
        use Scale::{Over, Ten};
        match self {
            Self::Money => &[
                ("亿元", Ten(0)),
                ("亿", Ten(0)),
                ("万亿元", Ten(4)),
                ("万亿", Ten(4)),
                ("千亿元", Ten(3)),
                ("百亿元", Ten(2)),
                ("千万元", Ten(-1)),
                ("百万元", Ten(-2)),
                ("万元", Ten(-4)),
                ("万", Ten(-4)),
                ("元", Ten(-8)),
                ("billion yuan", Ten(1)),
                ("billion", Ten(1)),
                ("bn", Ten(1)),
                ("million yuan", Ten(-2)),
                ("million", Ten(-2)),
                ("yuan", Ten(-8)),
            ],
            Self::Rate | Self::Share | Self::Log => {
                &[("%", Ten(-2)), ("个百分点", Ten(-2)), ("百分点", Ten(-2)), ("pp", Ten(-2)), ("‰", Ten(-3))]
            }
            Self::Points | Self::LogPoints => {
                &[("个百分点", Ten(-2)), ("百分点", Ten(-2)), ("pp", Ten(-2)), ("%", Ten(-2)), ("‰", Ten(-3))]
            }
            Self::Number => &[("倍", Ten(0)), ("%", Ten(-2))],
            Self::Figure => &[
                ("%", Ten(-2)),
                ("亿元", Ten(0)),
                ("万亿元", Ten(4)),
                ("千亿元", Ten(3)),
                ("百亿元", Ten(2)),
                ("千万元", Ten(-1)),
                ("百万元", Ten(-2)),
                ("万元", Ten(-4)),
                ("元", Ten(-8)),
                ("billion yuan", Ten(1)),
                ("bn", Ten(1)),
                ("million yuan", Ten(-2)),
                ("million", Ten(-2)),
                ("yuan", Ten(-8)),
                ("倍", Ten(0)),
            ],
            Self::PerYear => &[
                ("次/年", Ten(0)),
                ("起/年", Ten(0)),
                ("个/年", Ten(0)),
                ("家/年", Ten(0)),
                ("/年", Ten(0)),
                ("times a year", Ten(0)),
            ],
            Self::Years => &[("年", Ten(0)), ("个月", Over(12.0)), ("years", Ten(0)), ("months", Over(12.0))],
            Self::Year => &[("年", Ten(0))],
            Self::Count => &[("个", Ten(0)), ("家", Ten(0)), ("次", Ten(0)), ("项", Ten(0)), ("万", Ten(4))],
        }
    }

    /// Whether its figures are fractions that are told in hundredths: in per cent or in percentage points.
    pub fn is_fraction(self) -> bool {
        matches!(self, Self::Rate | Self::Points | Self::Share | Self::Log | Self::LogPoints)
    }

    /// Whether its figures are told in percentage points: what is added to a growth rate is no growth rate.
    pub fn is_points(self) -> bool {
        matches!(self, Self::Points | Self::LogPoints)
    }
}
