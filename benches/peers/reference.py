"""What the Python peers share: the figures of benches/ref.toml, the command line and the summary that they print.

A peer is a program `ref_NAME.py --trials N --seed S [--against M]` that simulates the reference scenario and prints one
JSON object: the hits of every target, and five quantiles of the province total and of every cluster in every simulated
year. With `--against M` each quantile also has a bracket (see `brackets`), so that compare.py can hold it against the
quantile that another program found in M trials.
"""

import argparse
import json
import math
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

# Chance that one bracket fails although both programs simulate the same model. A comparison looks at fewer than 1,000
# figures a peer and fewer than 10 peers, so that a false alarm anywhere has a chance below 1e-6.
FALSE_ALARM = 1e-10

SCENARIO = Path(__file__).resolve().parent.parent / "ref.toml"


@dataclass(frozen=True)
class Reference:
    """The reference scenario in plain arrays: 5 industries, 10 clusters, 6 steps. Money in 100 million yuan."""

    steps: int
    trend: np.ndarray  # industry: mean and s.d. of the median annual growth
    volatility: np.ndarray  # industry: stationary s.d. of the cycle
    persistence: np.ndarray  # industry: AR(1) coefficient of the cycle
    correlation: np.ndarray  # lower Cholesky factor of the correlation of the cycles' innovations
    cut_rate: np.ndarray  # industry: price cuts a year
    cut: np.ndarray  # industry: mean and s.d. of the logarithm of the share that one cut takes
    industry: np.ndarray  # cluster: its industry
    base: np.ndarray  # cluster: mean and s.d. of the logarithm of base-year revenue
    premium: np.ndarray  # cluster: mean and s.d. of growth over the industry
    own: np.ndarray  # cluster: s.d. of its own yearly shock
    realised: tuple  # fund: alpha and beta of the share that is paid in
    leverage: tuple  # fund: low, mode, high of the yuan invested per public yuan
    output: tuple  # fund: mean and s.d. of the logarithm of yearly revenue per yuan invested
    invested: np.ndarray  # fund: announced money by step and cluster
    lag: int  # fund: years from investment to output
    absorption: float  # fund: investment that a cluster absorbs a year, as a share of its base-year revenue
    additionality: tuple  # subsidy: low, mode, high of private R&D per public yuan
    elasticity: tuple  # subsidy: mean and s.d. of the output elasticity of knowledge
    stock: np.ndarray  # subsidy: by year 0..steps and cluster, s in X/K = (1 + additionality) * s / base-year revenue
    thresholds: np.ndarray  # revenue wanted in the last year: the total, then every cluster


def only(table, *keys):
    """Refuses a table with other keys than these: the peers would silently ignore what they do not know."""
    unknown = set(table) - set(keys)
    if unknown:
        raise ValueError(f"{SCENARIO.name}: the peers do not know {sorted(unknown)}")
    return table


def law(quantity, dist, *fields):
    """Parameters of an uncertain quantity that must be of this family."""
    if quantity["dist"] != dist:
        raise ValueError(f"{SCENARIO.name}: expected a {dist} law, found {quantity}")
    only(quantity, "dist", *fields)
    return tuple(float(quantity[field]) for field in fields)


def lognormal(quantity):
    """Mean and s.d. of the logarithm."""
    median, sigma = law(quantity, "lognormal", "median", "sigma")
    return math.log(median), sigma


