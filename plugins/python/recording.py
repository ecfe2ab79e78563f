"""Wraps work so that every task comes back as a record, and none as an exception."""

import asyncio
import os
import threading
import time
from typing import NamedTuple

from tutorial.pages import FetchError, FetchTimeout


class Record(NamedTuple):
    task: int
    # Whatever tells workers apart.
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
        return self.work.open_session()

    def perform(self, task, session):
        worker = (os.getpid(), threading.get_ident())
        start_ns = time.monotonic_ns()
        try:
            size, value = self.work.perform(task, session)
        except Exception as error:
            return failed(task, worker, start_ns, error)
        return Record(task, worker, start_ns, time.monotonic_ns(), "ok", size, value)


class RecordedOnLoop:
    """Of work that suspends: a worker is one of the places for a connection, and a task starts when it has one."""

    def __init__(self, work, max_workers):
        self.work = work
        self.count = work.count
        self.free = list(range(max_workers))
        self.places = asyncio.Semaphore(max_workers)

    def open_session(self, max_workers):
        return self.work.open_session(max_workers)

    async def perform(self, task, session):
        async with self.places:
            place = self.free.pop()
            start_ns = time.monotonic_ns()
            try:
                size, value = await self.work.perform(task, session)
                return Record(task, place, start_ns, time.monotonic_ns(), "ok", size, value)
            except Exception as error:
                return failed(task, place, start_ns, error)
            finally:
                self.free.append(place)
