"""Runs the reference scenario in clustercast and in all peers, on one core in turn, and prints what each costs.

    python3 benches/peers/compare.py [--rounds 5] [--seconds 2] [--core 0] [--keep]

First every peer's findings are held against clustercast's: 12 probabilities and 330 quantiles each, with a chance of a
false alarm below 1e-6 in all. Then all run in turn for several rounds; what counts are the ratios within a round. Peers
that cannot run here are listed as missing. Linux only. See benches/README.md.
"""

import argparse
import datetime
import os
import platform
import statistics
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from reference import deviation
from runners import Clustercast, Failed, Missing, Program, PythonPeer, build_straightforward, instructions

ROOT = Path(__file__).resolve().parents[2]
PEERS = ("straightforward", "numpy", "numba", "jax", "ema", "monaco")

# clustercast reads quantiles from bins that are at most so wide, relative to the value; f32 errs by far less
TOLERANCE = 2.0**-10

# trials of the program that all others are held against
AGAINST = 4_000_000

# CPU seconds that a peer may take for its findings
PATIENCE = 15.0


def start(name, options):
    """The peer of this name; raises Missing."""
    if name == "clustercast":
        return Clustercast(name, options.clustercast, most_trials=20_000_000)
    if name == "straightforward":
        return Program(name, build_straightforward(ROOT / "target" / "peers"), most_trials=500_000)
    return PythonPeer(name)


def pace(peer):
    """CPU seconds a trial, roughly: the first run pays for compilation, the second counts."""
    trials = 5_000 if isinstance(peer, Program) else 1_000
    peer.measure(trials, 1)
    while True:
        _, cpu = peer.measure(trials, 2)
        if cpu > 0.2 or trials * 4 > peer.most_trials:
            return max(cpu, 1e-3) / trials
        trials *= 4


def differences(answer, standard):
    """Figures in which a peer's findings and the standard's cannot be of the same model."""
    n, found = answer["trials"], []
    if answer["hits"].keys() != standard["hits"].keys() or answer["quantiles"].keys() != standard["quantiles"].keys():
        return ["other targets or series"]
    for name, hits in standard["hits"].items():
        share = hits / standard["trials"]
        slack = deviation(standard["trials"], share) / standard["trials"]
        most = n * slack + deviation(n, min(1 - 1e-12, max(1e-12, share)))
        if abs(answer["hits"][name] - n * share) > most:
            found.append(f"P({name}): {answer['hits'][name] / n:.4f} and {share:.4f}")
    for name, years in standard["quantiles"].items():
        for step, quantiles in enumerate(years):
            for k, quantile in enumerate(quantiles):
                low, high = answer["brackets"][name][step][k]
                above = low is None or quantile * (1 + TOLERANCE) >= low
                below = high is None or quantile * (1 - TOLERANCE) <= high
                if not (above and below):
                    peer = answer["quantiles"][name][step][k]
                    found.append(f"{name}, year {step + 1}, quantile {k + 1}: {peer:.2f} and {quantile:.2f}")
    return found


def agree(peers, paces, options):
    """Holds everyone's findings against the first one's; prints the outcome and returns whether all agree."""
    first, *others = peers
    trials = min(AGAINST, first.most_trials)
    standard = first.answer(trials, 1)
    figures = len(standard["hits"]) + sum(len(q) for years in standard["quantiles"].values() for q in years)
    lines = [f"{figures} figures of every peer held against {first.name} ({trials:,} trials):"]
    good = True
    for peer in others:
        n = int(min(peer.most_trials, max(1_000, PATIENCE / paces[peer.name])))
        wrong = differences(peer.answer(n, 2, against=trials), standard)
        good &= not wrong
        lines.append(f"  {peer.name:<16} {n:>9,} trials  {'agrees' if not wrong else 'DISAGREES'}")
        lines += [f"      {line}" for line in wrong[:10]]
        if len(wrong) > 10:
            lines.append(f"      and {len(wrong) - 10} more")
    return good, lines


def spread(values, digits):
    """Median with the lowest and highest."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def times(peers, paces, options):
    """Rounds of CPU and wall microseconds a trial, by peer; who goes first changes from round to round."""
    trials = {}
    for peer in peers:
        wanted = options.seconds / paces[peer.name]
        trials[peer.name] = int(min(peer.most_trials, max(1_000, round(wanted, -3))))
    rounds = []
    for number in range(options.rounds):
        shift = number % len(peers)
        row = {}
        for peer in peers[shift:] + peers[:shift]:
            n = trials[peer.name]
            wall, cpu = peer.measure(n, 10 + number)
            row[peer.name] = (cpu / n * 1e6, wall / n * 1e6)
        rounds.append(row)
    return trials, rounds


def table(peers, trials, rounds, counts):
    """The lines of the table; ratios are taken within a round."""
    first = peers[0].name
    head = (
        f"{'':<16} {'trials':>11}  {'CPU µs a trial':<26} {'wall µs a trial':<26} {'times ' + first:<26} instructions"
    )
    lines = [head]
    for peer in peers:
        cpu = [row[peer.name][0] for row in rounds]
        wall = [row[peer.name][1] for row in rounds]
        ratio = [row[peer.name][0] / row[first][0] for row in rounds]
        count = counts.get(peer.name)
        lines.append(
            f"{peer.name:<16} {trials[peer.name]:>11,}  {spread(cpu, 3):<26} {spread(wall, 3):<26} "
            f"{spread(ratio, 2):<26} {f'{count:,.0f}' if count else '—'}"
        )
    return lines


def first_line(command):
    """First line that a command prints, or that it could not run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    except FileNotFoundError:
        return "not installed"
    return (done.stdout or done.stderr).strip().partition("\n")[0]


