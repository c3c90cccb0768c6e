//! Faults of a scenario file, one at a time: what is broken, and what must be said about it.

use clustercast::diag::codes;

/// A small valid scenario that has one of everything the cases below break.
pub const VALID: &str = r#"
[scenario]
id = "small"
title = { zh = "小例", en = "small" }
base_year = 2024
horizon = 2027
measure = "revenue"
[measures]
revenue = { name = { zh = "营业收入", en = "revenue" } }
chain = { name = { zh = "全产业链", en = "whole chain" } }
[sources.S]
title = "规划"
[nation]
trend = { dist = "normal", mean = "3%", sd = "1%", source = "S 一", grade = "assumption" }
cycle = { volatility = "4%", source = "S", grade = "assumption" }
[[industry]]
id = "drugs"
premium = "1个百分点"
cycle = { volatility = "3%" }
source = "S"
grade = "assumption"
[[industry]]
id = "devices"
premium = "2个百分点"
cycle = { volatility = "3%" }
source = "S"
grade = "assumption"
[[province]]
id = "p"
base = "1000亿元"
source = "S"
grade = "official"
[[cluster]]
id = "wuhan"
base = "400亿元"
mix = { drugs = "60%", devices = "40%" }
own_volatility = "5%"
source = "S"
grade = "official"
[[cluster]]
id = "rest"
remainder = true
mix = { drugs = "100%" }
source = "S"
grade = "official"
[[correlation]]
of = ["nation", "industry.drugs"]
value = 0.2
source = "S"
grade = "assumption"
[[instrument]]
id = "fund"
money = { total = "50亿元", from = 2025, to = 2026 }
capacity = { leverage = "3 to 5", output_ratio = 1 }
allocation = { wuhan = "70%", rest = "30%" }
source = "S"
grade = "assumption"
[[policy]]
id = "none"
instruments = []
[[policy]]
id = "plan"
instruments = ["fund"]
set = { "instrument.fund.capacity.leverage" = 4 }
[[target]]
id = "goal"
scope = "province.p"
year = 2027
at_least = "1500亿元"
"#;

/// One wrong file: what is replaced in [`VALID`], and what is said about it.
pub struct Case {
    pub name: &'static str,
    pub replace: &'static [(&'static str, &'static str)],
    pub code: &'static str,
    /// A piece of the line that the fault points to; empty for a fault without a place.
    pub line: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
}

macro_rules! case {
    ($name:literal, [$(($from:expr, $to:expr)),+], $code:ident, $line:expr, $zh:literal, $en:literal) => {
        Case {
            name: $name,
            replace: &[$(($from, $to)),+],
            code: codes::$code,
            line: $line,
            zh: $zh,
            en: $en,
        }
    };
}

pub const MEAN: &str = r#"{ dist = "normal", mean = "3%", sd = "1%", source"#;

const GOAL: &str = "at_least = \"1500亿元\"";

