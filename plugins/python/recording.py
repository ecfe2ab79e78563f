"""Wraps work so that every task comes back as a record, and none as an exception."""

import multiprocessing
import os
import threading
import time
from typing import NamedTuple

from tutorial.pages import FetchError, FetchTimeout


class Record(NamedTuple):
    task: int
    # Whatever tells workers apart; None: which of the places for a connection it was doesn't matter.
    worker: object
    # Of the machine's monotonic clock, which all processes share.
    start_ns: int
    end_ns: int
    status: str
    size: int = 0
    value: int = 0
    message: str | None = None


def failed(task, worker, start_ns, error):
    end_ns = time.monotonic_ns()
    status = "timeout" if isinstance(error, FetchTimeout) else "failed"
    message = str(error) if isinstance(error, FetchError) else f"{type(error).__name__}: {error}"
    return Record(task, worker, start_ns, end_ns, status, message=message)


class Recorded:
    """Of work that blocks: a worker is a thread of a process."""

    def __init__(self, work):
        self.work = work
        self.count = work.count

    def open_session(self):
        if multiprocessing.parent_process() is not None:
            # A signal that a task sends to its process group must not reach the other processes of the pool.
            os.setpgid(0, 0)
        return self.work.open_session()

    def perform(self, task, session):
        worker = (os.getpid(), threading.get_ident())
        start_ns = time.monotonic_ns()
        try:
            size, value = self.work.perform(task, session)
        except Exception as error:
            return failed(task, worker, start_ns, error)
        return Record(task, worker, start_ns, time.monotonic_ns(), "ok", size, value)
