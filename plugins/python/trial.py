"""Runs a program against the clock, and tells what became of its tasks."""

import time

from usage import difference, used

ROWS_PER_MESSAGE = 1000


def trial(program):
    """The messages that answer `run`."""
    before = used()
    began = time.monotonic_ns()
    records = program()
    wall_ns = time.monotonic_ns() - began
    usage = difference(before, used())

    workers = {}
    for record in sorted(records, key=lambda record: record.start_ns):
        workers.setdefault(record.worker, len(workers))
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


def row(record, workers, began):
    fields = [
        record.task, workers[record.worker], record.start_ns - began, record.end_ns - began, record.status, record.size]
    return fields if record.message is None else fields + [record.message]