def circumstances(options):
    """What a reader needs to judge and repeat the run."""
    cpu = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith(("model name", "flags"))]
    model, flags = (
        next(line for line in cpu if line.startswith(key)).partition(":")[2] for key in ("model name", "flags")
    )
    vectors = [flag for flag in ("avx2", "fma", "avx512f") if flag in flags.split()]
    packages = []
    for line in (Path(__file__).parent / "requirements.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name = line.partition("==")[0]
            try:
                packages.append(f"{name} {metadata.version(name)}")
            except metadata.PackageNotFoundError:
                packages.append(f"{name} not installed")
    return [
        f"date: {datetime.date.today()}",
        f"command: python3 benches/peers/compare.py --rounds {options.rounds} --seconds {options.seconds:g} "
        f"--core {options.core} --peers {' '.join(options.peers)}",
        f"machine: {model.strip()} ({', '.join(vectors) or 'no vector extensions'}), {os.cpu_count()} processors, "
        f"run on core {options.core}; load average at the start {options.load[0]:.1f}",
        f"system: {platform.system()} {platform.release()}, {platform.libc_ver()[0]} {platform.libc_ver()[1]}",
        f"programs: {first_line([str(options.clustercast), '--version'])}, repository at "
        f"{first_line(['git', 'describe', '--always', '--dirty'])}, {first_line(['rustc', '--version'])}",
        f"python: {platform.python_version()}, {', '.join(packages)}",
    ]


def keep(lines, rounds):
    """Writes the run into benches/runs/ and returns the path; a second run of a day gets a number."""
    folder = ROOT / "benches" / "runs"
    folder.mkdir(exist_ok=True)
    stem, number = f"{datetime.date.today()}-ref", 1
    path = folder / f"{stem}.md"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.md"
    raw = ["CPU and wall microseconds a trial in every round:"]
    for k, row in enumerate(rounds, 1):
        raw.append(
            f"round {k}: " + ", ".join(f"{name} {cpu:.3f}/{wall:.3f}" for name, (cpu, wall) in sorted(row.items()))
        )
    path.write_text(
        "# REF against its peers\n\n```text\n" + "\n".join([*lines, "", *raw]) + "\n```\n", encoding="utf-8"
    )
    return path


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="rounds of timing; 0 checks agreement only")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of one timed run")
    parser.add_argument("--core", type=int, default=min(os.sched_getaffinity(0)), help="the core that all run on")
    parser.add_argument("--clustercast", type=Path, default=ROOT / "target" / "release" / "clustercast")
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--no-instructions", action="store_true", help="leave out callgrind, which takes a minute")
    parser.add_argument("--keep", action="store_true", help="write the result into benches/runs/")
    options = parser.parse_args()
    if options.rounds < 0 or options.seconds <= 0:
        parser.error("--rounds must not be negative and --seconds must be above 0")
    options.load = os.getloadavg()
    return options


def main():
    """Returns the exit status: 0 only if at least two programs ran and all agree."""
    options = arguments()
    os.sched_setaffinity(0, {options.core})
    peers, missing = [], []
    for name in ("clustercast", *options.peers):
        try:
            peers.append(start(name, options))
        except Missing as reason:
            missing.append(f"missing: {name} ({reason})")
    lines = circumstances(options) + [""] + missing
    if len(peers) < 2:
        print("\n".join(lines + ["nothing to compare"]))
        return 1
    try:
        paces = {peer.name: pace(peer) for peer in peers}
        good, found = agree(peers, paces, options)
        lines += found
        rounds = []
        if options.rounds:
            counts = {}
            if not options.no_instructions:
                for peer in peers:
                    try:
                        if peer.native:
                            counts[peer.name] = instructions(peer.native, 2_560, 12_800)
                    except Missing as reason:
                        lines.append(f"missing: instructions of {peer.name} ({reason})")
            trials, rounds = times(peers, paces, options)
            lines += ["", f"rounds: {len(rounds)}; median (lowest–highest); probabilities and quantiles included"]
            lines += table(peers, trials, rounds, counts)
    finally:
        for peer in peers:
            peer.close()
    print("\n".join(lines))
    if options.keep and rounds:
        print(f"kept in {keep(lines, rounds).relative_to(ROOT)}")
    return 0 if good else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as fault:
        sys.exit(f"failed: {fault}")