pub const CASES: &[Case] = &[
    case!(
        "unknown key",
        [("own_volatility", "own_volatilty")],
        UNKNOWN_KEY,
        "own_volatilty",
        "own_volatility",
        "own_volatility"
    ),
    case!("wrong unit", [("\"1000亿元\"", "\"1000吨\"")], WRONG_UNIT, "1000吨", "亿元", "亿元"),
    case!("a factor of 10,000", [("\"1000亿元\"", "\"1000万元\"")], MAGNITUDE, "1000万元", "亿元", "亿元"),
    case!(
        "a measure without a base figure",
        [
            ("year = 2027\n", "year = 2027\nmeasure = \"chain\"\nmultiple_of_base = 2\n"),
            ("at_least = \"1500亿元\"\n", "")
        ],
        MEASURE_MIX,
        "[[target]]",
        "不同口径不能混比",
        "unlike measures cannot be compared"
    ),
    case!(
        "an outcome in a measure without a base figure",
        [(
            GOAL,
            "at_least = \"1500亿元\"\n[[outcome]]\nyear = 2026\nvalue = \"1100亿元\"\nmeasure = \"chain\""
        )],
        MEASURE_MIX,
        "[[outcome]]",
        "事后结果用的是",
        "the outcome is in"
    ),
    case!(
        "an outcome that does not decide its target",
        [(
            GOAL,
            "at_least = \"1500亿元\"\n[[outcome]]\nyear = 2026\nvalue = \"1100亿元\"\ntarget = \"goal\""
        )],
        BAD_TARGET,
        "target = \"goal\"",
        "met = true",
        "does not decide"
    ),
    case!(
        "a verdict against the figure",
        [(
            GOAL,
            "at_least = \"1500亿元\"\n[[outcome]]\nyear = 2027\nvalue = \"1100亿元\"\ntarget = \"goal\"\nmet = true"
        )],
        BAD_TARGET,
        "met = true",
        "矛盾",
        "contradicts the figure"
    ),
    case!(
        "a verdict on no target",
        [(GOAL, "at_least = \"1500亿元\"\n[[outcome]]\nyear = 2027\nvalue = \"1100亿元\"\nmet = true")],
        BAD_TARGET,
        "met = true",
        "没有写 target",
        "met needs a target"
    ),
    case!(
        "an outcome of revenue under the key of counts",
        [(GOAL, "at_least = \"1500亿元\"\n[[outcome]]\nyear = 2026\nnumber = 3")],
        BAD_TARGET,
        "number = 3",
        "写 value",
        "write value"
    ),
    case!(
        "an outcome of the base year",
        [(GOAL, "at_least = \"1500亿元\"\n[[outcome]]\nyear = 2024\nvalue = \"1100亿元\"")],
        BAD_YEAR,
        "year = 2024",
        "2025",
        "2025"
    ),
    case!(
        "a target on no cluster",
        [("scope = \"province.p\"", "scope = []")],
        BAD_TARGET,
        "scope = []",
        "范围是空的",
        "the scope is empty"
    ),
    case!(
        "a count over an industry",
        [
            ("scope = \"province.p\"", "scope = \"industry.drugs\""),
            ("at_least = \"1500亿元\"", "count_at_least = [{ count = 1, value = \"500亿元\" }]")
        ],
        BAD_TARGET,
        "industry.drugs",
        "范围不能是行业",
        "cannot be an industry"
    ),
    case!(
        "a count with a stretch",
        [(
            "at_least = \"1500亿元\"",
            "count_at_least = [{ count = 1, value = \"500亿元\" }]\nstretch = \"900亿元\""
        )],
        BAD_TARGET,
        "stretch",
        "不写 stretch",
        "has no stretch"
    ),
    case!(
        "a stretch below the target",
        [("at_least = \"1500亿元\"", "at_least = \"1500亿元\"\nstretch = \"900亿元\"")],
        REVERSED,
        "stretch",
        "低于 at_least",
        "below at_least"
    ),
    case!(
        "no level in the last year of `by`",
        [("year = 2027\nat_least = \"1500亿元\"", "by = 2027\nat_least = { 2026 = \"1500亿元\" }")],
        BAD_TARGET,
        "[[target]]",
        "2027 年没有写门槛",
        "no level for 2027"
    ),
    case!(
        "a policy that turns the ramp round",
        [
            ("output_ratio = 1", "output_ratio = 1, online_after = \"2年\", full_after = \"4年\""),
            (
                "\"instrument.fund.capacity.leverage\" = 4",
                "\"instrument.fund.capacity.full_after\" = \"1年\""
            )
        ],
        REVERSED,
        "set = {",
        "可能短于投产年限",
        "shorter than online_after"
    ),
    case!("allocation", [("rest = \"30%\"", "rest = \"20%\"")], BAD_SUM, "allocation", "90", "90"),
    case!(
        "clusters exceed the province",
        [("\"400亿元\"", "\"1400亿元\"")],
        OVER_PROVINCE,
        "[[cluster]]",
        "超过全省",
        "more than the province"
    ),
    case!("NaN", [("\"400亿元\"", "nan")], NOT_FINITE, "base = nan", "nan", "nan"),
    case!("infinite", [("\"400亿元\"", "inf")], NOT_FINITE, "base = inf", "inf", "inf"),
    case!(
        "negative s.d.",
        [(MEAN, r#"{ dist = "normal", mean = "3%", sd = "-1%", source"#)],
        OUT_OF_RANGE,
        "sd = \"-1%\"",
        "不能",
        "negative"
    ),
    case!(
        "reversed bounds",
        [(MEAN, r#"{ dist = "uniform", low = "3%", high = "1%", source"#)],
        REVERSED,
        "low = \"3%\"",
        "小于",
        "below"
    ),
    case!("year outside the horizon", [("year = 2027", "year = 2031")], BAD_YEAR, "2031", "2027", "2027"),
    case!(
        "target on an unknown cluster",
        [("scope = \"province.p\"", "scope = \"cluster.wuhn\"")],
        UNKNOWN_REFERENCE,
        "wuhn",
        "wuhan",
        "wuhan"
    ),
    case!(
        "duplicate ids",
        [("id = \"rest\"", "id = \"wuhan\""), (", rest = \"30%\"", "")],
        DUPLICATE_ID,
        "id = \"wuhan\"",
        "重复",
        "wuhan"
    ),
    case!(
        "percentiles of a Student t",
        [(MEAN, r#"{ dist = "student_t", df = 5, p05 = "1%", p95 = "5%", source"#)],
        PERCENTILES,
        "student_t",
        "student_t",
        "student_t"
    ),
    case!(
        "percentiles of a discrete law",
        [(MEAN, r#"{ dist = "discrete", p05 = "1%", p95 = "5%", source"#)],
        PERCENTILES,
        "discrete",
        "discrete",
        "discrete"
    ),
    case!(
        "percentiles of a truncated normal",
        [(MEAN, r#"{ dist = "truncated_normal", p05 = "1%", p95 = "5%", source"#)],
        PERCENTILES,
        "truncated",
        "truncated",
        "truncated"
    ),
    case!(
        "percentiles of a point",
        [(MEAN, r#"{ dist = "point", p05 = "1%", p95 = "5%", source"#)],
        PERCENTILES,
        "point",
        "point",
        "point"
    ),
    case!(
        "set on an unknown path",
        [("fund.capacity.leverage\"", "fund.capacity.levrage\"")],
        BAD_PATH,
        "levrage",
        "levrage",
        "levrage"
    ),
    case!(
        "scale on an unknown path",
        [(
            "set = { \"instrument.fund.capacity.leverage\" = 4 }",
            "scale = { \"instrument.found.money.total\" = 2 }"
        )],
        BAD_PATH,
        "found",
        "found",
        "found"
    ),
    case!(
        "a policy that changes the world",
        [("\"instrument.fund.capacity.leverage\" = 4", "\"nation.trend\" = \"9%\"")],
        BAD_PATH,
        "nation.trend",
        "instrument",
        "instrument"
    ),
    case!(
        "an unknown distribution",
        [(MEAN, r#"{ dist = "norml", mean = "3%", sd = "1%", source"#)],
        UNKNOWN_FAMILY,
        "norml",
        "normal",
        "normal"
    ),
    case!(
        "an unlisted source",
        [("source = \"S 一\"", "source = \"T 一\"")],
        UNKNOWN_SOURCE,
        "T 一",
        "T",
        "T"
    ),
    case!(
        "a horizon before the base year",
        [("horizon = 2027", "horizon = 2020")],
        BAD_YEAR,
        "2020",
        "2024",
        "2024"
    ),
    case!(
        "a statement that no document makes",
        [("own_volatility = \"5%\"", "own_volatility = { value = \"5%\", cites = [\"HB48-02\"] }")],
        UNKNOWN_STATEMENT,
        "HB48-02",
        "HB48-002",
        "HB48-002"
    ),
    case!(
        "a citation that is no id",
        [("own_volatility = \"5%\"", "own_volatility = \"5%\"\ncites = [48]")],
        WRONG_TYPE,
        "cites = [48]",
        "cites",
        "cites"
    ),
    case!(
        "a citation in a table with a remark of its own",
        [("[sources.S]", "[sources.S]\ncites = \"XY-1\"")],
        UNKNOWN_STATEMENT,
        "XY-1",
        "coverage --all",
        "coverage --all"
    ),
    case!("not TOML", [("[nation]", "[nation")], SYNTAX, "[nation", "", ""),
];
