"""The reference scenario in JAX, f32, compiled for the CPU, chunk by chunk on one thread."""

import jax
import jax.numpy as jnp
import numpy as np

from reference import main

# trials at a time; 1,024 to 4,096 measured alike, smaller chunks slower
CHUNK = 2048


def triangular(key, low, mode, high, n):
    """By the inverse distribution function."""
    u = jax.random.uniform(key, (n,))
    split = (mode - low) / (high - low)
    left = low + jnp.sqrt(u * (high - low) * (mode - low))
    right = high - jnp.sqrt((1 - u) * (high - low) * (high - mode))
    return jnp.where(u < split, left, right)


def cuts(ref, key, n):
    """What price cuts leave of the level, by step, industry and trial; each arrival has a mark of its own."""
    shape = (ref.steps, len(ref.cut), n)
    # by the inverse distribution function too: the library's Poisson draws are many times slower at so small a mean
    u = jax.random.uniform(jax.random.fold_in(key, 0), shape)
    mean = ref.cut_rate[:, None]
    term = below = jnp.exp(-mean)
    counts = jnp.zeros(shape, jnp.int32)
    for k in range(1, 12):
        counts += u >= below
        term = term * mean / k
        below = below + term
    location, scale = ref.cut[:, 0, None], ref.cut[:, 1, None]

    def one_year(step_and_counts):
        """As many rounds of marks as the trial with the most arrivals needs."""
        step, counts = step_and_counts

        def round_of_marks(k, kept):
            z = jax.random.normal(jax.random.fold_in(jax.random.fold_in(key, k + 1), step), counts.shape)
            return jnp.where(k < counts, kept * (1 - jnp.exp(location + scale * z)), kept)

        return jax.lax.fori_loop(0, counts.max(), round_of_marks, jnp.ones(counts.shape))

    return jax.lax.map(one_year, (jnp.arange(ref.steps), counts))


def chunk(ref, key, n):
    """Outcomes of n trials by series (total first), step and trial."""
    clusters, industries = len(ref.base), len(ref.trend)
    keys = jax.random.split(key, 12)

    def normal(key, parameters):
        """One row for each pair of mean and s.d."""
        mean, sd = jnp.asarray(parameters, jnp.float32).T
        return mean[:, None] + sd[:, None] * jax.random.normal(key, (len(parameters), n))

    base = jnp.exp(normal(keys[0], ref.base))
    trend = jnp.log(1 + normal(keys[1], ref.trend)[ref.industry] + normal(keys[2], ref.premium))
    paid = jax.random.beta(keys[3], *ref.realised, (n,)) * triangular(keys[4], *ref.leverage, n)
    output = jnp.exp(ref.output[0] + ref.output[1] * jax.random.normal(keys[5], (n,)))
    additionality = triangular(keys[6], *ref.additionality, n)
    elasticity = ref.elasticity[0] + ref.elasticity[1] * jax.random.normal(keys[7], (n,))

    # the cycle is in its stationary law in the base year
    tau, phi = ref.volatility[:, None], ref.persistence[:, None]
    z = jax.random.normal(keys[8], (ref.steps + 1, industries, n))
    cycle = tau * (ref.correlation @ z[0])
    kept = cuts(ref, keys[9], n)
    own = ref.own[:, None] * jax.random.normal(keys[10], (ref.steps, clusters, n))
    limit = ref.absorption * base
    per_base = (1 + additionality) / base
    knowledge = jnp.zeros((clusters, n))

    levels = []
    level = base
    for step in range(ref.steps):
        cycle = phi * cycle + tau * jnp.sqrt(1 - phi**2) * (ref.correlation @ z[step + 1])
        before, knowledge = knowledge, jnp.log1p(ref.stock[step + 1][:, None] * per_base)
        growth = trend + cycle[ref.industry] + own[step] + elasticity * (knowledge - before)
        level = level * jnp.exp(growth) * kept[step][ref.industry]
        if step >= ref.lag:
            invested = ref.invested[step - ref.lag][:, None] * paid
            level = level + output * limit * (1 - jnp.exp(-invested / limit))
        levels.append(jnp.concatenate([level.sum(axis=0, keepdims=True), level]))
    return jnp.stack(levels, axis=1)


def prepare(ref):
    """All outcomes are kept for their quantiles; the function is compiled at the first call."""
    compiled = jax.jit(lambda key: chunk(ref, key, CHUNK))

    def simulate(trials, seed):
        key = jax.random.key(seed)
        outcomes = np.empty((1 + len(ref.base), ref.steps, trials), np.float32)
        for number, start in enumerate(range(0, trials, CHUNK)):
            # the last chunk is simulated whole and cut, so that one compiled function serves
            end = min(start + CHUNK, trials)
            outcomes[:, :, start:end] = np.asarray(compiled(jax.random.fold_in(key, number)))[:, :, : end - start]
        return outcomes

    return simulate


if __name__ == "__main__":
    main(prepare)
