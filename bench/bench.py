#!/usr/bin/env python3
"""Measures what concrun promises of itself, and says which promises hold on this machine.

Usage: bench/bench.py CONCRUN. Every figure is a median over the trials of one run whose cells are interleaved.
Exit status 1 when a promise doesn't hold: on a busy machine some won't.
"""

import csv
import json
import pathlib
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent


def run(concrun, experiment, output):
    """Rows of trials.csv, warm-ups left out, by strategy."""
    path = (HERE / experiment).with_suffix(".yaml")
    subprocess.run([concrun, "run", path, "--output", output, "--quiet"], check=True)
    with open(pathlib.Path(output) / path.stem / "latest" / "trials.csv", newline="") as file:
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


def downloads(concrun, output):
    limits = {"sync": 1.05, "threads": 1.05, "processes": 1.10}
    for strategy, rows in run(concrun, "downloads", output).items():
        name = f"160 downloads of 20 ms, {strategy}, {rows[0]['workers']} workers"
        if strategy == "async":
            wall = median(rows, lambda row: float(row["wall_s"])) * 1e3
            yield name, f"{wall:.1f} ms", "< 100 ms", wall < 100
        else:
            ratio = median(rows, lambda row: float(row["overhead_ratio"]))
            yield name, f"{ratio:.3f} × ideal", f"≤ {limits[strategy]:.2f} × ideal", ratio <= limits[strategy]


def latency(concrun, output):
    # What another client sees of the same latency, waking up on the same machine: part of the difference is nobody's.
    shown = wrk(concrun, ["--latency", "5ms"], ["--connections", "1", "--duration", "3", "--latency"])
    reference = float(re.search(r"50% *([0-9.]+)ms", shown)[1])
    for strategy, rows in run(concrun, "latency", output).items():
        p50 = median(rows, lambda row: float(row["task_p50_s"])) * 1e3
        yield f"5 ms, as {strategy} sees it, p50 (wrk: {reference:.2f} ms)", f"{p50:.2f} ms", "5 ± 0.3 ms", abs(p50 - 5) <= 0.3


def stall(concrun, output):
    path = HERE.parent / "experiments" / "open_loop"
    row = run(concrun, path, output)["sync"][0]
    response, task = float(row["response_p99_s"]), float(row["task_p50_s"])
    yield "a stall of 1 s, response p99, sync", f"{response:.2f} s", "> 0.5 s", response > 0.5
    yield "a stall of 1 s, task p50, sync", f"{task * 1e3:.2f} ms", "< 2 ms", task < 0.002


def in_flight(concrun, output):
    rows = run(concrun, "in_flight", output)["async"]
    assert all(row["status"] == "ok" and row["tasks_ok"] == "10000" for row in rows), rows[0]["error"]
    ratio = median(rows, lambda row: float(row["overhead_ratio"]))
    mebibytes = median(rows, lambda row: int(row["max_process_rss_bytes"])) / 2**20
    yield "10,000 downloads in flight, 10 s each", f"{ratio:.3f} × ideal", "≤ 1.2 × ideal", ratio <= 1.2
    yield "10,000 downloads in flight, memory", f"{mebibytes:.0f} MiB", "< 400 MiB", mebibytes < 400


def wrk(concrun, settings, options):
    """What wrk prints of an origin with these settings."""
    with subprocess.Popen([concrun, "origin"] + settings, stdout=subprocess.PIPE, text=True) as server:
        try:
            url = server.stdout.readline().strip()
            command = ["wrk", "--threads", "1"] + options + [f"{url}/?size=100"]
            return subprocess.run(command, check=True, capture_output=True, text=True).stdout
        finally:
            server.terminate()


def origin(concrun, output):
    shown = wrk(concrun, [], ["--connections", "64", "--duration", "5"])
    rate = float(re.search(r"Requests/sec: *([0-9.]+)", shown)[1])
    yield "the origin's small requests, by wrk, 1 thread", f"{rate:,.0f} /s", "≥ 50,000 /s", rate >= 50_000


def start(concrun, output):
    path = pathlib.Path(output) / "starts.json"
    command = ["hyperfine", "-N", "--warmup", "20", "--runs", "200", "--style", "none", "--export-json", path]
    subprocess.run(command + [f"{concrun} --help", "hyperfine --help"], check=True, capture_output=True)
    ours, theirs = (result["median"] for result in json.loads(path.read_text())["results"])
    ratio = ours / theirs
    yield f"concrun --help ({ours * 1e3:.1f} ms)", f"{ratio:.1f} × hyperfine", "≤ 4 × hyperfine", ratio <= 4


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


def million(concrun, output):
    """A table of a million trials, 1,000 cells of 20 kinds of work: 50 levels of threads each, and sync."""
    columns = (
        "cell_id,workload,strategy,max_workers,workers,block,status,tasks,tasks_ok,bytes,wall_s,observed_s,cpu_user_s,"
        "cpu_system_s,max_process_rss_bytes,task_p50_s,task_p99_s,occupancy")
    path = pathlib.Path(output) / "million.csv"
    noise = random.Random(1)
    with open(path, "w") as file:
        file.write(columns + "\n")
        for block in range(1, 1001):
            for cell in range(1000):
                work, level = divmod(cell, 50)
                wall = (0.1 / max(1, level) + 0.01) * noise.lognormvariate(0, 0.03)
                name = f"w{work}/threads/max_workers={level},w{work},threads,{level}" if level else f"w{work}/sync,w{work},sync,"
                file.write(
                    f"{name},{max(1, level)},{block},ok,100,100,102400,{wall!r},{wall * 1.001!r},{wall * 0.3!r},"
                    f"{wall * 0.1!r},9437184,{wall / 100!r},{wall / 80!r},0.9\n")
    start = time.perf_counter()
    # Its own memory: the largest child so far may have been another one.
    command = ["/usr/bin/time", "-f", "%M", concrun, "summary", path, "--format", "csv"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    assert done.stdout.count("\n") == 1001, done.stdout[:200]
    mebibytes = int(done.stderr.split()[-1]) / 1024
    yield "summary of 1,000,000 trials, time", f"{seconds:.2f} s", "< 5 s", seconds < 5
    yield "summary of 1,000,000 trials, memory", f"{mebibytes:.0f} MiB", "< 1,024 MiB", mebibytes < 1024


def main():
    concrun = str(pathlib.Path(sys.argv[1]).resolve())
    missed = 0
    with tempfile.TemporaryDirectory() as output:
        for part in (plan, million, start, harness_cost, parallel, waiting, downloads, latency, stall, in_flight, origin):
            for name, measured, promised, holds in part(concrun, output):
                print(f"{name:<48} {measured:>14}   {promised:<14} {'ok' if holds else 'MISSED'}", flush=True)
                missed += not holds
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
