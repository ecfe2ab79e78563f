"""Runs a program against the clock, and tells what became of its tasks."""

import time
from heapq import heapreplace

from usage import difference, used

ROWS_PER_MESSAGE = 1000


def trial(program, max_workers):
    """The messages that answer `run`."""
    before = used()
    began = time.monotonic_ns()
    records = program()
    wall_ns = time.monotonic_ns() - began
    usage = difference(before, used())

    workers = numbers(records, max_workers)
    for first in range(0, len(records), ROWS_PER_MESSAGE):
        rows = [row(record, workers, began) for record in records[first : first + ROWS_PER_MESSAGE]]
        yield {"type": "tasks", "tasks": rows}
    checksum = sum((record.task + 1) * record.value for record in records if record.status == "ok")
    yield {
        "type": "done",
        "wall_ns": wall_ns,
        "setup_ns": min(record.start_ns for record in records) - began,
        "teardown_ns": began + wall_ns - max(record.end_ns for record in records),
        "checksum": f"{checksum % 2**64:016x}",
        "usage": usage,
    }


def numbers(records, max_workers):
    """The number of each task's worker."""
    known = {}
    # When each place for a connection was free again.
    places = [(0, place) for place in range(max_workers)]
    numbers = {}
    for record in sorted(records, key=lambda record: record.start_ns):
        if record.worker is None:
            _, number = heapreplace(places, (record.end_ns, places[0][1]))
        else:
            number = known.setdefault(record.worker, len(known))
        numbers[record.task] = number
    return numbers


def row(record, workers, began):
    fields = [
        record.task, workers[record.task], record.start_ns - began, record.end_ns - began, record.status, record.size]
    return fields if record.message is None else fields + [record.message]
