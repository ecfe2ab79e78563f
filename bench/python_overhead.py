#!/usr/bin/env python3
"""Measures what being measured by concrun costs a Python program.

Usage: bench/python_overhead.py CONCRUN. Each program runs by itself, where it times itself, and as a strategy of concrun, by
turns, against one server. The median of the pairs' ratios is given with its 95 % interval, from exact binomial ranks. Exit
status 1 when such an interval lies wholly beyond 3 %; one that only reaches beyond shows nothing, on a noisy machine.
"""

import csv
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLUGIN = ROOT / "plugins" / "python"
ROUNDS = 20
# The ranks, from 0, between which the median of so many lies with 95 %.
LOW, HIGH = 5, 14
LIMIT = 0.03

# Way, work, and how much of it: about a second.
PROGRAMS = [
    ("threads", "download", {"repeat": 160}),
    ("asyncio", "download", {"repeat": 400}),
    ("multiprocessing", "download", {"repeat": 80}),
    ("sync", "sum_of_squares", {"start": 500_000, "count": 20}),
    ("multiprocessing", "sum_of_squares", {"start": 500_000, "count": 40}),
]


def by_itself(way, work, amount, urls):
    """Seconds, as the program itself says."""
    options = [f"--{name}={value}" for name, value in amount.items()]
    command = [PLUGIN / ".venv/bin/python", PLUGIN / "program.py", way, work, *options]
    command += urls if work == "download" else []
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"([0-9.]+) seconds", shown)[1])


def by_concrun(concrun, way, work, amount, urls, folder):
    """`wall_s` of one trial."""
    parameters = dict(amount)
    if work == "download":
        parameters |= {"urls": urls, "verify": "body"}
    settings = "".join(f"    {name}: {value}\n" for name, value in parameters.items())
    path = folder / "overhead.yaml"
    path.write_text(
        f"plugins: [{PLUGIN / 'plugin'}]\nworkloads:\n  {work}:\n{settings}"
        f"strategies:\n  python_{way}:\nbaseline: python_{way}\ntrials: 1\nwarmup: 0\n")
    subprocess.run([concrun, "run", path, "--output", folder, "--quiet"], check=True)
    with open(folder / "overhead" / "latest" / "trials.csv", newline="") as file:
        return float(next(csv.DictReader(file))["wall_s"])


def compare(concrun, program, urls, folder):
    alone, measured = [], []
    for turn in range(ROUNDS):
        runs = [
            lambda: alone.append(by_itself(*program, urls)),
            lambda: measured.append(by_concrun(concrun, *program, urls, folder)),
        ]
        for run in runs if turn % 2 == 0 else reversed(runs):
            run()
    return alone, measured


def main():
    concrun = str(pathlib.Path(sys.argv[1]).resolve())
    missed = 0
    server = subprocess.Popen([concrun, "origin", "--latency", "10ms"], stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        with tempfile.TemporaryDirectory() as folder:
            for program in PROGRAMS:
                alone, measured = compare(concrun, program, [f"{url}/jython", f"{url}/dice"], pathlib.Path(folder))
                ratios = sorted(b / a for a, b in zip(alone, measured))
                low, high = ratios[LOW] - 1, ratios[HIGH] - 1
                holds = -LIMIT <= low and high <= LIMIT
                fails = low > LIMIT or high < -LIMIT
                print(
                    f"python_{program[0]:<16} {program[1]:<15} by itself {statistics.median(alone) * 1e3:4.0f} ms   "
                    f"by concrun {statistics.median(measured) * 1e3:4.0f} ms   {statistics.median(ratios) - 1:+6.1%} "
                    f"[{low:+.1%}, {high:+.1%}]   of the fastest {min(measured) / min(alone) - 1:+.1%}   "
                    f"{'ok' if holds else 'MISSED' if fails else 'within 3 % perhaps: too noisy'}", flush=True)
                missed += fails
    finally:
        server.terminate()
        server.wait()
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
