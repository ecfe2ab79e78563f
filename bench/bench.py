#!/usr/bin/env python3
"""Measures what concrun promises of itself, and says which promises hold on this machine.

Usage: bench/bench.py CONCRUN. Every figure is a median over the trials of one run whose cells are interleaved.
Exit status 1 when a promise doesn't hold: on a busy machine some won't.
"""

import csv
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


def run(concrun, experiment, output):
    """Rows of trials.csv, warm-ups left out, by strategy."""
    command = [concrun, "run", HERE / f"{experiment}.yaml", "--output", output, "--quiet"]
    subprocess.run(command, check=True)
    with open(pathlib.Path(output) / experiment / "latest" / "trials.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["warmup"] == "false"]
    by_strategy = {}
    for row in rows:
        by_strategy.setdefault(row["strategy"], []).append(row)
    return by_strategy


def median(rows, value):
    return statistics.median(value(row) for row in rows)


def clocked(row):
    """Seconds between the first task's start and the last one's end."""
    return float(row["wall_s"]) - float(row["setup_s"]) - float(row["teardown_s"])


def harness_cost(concrun, output):
    for strategy, rows in run(concrun, "harness_cost", output).items():
        cost = median(rows, lambda row: clocked(row) / int(row["tasks"]) * 1e9)
        yield f"a null task, {strategy}, 1 worker", f"{cost:.0f} ns", "≤ 100 ns", cost <= 100


def parallel(concrun, output):
    rows = run(concrun, "parallel", output)
    wall = {strategy: median(rows[strategy], lambda row: float(row["wall_s"])) for strategy in rows}
    for strategy in ("threads", "processes"):
        ratio = wall["sync"] / wall[strategy]
        yield f"sum_of_squares, {strategy}, 2 workers", f"{ratio:.2f} × sync", "≥ 1.8 × sync", ratio >= 1.8


def waiting(concrun, output):
    for strategy, rows in run(concrun, "waiting", output).items():
        ratio = median(rows, lambda row: float(row["overhead_ratio"]))
        setup = median(rows, lambda row: float(row["setup_s"])) * 1e3
        name = f"160 × 5 ms, {strategy}, {rows[0]['workers']} workers (setup {setup:.1f} ms)"
        yield name, f"{ratio:.3f} × ideal", "≤ 1.05 × ideal", ratio <= 1.05


def plan(concrun, output):
    text = (
        "variables: { a: { from: 1, to: 50, step: 1 }, b: { from: 1, to: 50, step: 1 } }\n"
        'workloads: { w: { plugin: sleep, tasks: "${a}", duration: "${b}ms" } }\n'
        "strategies: { sync: {}, threads: { max_workers: { from: 1, to: 39, step: 1 } } }\n"
    )
    path = pathlib.Path(output) / "large.yaml"
    path.write_text(text)
    start = time.perf_counter()
    shown = subprocess.run([concrun, "plan", path], check=True, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - start
    assert "100,000 cells" in shown, shown[:200]
    # The largest child so far; those before were smaller.
    mebibytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield "plan of 100,000 cells, time", f"{seconds:.2f} s", "< 2 s", seconds < 2
    yield "plan of 100,000 cells, memory", f"{mebibytes:.0f} MiB", "< 512 MiB", mebibytes < 512


def main():
    concrun = str(pathlib.Path(sys.argv[1]).resolve())
    missed = 0
    with tempfile.TemporaryDirectory() as output:
        for part in (plan, harness_cost, parallel, waiting):
            for name, measured, promised, holds in part(concrun, output):
                print(f"{name:<48} {measured:>14}   {promised:<14} {'ok' if holds else 'MISSED'}", flush=True)
                missed += not holds
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