def load(path=SCENARIO):
    """Reads the scenario file; raises ValueError on anything that the peers would not simulate."""
    with open(path, "rb") as file:
        text = tomllib.load(file)
    only(
        text, "format", "source", "grade", "scenario", "sources", "industry", "correlation", "event", "cluster",
        "instrument", "policy", "target",
    )  # fmt: skip
    base_year, horizon = text["scenario"]["base_year"], text["scenario"]["horizon"]
    steps = horizon - base_year
    industries = [only(i, "id", "name", "trend", "cycle") for i in text["industry"]]
    order = {f"industry.{item['id']}": k for k, item in enumerate(industries)}
    cycles = [only(item["cycle"], "volatility", "persistence") for item in industries]

    correlation = np.eye(len(industries))
    for pair in text["correlation"]:
        a, b = (order[name] for name in pair["of"])
        correlation[a, b] = correlation[b, a] = pair["value"]

    events = [only(e, "id", "name", "industries", "rate", "severity") for e in text["event"]]
    if [e["industries"] for e in events] != [[item["id"]] for item in industries]:
        raise ValueError(f"{SCENARIO.name}: expected one price cut for every industry, in order")

    clusters = [only(c, "id", "name", "base", "mix", "premium", "own_volatility") for c in text["cluster"]]
    if any(list(c["mix"].values()) != [1] for c in clusters):
        raise ValueError(f"{SCENARIO.name}: expected clusters of one industry")
    industry = np.array([order[f"industry.{next(iter(c['mix']))}"] for c in clusters])
    trend = np.array([law(item["trend"], "normal", "mean", "sd") for item in industries])
    premium = np.array([law(c["premium"], "normal", "mean", "sd") for c in clusters])

    fund, subsidy = (only(i, "id", "name", "money", "allocation", "capacity", "knowledge") for i in text["instrument"])
    capacity = only(fund["capacity"], "realised", "leverage", "output_ratio", "online_after", "absorption")
    knowledge = only(subsidy["knowledge"], "additionality", "elasticity", "depreciation", "rd_intensity")

    def spent(instrument):
        """Money by year (base year first) and cluster."""
        years = only(instrument["money"], "by_year")["by_year"]
        money = np.array([years.get(str(base_year + k), 0.0) for k in range(steps + 1)])
        return np.outer(money, [instrument["allocation"][c["id"]] for c in clusters])

    invested = spent(fund)
    if invested[0].any():
        raise ValueError(f"{SCENARIO.name}: expected no money of the fund in the base year")

    # the stock of knowledge without the subsidy grows along the median path; of the extra stock only the base figure
    # and the additionality are uncertain
    growth = trend[industry, 0] + premium[:, 0]
    paid, extra = spent(subsidy), np.zeros(len(clusters))
    stock = []
    for year in range(steps + 1):
        without = knowledge["rd_intensity"] * (1 + growth) ** year / (growth + knowledge["depreciation"])
        stock.append(extra / without)
        extra = (1 - knowledge["depreciation"]) * extra + paid[year]

    targets = {t["id"]: t for t in text["target"]}
    single = ["total"] + [c["id"] for c in clusters]
    for name, scope in zip(single, [None] + [f"cluster.{c['id']}" for c in clusters], strict=True):
        target = only(targets[name], "id", "name", "scope", "year", "at_least")
        if target.get("scope") != scope or target["year"] != horizon:
            raise ValueError(f"{SCENARIO.name}: target {name} has another scope or year than the peers judge")
    if sorted(targets["joint"]["all_of"]) != sorted(single) or len(targets) != len(single) + 1:
        raise ValueError(f"{SCENARIO.name}: expected the targets total, every cluster, and joint of all of them")

    return Reference(
        steps=steps,
        trend=trend,
        volatility=np.array([c["volatility"] for c in cycles]),
        persistence=np.array([c["persistence"] for c in cycles]),
        correlation=np.linalg.cholesky(correlation),
        cut_rate=np.array([e["rate"] for e in events]),
        cut=np.array([lognormal(e["severity"]) for e in events]),
        industry=industry,
        base=np.array([lognormal(c["base"]) for c in clusters]),
        premium=premium,
        own=np.array([c["own_volatility"] for c in clusters]),
        realised=law(capacity["realised"], "beta", "alpha", "beta"),
        leverage=law(capacity["leverage"], "triangular", "low", "mode", "high"),
        output=lognormal(capacity["output_ratio"]),
        invested=invested[1:],
        lag=capacity["online_after"],
        absorption=capacity["absorption"],
        additionality=law(knowledge["additionality"], "triangular", "low", "mode", "high"),
        elasticity=law(knowledge["elasticity"], "normal", "mean", "sd"),
        stock=np.array(stock),
        thresholds=np.array([float(targets[name]["at_least"]) for name in single]),
    )


def deviation(trials, probability):
    """How far a count of this probability may be from its mean, by Bernstein's inequality at FALSE_ALARM."""
    log = math.log(2 / FALSE_ALARM)
    return log / 3 + math.sqrt(log * log / 9 + 2 * log * trials * probability * (1 - probability))


def brackets(values, against):
    """For each of QUANTILES the order statistics between which the quantile found in `against` other trials must lie.

    The other program's quantile has its share of `against` trials below it, so the probability below it is within
    `deviation / against` of the share; of these trials here, as many lie below it within another `deviation`.
    A bound outside the sample is None.
    """
    ordered = np.sort(values)
    n = len(ordered)
    bounds = []
    for p in QUANTILES:
        slack = deviation(against, p) / against
        low, high = max(0.0, p - slack), min(1.0, p + slack)
        first = math.floor(n * low - deviation(n, low)) - 1
        last = math.ceil(n * high + deviation(n, high))
        bounds.append((float(ordered[first]) if first >= 0 else None, float(ordered[last]) if last < n else None))
    return bounds


def summary(reference, outcomes, against=None):
    """What a peer prints, from `outcomes[series, step, trial]` with the total as series 0."""
    series, steps, trials = outcomes.shape
    names = ["total"] + [f"c{k}" for k in range(1, series)]
    met = outcomes[:, -1, :] >= reference.thresholds[:, None]
    hits = dict(zip(names, (int(h) for h in met.sum(axis=1)), strict=True))
    hits["joint"] = int(met.all(axis=0).sum())
    found = np.quantile(outcomes, QUANTILES, axis=2)
    answer = {
        "trials": trials,
        "hits": hits,
        "quantiles": {name: found[:, s, :].T.tolist() for s, name in enumerate(names)},
    }
    if against:
        answer["brackets"] = {
            name: [brackets(outcomes[s, t], against) for t in range(steps)] for s, name in enumerate(names)
        }
    return answer


def main(prepare):
    """Command line of a peer: `prepare(reference)` returns a function of (trials, seed) that returns
    `outcomes[series, step, trial]`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--against", type=int, help="trials of the other program that the quantiles are held against")
    parser.add_argument("--serve", action="store_true", help="time a run for every `trials seed` line of the input")
    options = parser.parse_args()
    if (options.trials is None) != options.serve:
        parser.error("give either --trials or --serve")
    reference = load()
    simulate = prepare(reference)
    if not options.serve:
        print(json.dumps(summary(reference, simulate(options.trials, options.seed), options.against)))
        return
    for line in sys.stdin:
        trials, seed = map(int, line.split())
        wall, cpu = time.perf_counter(), time.process_time()
        summary(reference, simulate(trials, seed))
        times = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        print(json.dumps(times), flush=True)
