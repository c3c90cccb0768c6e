"""The reference scenario through monaco: what a framework for Monte Carlo analyses costs for every trial."""

import monaco
import numpy as np

from framework import laws, one_trial
from reference import main


def prepare(ref):
    """One case a trial, one after the other; the paths of the total and of every cluster are its output variables."""
    series = ["total"] + [f"c{c}" for c in range(1, 1 + len(ref.base))]

    def simulate(trials, seed):
        rng = np.random.default_rng(seed)

        def preprocess(case):
            return ({name: value.val for name, value in case.invals.items()},)

        def run(scalar):
            return (one_trial(ref, rng, scalar),)

        def postprocess(case, outcomes):
            for name, values in zip(series, outcomes, strict=True):
                case.addOutVal(name, values)

        functions = {"preprocess": preprocess, "run": run, "postprocess": postprocess}
        method = monaco.SampleMethod.RANDOM
        sim = monaco.Sim("reference", trials, functions, samplemethod=method, seed=seed, verbose=False)
        for name, (law, arguments) in laws(ref).items():
            sim.addInVar(name, law, arguments)
        sim.runSim()
        return np.array([np.array(sim.outvars[name].vals).T for name in series])

    return simulate


if __name__ == "__main__":
    main(prepare)
