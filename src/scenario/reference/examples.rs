//! Worked scenarios of the reference: a minimal file, and files for cases with exact answers.

/// One worked scenario.
pub struct Example {
    /// Heading.
    pub title: &'static str,
    /// What it shows and what its answer is.
    pub text: &'static str,
    /// The file.
    pub toml: &'static str,
}

/// All worked scenarios, the minimal one first.
pub const EXAMPLES: &[Example] = &[
    Example {
        title: "A minimal file",
        text: "One industry, one cluster, one target. The province is implicit (id `province`), the measure is the implicit \
               `revenue`, the policy the implicit `none`, the world `base`. Without any volatility and with a certain trend the \
               revenue of 2027 is exactly 1000 · 1.06³.",
        toml: r#"[scenario]
id = "minimal"
title = "Minimal example"
base_year = 2024
horizon = 2027

[[industry]]
id = "drugs"
trend = "6%"

[[cluster]]
id = "wuhan"
base = "1000亿元"

[[target]]
id = "goal"
year = 2027
at_least = "1150亿元"
"#,
    },
    Example {
        title: "Lognormal growth",
        text: "Yearly log growth independent Normal(m, s²) with m = 0.08, s = 0.12, from 100 over T = 5 years. The trend is a \
               *median growth rate*, so it is e^m − 1 = e^0.08 − 1; the volatility may stand in any cycle with persistence 0 or \
               in `own_volatility`. Then ln R_T ~ Normal(ln 100 + T m, T s²) and \
               P(R_T ≥ K) = Φ((ln(100/K) + T m) / (s √T)).",
        toml: r#"[scenario]
id = "lognormal"
title = "Lognormal growth"
base_year = 2000
horizon = 2005

[[industry]]
id = "s"
trend = 0.08328706767495864

[[cluster]]
id = "c"
base = 100
own_volatility = 0.12

[[target]]
id = "k150"
year = 2005
at_least = 150
"#,
    },
    Example {
        title: "AR(1) log growth with a stated start",
        text: "Log growth g_t = m + φ (g_t−1 − m) + s ε_t with m = 0.07, φ = 0.45, s = 0.06 and g = 0.02 in the base year. The \
               cycle's `volatility` is its *stationary* standard deviation τ = s / √(1 − φ²) = 0.0671871…, and `start` is the \
               deviation from trend in the base year, g_0 − m = −0.05. Without `start` the base-year value is drawn from the \
               stationary law Normal(0, τ²).",
        toml: r#"[scenario]
id = "ar1"
title = "AR(1) log growth"
base_year = 2000
horizon = 2010

[nation.cycle]
volatility = 0.06718710131470251
persistence = 0.45
start = -0.05

[[industry]]
id = "s"
trend = 0.07250818125421654

[[cluster]]
id = "c"
base = 100

[[target]]
id = "k180"
year = 2010
at_least = 180
"#,
    },
    Example {
        title: "Jumps: Poisson and Bernoulli arrivals",
        text: "Yearly log growth Normal(0.10, 0.10²) plus events. The first arrives as a Poisson process with 0.25 a year and changes \
               the logarithm by Normal(−0.18, 0.07²) per arrival (a Merton jump diffusion); the second happens in a year with \
               probability 20 % and takes 30 % of 50 % of the level, i.e. × 0.85. `log_change` and `severity` are drawn anew for \
               every arrival, unlike all other quantities, which are drawn once a trial.",
        toml: r#"[scenario]
id = "jumps"
title = "Jump diffusion"
base_year = 2000
horizon = 2006

[[industry]]
id = "s"
trend = 0.10517091807564771

[[cluster]]
id = "c"
base = 100
own_volatility = 0.10

[[event]]
id = "price-cut"
rate = 0.25
log_change = { dist = "normal", mean = -0.18, sd = 0.07 }

[[event]]
id = "stoppage"
probability = "20%"
severity = "30%"
exposure = "50%"

[[target]]
id = "k150"
year = 2006
at_least = 150
"#,
    },
    Example {
        title: "Two regimes",
        text: "The national cycle switches between a normal and a downturn regime; each has a mean shift of log growth and a \
               volatility. With persistence 0 the log growth of a year is a mixture of two normals, whose regime follows a \
               two-state Markov chain. `start_downturn` is the probability of a downturn in the first simulated year.",
        toml: r#"[scenario]
id = "regimes"
title = "Two regimes"
base_year = 2000
horizon = 2005

[nation.regimes]
to_downturn = 0.15
to_normal = 0.40
start_downturn = 0
normal = { mean = 0.01, volatility = 0.04 }
downturn = { mean = -0.08, volatility = 0.10 }

[[industry]]
id = "s"
trend = "5%"

[[cluster]]
id = "c"
base = 100

[[target]]
id = "k120"
year = 2005
at_least = 120
"#,
    },
    Example {
        title: "A sum of correlated lognormals",
        text: "Two segments with correlated logarithms are two clusters in industries of their own whose cycles are correlated. \
               Over one year with trend 0 the logarithms are jointly normal with means ln 60 and ln 40, standard deviations 0.20 \
               and 0.35 and correlation 0.5; the province is their sum.",
        toml: r#"[scenario]
id = "sum"
title = "Sum of correlated lognormals"
base_year = 2000
horizon = 2001

[[industry]]
id = "s1"
trend = 0
cycle = { volatility = 0.20 }

[[industry]]
id = "s2"
trend = 0
cycle = { volatility = 0.35 }

[[correlation]]
of = ["industry.s1", "industry.s2"]
value = 0.5

[[cluster]]
id = "a"
base = 60
mix = { s1 = 1 }

[[cluster]]
id = "b"
base = 40
mix = { s2 = 1 }

[[target]]
id = "k120"
year = 2001
at_least = 120
"#,
    },
    Example {
        title: "First passage with a threshold for each year",
        text: "`by` asks for the first year in which the threshold is reached; the value may be a table by year. The result \
               document gives the distribution of that first year.",
        toml: r#"[scenario]
id = "passage"
title = "First passage"
base_year = 2000
horizon = 2004

[[industry]]
id = "s"
trend = 0.07250818125421654

[[cluster]]
id = "c"
base = 100
own_volatility = 0.12

[[target]]
id = "first"
by = 2004
at_least = { 2001 = 115, 2002 = 125, 2003 = 135, 2004 = 150 }
"#,
    },
    Example {
        title: "A Gaussian copula of two uncertain quantities",
        text: "Two clusters whose base figures are Normal(100, 10²) and Normal(200, 10²), jointly normal with correlation 0.5 \
               (`kind = \"normal\"`; with the default `rank` the value is Spearman's rank correlation). With trend 0 and no \
               volatility the figures stay what they are in the base year, so P(both targets) is a bivariate normal \
               probability.",
        toml: r#"[scenario]
id = "copula"
title = "Gaussian copula"
base_year = 2000
horizon = 2001

[[industry]]
id = "s"
trend = 0

[[cluster]]
id = "a"
base = { dist = "normal", mean = 100, sd = 10 }

[[cluster]]
id = "b"
base = { dist = "normal", mean = 200, sd = 10 }

[[dependence]]
of = ["cluster.a.base", "cluster.b.base"]
correlation = 0.5
kind = "normal"

[[target]]
id = "a103"
scope = "cluster.a"
year = 2001
at_least = 103

[[target]]
id = "b196"
scope = "cluster.b"
year = 2001
at_least = 196

[[target]]
id = "both"
all_of = ["a103", "b196"]
"#,
    },
    Example {
        title: "Instruments, policies and worlds",
        text: "A fund works through the capacity channel: of 30 亿元 a year in 2025–2026, invested with leverage 2, half of the \
               investment would not have come anyway; each yuan yields 1.2 yuan of yearly revenue, first output after one year, \
               full output after two. New revenue of a vintage: 30 · 2 · 0.5 · 1.2 = 36 亿元. A policy may change levers, a world \
               what nobody controls.",
        toml: r#"[scenario]
id = "policies"
title = "Instruments, policies and worlds"
base_year = 2024
horizon = 2028

[sources.PLAN]
title = "A provincial plan"
date = "2024-06"

[[industry]]
id = "drugs"
trend = { dist = "normal", mean = "4%", sd = "2%", source = "PLAN 1", grade = "assumption" }

[[cluster]]
id = "wuhan"
base = "420亿元"

[[cluster]]
id = "yichang"
base = { p05 = "250亿元", p95 = "350亿元" }
grade = "assumption"
note = "No official figure"

[[instrument]]
id = "fund"
money = { per_year = "30亿元", from = 2025, to = 2026 }
allocation = { wuhan = "60%", yichang = "40%" }
capacity = { leverage = 2, deadweight = "50%", output_ratio = 1.2, online_after = "1年", full_after = "2年" }

[[policy]]
id = "none"
instruments = []

[[policy]]
id = "plan"
instruments = ["fund"]

[[policy]]
id = "plan-doubled"
instruments = "all"
scale = { "instrument.*.money.per_year" = 2 }

[[world]]
id = "slowdown"
shift = { "industry.*.trend" = "-2个百分点" }

[[target]]
id = "goal"
document = "PLAN"
year = 2027
at_least = "850亿元"
stretch = "900亿元"

[[target]]
id = "both-large"
year = 2028
count_at_least = [{ count = 1, value = "500亿元" }, { count = 2, value = "300亿元" }]

[[record]]
scope = "province.province"
year = 2023
value = "690亿元"
source = "PLAN 1"
grade = "official"
"#,
    },
];
