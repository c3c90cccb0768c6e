"""How compare.py runs a peer: one class for the Python peers, one for the programs in native code.

Both have `answer(trials, seed, against)`, which runs once and returns the findings in the form of reference.py, and
`measure(trials, seed)`, which returns wall and CPU seconds of a run without start-up and compilation.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reference import SCENARIO

HERE = Path(__file__).resolve().parent

# One thread everywhere: what is compared is the work done on one core.
ENVIRONMENT = os.environ | {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "JAX_PLATFORMS": "cpu",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}


class Missing(Exception):
    """A peer cannot run here because something that it needs is not installed."""


class Failed(Exception):
    """A peer ran and failed."""


def run(command):
    """Standard output of a command, with its wall and CPU seconds (of the process and its children)."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise Failed(f"exit status {process.returncode} of {' '.join(command)}\n{err.read()[-2000:]}")
        return out.read(), wall, usage.ru_utime + usage.ru_stime


class PythonPeer:
    """A peer in Python; its process stays, so that imports and compilation are paid once and never measured."""

    # outcomes are kept in memory: half a kilobyte a trial
    most_trials = 500_000
    native = None

    def __init__(self, name):
        self.name = name
        self.command = [sys.executable, str(HERE / f"ref_{name}.py")]
        try:
            self.answer(1, 1)
        except Failed as fault:
            last = str(fault).strip().splitlines()[-1]
            if last.startswith("ModuleNotFoundError"):
                raise Missing(last) from None
            raise
        self.errors = tempfile.TemporaryFile("w+")
        self.server = subprocess.Popen(
            self.command + ["--serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            env=ENVIRONMENT,
        )

    def answer(self, trials, seed, against=None):
        """Findings of one run."""
        command = self.command + ["--trials", str(trials), "--seed", str(seed)]
        if against:
            command += ["--against", str(against)]
        return json.loads(run(command)[0])

    def measure(self, trials, seed):
        """Wall and CPU seconds of one run."""
        try:
            self.server.stdin.write(f"{trials} {seed}\n")
            self.server.stdin.flush()
            line = self.server.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self.errors.seek(0)
            raise Failed(f"{self.name} ended early\n{self.errors.read()[-2000:]}")
        times = json.loads(line)
        return times["wall"], times["cpu"]

    def close(self):
        """Ends the process."""
        self.server.stdin.close()
        self.server.wait()


class Program:
    """A program in native code, started anew for every run; the time of a run with few trials is taken off."""

    few = 2_560

    def __init__(self, name, path, most_trials):
        self.name = name
        self.most_trials = most_trials
        self.native = self.command
        if not Path(path).is_file():
            raise Missing(f"no program at {path}")
        self.path = str(path)

    def command(self, trials, seed):
        """The command of a run."""
        return [self.path, str(SCENARIO), "--trials", str(trials), "--seed", str(seed)]

    def answer(self, trials, seed, against=None):
        """Findings of one run."""
        command = self.command(trials, seed)
        if against:
            command += ["--against", str(against)]
        return json.loads(run(command)[0])

    def measure(self, trials, seed):
        """Wall and CPU seconds of one run, start-up taken off; `trials` beyond the few that are taken off with it."""
        _, few_wall, few_cpu = run(self.command(self.few, seed))
        _, wall, cpu = run(self.command(self.few + trials, seed))
        return wall - few_wall, cpu - few_cpu

    def close(self):
        """Nothing stays."""


class Clustercast(Program):
    """The program of this repository; its findings are in results.json form."""

    def command(self, trials, seed):
        """The command of a run."""
        options = ["--trials", str(trials), "--seed", str(seed), "--threads", "1"]
        return [self.path, "run", str(SCENARIO), *options, "--format", "json", "--quiet", "--lang", "en"]

    def answer(self, trials, seed, against=None):
        """Findings of one run, without brackets: others are held against it."""
        results = json.loads(run(self.command(trials, seed))[0])
        (found,) = results["runs"]
        quantiles = {}
        for series in found["series"]:
            kind, _, name = series["id"].partition(".")
            if kind == "industry":
                continue
            by_level = [series["quantiles"][p] for p in ("0.05", "0.25", "0.5", "0.75", "0.95")]
            # the base year is not simulated by the peers
            years = list(zip(*by_level, strict=True))[1:]
            quantiles["total" if kind == "province" else name] = years
        hits = {target["id"]: target["hits"] for target in found["targets"]}
        return {"trials": results["run"]["trials"], "hits": hits, "quantiles": quantiles}


def build_straightforward(folder):
    """Builds the Rust peer and returns the path of its program."""
    package = HERE / "straightforward"
    # the caller's build settings are for other work
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CARGO_PROFILE_")}
    environment["CARGO_TARGET_DIR"] = str(folder)
    command = ["cargo", "build", "--release", "--manifest-path", str(package / "Cargo.toml")]
    try:
        built = subprocess.run(command, env=environment, capture_output=True, text=True)
    except FileNotFoundError:
        raise Missing("cargo is not installed") from None
    if built.returncode:
        raise Failed(f"the straightforward peer does not build\n{built.stderr[-2000:]}")
    return Path(folder) / "release" / "straightforward"


def instructions(command, fewer, more):
    """Instructions a trial: callgrind at two numbers of trials, so that everything fixed drops out."""
    counts = []
    for trials in (fewer, more):
        valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        try:
            done = subprocess.run(valgrind + command(trials, 1), env=ENVIRONMENT, capture_output=True, text=True)
        except FileNotFoundError:
            raise Missing("valgrind is not installed") from None
        found = [line for line in done.stderr.splitlines() if "Collected :" in line]
        if done.returncode or not found:
            raise Failed(f"callgrind: exit status {done.returncode}\n{done.stderr[-2000:]}")
        counts.append(int(found[-1].split(":")[1]))
    return (counts[1] - counts[0]) / (more - fewer)
