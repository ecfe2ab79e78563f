"""What concrun is told about this plugin."""

import importlib.util
import os

LIBRARIES = ("aiohttp", "requests", "urllib3", "uvloop")
WORKLOADS = ["download", "sum_of_squares"]


def max_workers(default, meaning):
    limits = {"minimum": 1, "maximum": 10_000}
    return {"name": "max_workers", "type": "integer", "default": default, **limits, "help": meaning}


ON_LOOP = [
    max_workers(100, "Most connections at once; all tasks start at once."),
    {"name": "read_body", "type": "boolean", "default": True,
     "help": "Whether bodies are read; if not, the length that the server announces counts, as in the tutorial."},
]

STRATEGIES = [
    {"name": "python_sync", "summary": "Python: one task after the other; requests, one session.",
     "parallelism": "one_thread", "parameters": []},
    {"name": "python_threads", "summary": "Python: a ThreadPoolExecutor; requests, a session for each thread.",
     "parallelism": "thread_per_worker", "parameters": [max_workers(5, "Threads in the pool.")]},
    {"name": "python_asyncio", "summary": "Python: all tasks at once on asyncio's event loop; aiohttp, one session.",
     "parallelism": "one_thread", "parameters": ON_LOOP},
    {"name": "python_asyncio_uvloop",
     "summary": "Python: all tasks at once on uvloop's event loop; aiohttp, one session.",
     "parallelism": "one_thread", "parameters": ON_LOOP},
    {"name": "python_multiprocessing",
     "summary": "Python: a multiprocessing.Pool; requests, a session for each process.",
     "parallelism": "thread_per_worker",
     "parameters": [max_workers(len(os.sched_getaffinity(0)), "Processes in the pool; by default one for each CPU.")]},
]


def missing_libraries():
    return [name for name in LIBRARIES if importlib.util.find_spec(name) is None]


def description(protocol):
    strategies = [{**strategy, "workloads": WORKLOADS} for strategy in STRATEGIES]
    return {"type": "description", "protocol": protocol, "strategies": strategies}
