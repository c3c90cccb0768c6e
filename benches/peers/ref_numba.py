"""The reference scenario as a loop over trials compiled by Numba, f64, one thread."""

import math

import numba
import numpy as np

from reference import main


@numba.njit
def path(
    rng, trend, premium, base, paid, output, additionality, elasticity,
    volatility, persistence, correlation, cut_rate, cut, industry, own, invested, lag, absorption, stock, outcomes,
):  # fmt: skip
    """One trial: fills `outcomes[series, step]` from the scalars drawn for it and the yearly shocks drawn here."""
    industries, clusters, steps = len(trend), len(base), outcomes.shape[1]
    z = np.empty(industries)
    cycle = np.zeros(industries)
    kept = np.empty(industries)
    level = base.copy()
    knowledge = np.zeros(clusters)
    for step in range(-1, steps):
        for s in range(industries):
            z[s] = rng.standard_normal()
        for s in range(industries):
            innovation = 0.0
            for k in range(s + 1):
                innovation += correlation[s, k] * z[k]
            if step < 0:  # the base year, in the stationary law
                cycle[s] = volatility[s] * innovation
            else:
                phi = persistence[s]
                cycle[s] = phi * cycle[s] + volatility[s] * math.sqrt(1 - phi * phi) * innovation
        if step < 0:
            continue
        for s in range(industries):
            kept[s] = 1.0
            for _ in range(rng.poisson(cut_rate[s])):
                kept[s] *= 1 - math.exp(cut[s, 0] + cut[s, 1] * rng.standard_normal())
        total = 0.0
        for c in range(clusters):
            s = industry[c]
            growth = math.log(1 + trend[s] + premium[c]) + cycle[s] + own[c] * rng.standard_normal()
            now = math.log(1 + (1 + additionality) * stock[step + 1, c] / base[c])
            growth += elasticity * (now - knowledge[c])
            knowledge[c] = now
            level[c] *= math.exp(growth) * kept[s]
            if step >= lag:
                limit = absorption * base[c]
                level[c] += output * limit * (1 - math.exp(-invested[step - lag, c] * paid / limit))
            outcomes[1 + c, step] = level[c]
            total += level[c]
        outcomes[0, step] = total


@numba.njit
def trials_of(
    rng, trend, premium, base, realised, leverage, output, additionality, elasticity,
    volatility, persistence, correlation, cut_rate, cut, industry, own, invested, lag, absorption, stock, outcomes,
):  # fmt: skip
    """Fills `outcomes[series, step, trial]`."""
    drawn_trend, drawn_premium, drawn_base = np.empty(len(trend)), np.empty(len(premium)), np.empty(len(base))
    one = np.empty(outcomes.shape[:2])
    for trial in range(outcomes.shape[2]):
        for s in range(len(trend)):
            drawn_trend[s] = rng.normal(trend[s, 0], trend[s, 1])
        for c in range(len(base)):
            drawn_premium[c] = rng.normal(premium[c, 0], premium[c, 1])
            drawn_base[c] = math.exp(rng.normal(base[c, 0], base[c, 1]))
        paid = rng.beta(realised[0], realised[1]) * rng.triangular(leverage[0], leverage[1], leverage[2])
        path(
            rng, drawn_trend, drawn_premium, drawn_base, paid, math.exp(rng.normal(output[0], output[1])),
            rng.triangular(additionality[0], additionality[1], additionality[2]),
            rng.normal(elasticity[0], elasticity[1]),
            volatility, persistence, correlation, cut_rate, cut, industry, own, invested, lag, absorption, stock, one,
        )  # fmt: skip
        outcomes[:, :, trial] = one


def certain(ref):
    """What `path` takes after the scalars of a trial."""
    return (
        ref.volatility, ref.persistence, ref.correlation, ref.cut_rate, ref.cut, ref.industry, ref.own,
        ref.invested, ref.lag, ref.absorption, ref.stock,
    )  # fmt: skip


def prepare(ref):
    """All outcomes are kept for their quantiles."""

    def simulate(trials, seed):
        outcomes = np.empty((1 + len(ref.base), ref.steps, trials))
        trials_of(
            np.random.default_rng(seed), ref.trend, ref.premium, ref.base, ref.realised, ref.leverage, ref.output,
            ref.additionality, ref.elasticity, *certain(ref), outcomes,
        )  # fmt: skip
        return outcomes

    return simulate


if __name__ == "__main__":
    main(prepare)
