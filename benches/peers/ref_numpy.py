"""The reference scenario in chunked NumPy, f64: arrays small enough for the cache, one row a cluster or industry."""

import numpy as np

from reference import main

# trials at a time; 2,000 and 4,000 measured alike, smaller chunks slower
CHUNK = 2000


def cuts(ref, rng, n):
    """What price cuts leave of the level, by step, industry and trial; only cuts that happen are drawn."""
    industries = len(ref.cut)
    counts = rng.poisson(ref.cut_rate[:, None], (ref.steps, industries, n)).ravel()
    kept = np.ones(counts.size)
    hit = np.flatnonzero(counts)
    while hit.size:
        mean, sd = ref.cut[hit // n % industries].T
        kept[hit] *= 1 - np.exp(mean + sd * rng.standard_normal(hit.size))
        counts[hit] -= 1
        hit = hit[counts[hit] > 0]
    return kept.reshape(ref.steps, industries, n)


def chunk(ref, rng, n):
    """Outcomes of n trials by series (total first), step and trial."""
    clusters, industries = len(ref.base), len(ref.trend)

    def normal(parameters):
        """One row for each pair of mean and s.d."""
        mean, sd = parameters.T
        return mean[:, None] + sd[:, None] * rng.standard_normal((len(parameters), n))

    base = np.exp(normal(ref.base))
    trend = np.log(1 + normal(ref.trend)[ref.industry] + normal(ref.premium))
    paid = rng.beta(*ref.realised, n) * rng.triangular(*ref.leverage, n)
    output = np.exp(rng.normal(*ref.output, n))
    additionality = rng.triangular(*ref.additionality, n)
    elasticity = rng.normal(*ref.elasticity, n)

    # the cycle is in its stationary law in the base year
    tau, phi = ref.volatility[:, None], ref.persistence[:, None]
    z = rng.standard_normal((ref.steps + 1, industries, n))
    cycle = tau * (ref.correlation @ z[0])
    kept = cuts(ref, rng, n)
    own = ref.own[:, None] * rng.standard_normal((ref.steps, clusters, n))
    limit = ref.absorption * base
    per_base = (1 + additionality) / base
    knowledge = np.zeros((clusters, n))

    outcomes = np.empty((1 + clusters, ref.steps, n))
    level = base
    for step in range(ref.steps):
        cycle = phi * cycle + tau * np.sqrt(1 - phi**2) * (ref.correlation @ z[step + 1])
        before, knowledge = knowledge, np.log1p(ref.stock[step + 1][:, None] * per_base)
        growth = trend + cycle[ref.industry] + own[step] + elasticity * (knowledge - before)
        level = level * np.exp(growth) * kept[step][ref.industry]
        if step >= ref.lag:
            invested = ref.invested[step - ref.lag][:, None] * paid
            level += output * limit * (1 - np.exp(-invested / limit))
        outcomes[1:, step] = level
        outcomes[0, step] = level.sum(axis=0)
    return outcomes


def prepare(ref):
    """All outcomes are kept for their quantiles."""

    def simulate(trials, seed):
        rng = np.random.default_rng(seed)
        outcomes = np.empty((1 + len(ref.base), ref.steps, trials))
        for start in range(0, trials, CHUNK):
            end = min(start + CHUNK, trials)
            outcomes[:, :, start:end] = chunk(ref, rng, end - start)
        return outcomes

    return simulate


if __name__ == "__main__":
    main(prepare)
