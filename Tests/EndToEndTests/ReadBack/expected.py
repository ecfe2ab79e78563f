"""What the CSV files of readback.yaml must be, whoever reads them."""

import pathlib
import sys

TEXTS = ["run_id", "experiment", "host", "cell_id", "workload", "strategy", "note", "status", "error", "checksum"]
FLAGS = ["warmup"]
TIMES = ["started_at"]
INTEGERS = [
    "size", "max_workers", "workers", "block", "position", "trial", "attempt", "tasks", "tasks_ok", "tasks_failed",
    "bytes", "max_process_rss_bytes", "voluntary_switches", "involuntary_switches", "hits",
]
REALS = [
    "pause", "wall_s", "setup_s", "teardown_s", "observed_s", "cpu_user_s", "cpu_system_s", "tasks_per_s",
    "bytes_per_s", "task_p50_s", "task_p90_s", "task_p99_s", "task_max_s", "occupancy", "cpu_utilization",
    "lower_bound_s", "ideal_s", "overhead_ratio",
]
# Nothing in readback.yaml measures these: there is no origin, no open loop and no event loop.
EMPTY = ["origin_cpu_s", "response_p50_s", "response_p99_s", "response_max_s", "loop_stall_max_s"]

SUMMARY_TEXTS = ["experiment", "cell_id", "workload", "strategy", "note"]

TRIALS, WARMUPS = 6, 1
ERROR = 'sh: exit status 3: bad, "very bad", ünd: 1,2'
# The sum of (index + 1) · value over the tasks, mod 2⁶⁴: the sums of i² for i in 0..<10, 0..<11, 0..<12.
SQUARES = sum((index + 1) * sum(i * i for i in range(10 + index)) for index in range(3))
CHECKSUMS = {"null": "0" * 16, "waiting": "0" * 16, "squares": f"{SQUARES:016x}", "program": None}
# Cells of each (workload, strategy).
CELLS = {
    ("null", "sync"): 1, ("null", "threads"): 2, ("null", "processes"): 1,
    ("waiting", "sync"): 2, ("waiting", "threads"): 4, ("waiting", "processes"): 2,
    ("squares", "sync"): 1, ("squares", "threads"): 2, ("squares", "processes"): 1,
    ("program", "failing"): 1, ("program", "counting"): 4,
}

failures = []


def expect(reader, what, actual, expected=True):
    """Goes on after a failure, so that one run tells them all."""
    if actual != expected:
        failures.append(f"{reader}: {what}: {actual!r}, not {expected!r}")


def trials_file():
    return pathlib.Path(sys.argv[1]) / "trials.csv"


def summary_file():
    return pathlib.Path(sys.argv[1]) / "summary.csv"
