"""What the peers share that run the reference scenario through a framework: the uncertain scalars and one trial.

The framework samples the 30 scalars and calls the model once a trial; the model is the compiled trial of ref_numba.py,
which draws the yearly shocks, so that nearly all of the time is the framework's own.
"""

import numpy as np
from scipy import stats

from ref_numba import certain, path


def normal(mean, sd):
    """Law and arguments of a normal quantity."""
    return stats.norm, {"loc": mean, "scale": sd}


def lognormal(mean, sd):
    """Law and arguments of a lognormal quantity, from the mean and s.d. of its logarithm."""
    return stats.lognorm, {"s": sd, "scale": float(np.exp(mean))}


def triangular(low, mode, high):
    """Law and arguments of a triangular quantity."""
    return stats.triang, {"c": (mode - low) / (high - low), "loc": low, "scale": high - low}


def laws(ref):
    """The uncertain scalars: by name a SciPy distribution and its arguments."""
    found = {f"trend{s}": normal(*law) for s, law in enumerate(ref.trend)}
    found |= {f"premium{c}": normal(*law) for c, law in enumerate(ref.premium)}
    found |= {f"base{c}": lognormal(*law) for c, law in enumerate(ref.base)}
    alpha, beta = ref.realised
    return found | {
        "realised": (stats.beta, {"a": alpha, "b": beta}),
        "leverage": triangular(*ref.leverage),
        "output": lognormal(*ref.output),
        "additionality": triangular(*ref.additionality),
        "elasticity": normal(*ref.elasticity),
    }


def one_trial(ref, rng, scalar):
    """Outcomes of one trial by series and step, from its scalars by name."""
    outcomes = np.empty((1 + len(ref.base), ref.steps))
    path(
        rng,
        np.array([scalar[f"trend{s}"] for s in range(len(ref.trend))]),
        np.array([scalar[f"premium{c}"] for c in range(len(ref.premium))]),
        np.array([scalar[f"base{c}"] for c in range(len(ref.base))]),
        scalar["realised"] * scalar["leverage"],
        scalar["output"],
        scalar["additionality"],
        scalar["elasticity"],
        *certain(ref),
        outcomes,
    )
    return outcomes
