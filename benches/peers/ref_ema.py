"""The reference scenario through EMA Workbench: what a framework for uncertain models costs for every trial."""

import logging

import numpy as np
from ema_workbench import ArrayOutcome, Model, RealParameter, Samplers, ema_logging, perform_experiments

from framework import laws, one_trial
from reference import main


def prepare(ref):
    """One experiment a trial, one after the other."""
    ema_logging.log_to_stderr(logging.WARNING)

    def simulate(trials, seed):
        rng = np.random.default_rng(seed)
        # the framework samples from NumPy's global generator
        np.random.seed(seed)
        model = Model("reference", function=lambda **scalar: {"path": one_trial(ref, rng, scalar).ravel()})
        model.uncertainties = [
            RealParameter.from_dist(name, law(**arguments)) for name, (law, arguments) in laws(ref).items()
        ]
        model.outcomes = [ArrayOutcome("path")]
        _, outcomes = perform_experiments(model, scenarios=trials, uncertainty_sampling=Samplers.MC)
        return outcomes["path"].T.reshape(1 + len(ref.base), ref.steps, trials)

    return simulate


if __name__ == "__main__":
    main(prepare)
