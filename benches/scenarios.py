"""Writes NATION, the scale scenario of the benchmarks: `python3 benches/scenarios.py FOLDER` writes FOLDER/nation.toml.

31 provinces of 10 clusters with 5 industries each (1,550 segments), 10 years, 6 policies; made of the same parts as the
reference scenario ref.toml, with a fund and a subsidy of its own for every province. Every figure is invented and
describes no place. The same program writes the same bytes everywhere.
"""

import sys
from pathlib import Path

PROVINCES = 31
CLUSTERS = 10
INDUSTRIES = 5
BASE_YEAR = 2024
HORIZON = 2034

TRENDS = [0.03, 0.04, 0.07, 0.06, 0.05]
VOLATILITIES = [0.04, 0.03, 0.06, 0.05, 0.05]
CUTS = [(0.09, 0.35), (0.05, 0.30), (0.06, 0.40), (0.10, 0.35), (0.04, 0.30)]
CORRELATIONS = {
    (1, 2): 0.5, (1, 3): 0.4, (1, 4): 0.3, (1, 5): 0.35, (2, 3): 0.25,
    (2, 4): 0.2, (2, 5): 0.15, (3, 4): 0.45, (3, 5): 0.55, (4, 5): 0.4,
}  # fmt: skip
BASES = [400, 300, 220, 160, 120, 90, 70, 55, 45, 40]

HEAD = f"""# NATION: the scale scenario of the benchmarks, written by benches/scenarios.py; every figure is invented.

format = 1
source = "SYNTHETIC"
grade = "assumption"

[scenario]
id = "nation"
title = {{ zh = "测速用全国情景（数字均为虚构）", en = "National scenario for benchmarks (all figures invented)" }}
base_year = {BASE_YEAR}
horizon = {HORIZON}
reference = "none"

[sources.SYNTHETIC]
title = {{ zh = "测速用的虚构数字", en = "Figures invented for the benchmark" }}
"""


def industries():
    """The tables of the industries, their correlations and their price cuts."""
    for s, (trend, volatility) in enumerate(zip(TRENDS, VOLATILITIES, strict=True), 1):
        yield f"""[[industry]]
id = "s{s}"
trend = {{ dist = "normal", mean = {trend}, sd = 0.01 }}
cycle = {{ volatility = {volatility}, persistence = 0.4 }}
"""
    for (a, b), value in CORRELATIONS.items():
        yield f'[[correlation]]\nof = ["industry.s{a}", "industry.s{b}"]\nvalue = {value}\n'
    for s, (median, sigma) in enumerate(CUTS, 1):
        yield f"""[[event]]
id = "cut{s}"
industries = ["s{s}"]
rate = 0.2
severity = {{ dist = "lognormal", median = {median}, sigma = {sigma} }}
"""


def mix(province, cluster):
    """Shares of the industries in a cluster, in whole percent: another pattern in every cluster."""
    weights = [1 + (province * 7 + cluster * 3 + s * (cluster + 2)) % 6 for s in range(INDUSTRIES)]
    parts = [100 * w // sum(weights) for w in weights]
    parts[0] += 100 - sum(parts)
    return parts


def province(p):
    """The tables of one province: its clusters, its fund and its subsidy."""
    size = 0.3 + 0.1 * ((p * 11) % PROVINCES) / 3
    yield f'[[province]]\nid = "p{p}"\nname = {{ zh = "省份{p}（虚构）", en = "Province {p} (invented)" }}\n'
    for c in range(CLUSTERS):
        shares = ", ".join(f"s{s} = {part / 100}" for s, part in enumerate(mix(p, c), 1))
        yield f"""[[cluster]]
id = "p{p}c{c + 1}"
province = "p{p}"
base = {{ dist = "lognormal", median = {size * BASES[c]:.1f}, sigma = {0.05 + 0.008 * c:.3f} }}
mix = {{ {shares} }}
premium = {{ dist = "normal", mean = {-0.01 + 0.005 * ((p + 3 * c) % 8):.3f}, sd = 0.01 }}
own_volatility = {0.05 + 0.006 * c:.3f}
"""
    yield f"""[[instrument]]
id = "fund{p}"
province = "p{p}"
money = {{ per_year = {20 * size:.1f} }}
[instrument.capacity]
realised = {{ dist = "beta", alpha = 6, beta = 4 }}
leverage = {{ dist = "triangular", low = 2, mode = 3, high = 5 }}
output_ratio = {{ dist = "lognormal", median = 0.9, sigma = 0.3 }}
online_after = 3
absorption = 0.1
"""
    yield f"""[[instrument]]
id = "subsidy{p}"
province = "p{p}"
money = {{ per_year = {8 * size:.1f} }}
[instrument.knowledge]
additionality = {{ dist = "triangular", low = -0.1, mode = 0.2, high = 0.6 }}
elasticity = {{ dist = "normal", mean = 0.1, sd = 0.02 }}
rd_intensity = 0.05
"""


def policies():
    """None, funds alone, subsidies alone, both, twice the funds, everything twice."""
    funds = ", ".join(f'"fund{p}"' for p in range(1, PROVINCES + 1))
    subsidies = ", ".join(f'"subsidy{p}"' for p in range(1, PROVINCES + 1))
    twice_funds = ", ".join(f'"instrument.fund{p}.money.per_year" = 2' for p in range(1, PROVINCES + 1))
    yield '[[policy]]\nid = "none"\ninstruments = []\n'
    yield f'[[policy]]\nid = "funds"\ninstruments = [{funds}]\n'
    yield f'[[policy]]\nid = "subsidies"\ninstruments = [{subsidies}]\n'
    yield '[[policy]]\nid = "plan"\ninstruments = "all"\n'
    yield f'[[policy]]\nid = "funds-twice"\ninstruments = "all"\nscale = {{ {twice_funds} }}\n'
    yield '[[policy]]\nid = "all-twice"\ninstruments = "all"\nscale = { "instrument.*.money.per_year" = 2 }\n'


def targets():
    """The nation, every province, and all of them together."""
    scopes = ["nation"] + [f"province.p{p}" for p in range(1, PROVINCES + 1)]
    ids = [scope.rpartition(".")[2] for scope in scopes]
    for scope, name in zip(scopes, ids, strict=True):
        yield f'[[target]]\nid = "{name}"\nscope = "{scope}"\nyear = {HORIZON}\nmultiple_of_base = 1.7\n'
    together = ", ".join(f'"{name}"' for name in ids)
    yield f'[[target]]\nid = "joint"\nall_of = [{together}]'


def nation():
    """The whole file."""
    parts = [HEAD, *industries()]
    for p in range(1, PROVINCES + 1):
        parts.extend(province(p))
    parts.extend(policies())
    parts.extend(targets())
    return "\n".join(parts) + "\n"


def main():
    """Writes the file into the folder named on the command line."""
    if len(sys.argv) != 2:
        sys.exit("usage: python3 benches/scenarios.py FOLDER")
    path = Path(sys.argv[1]) / "nation.toml"
    path.write_text(nation(), encoding="utf-8")
    print(path)


if __name__ == "__main__":
    main()
