"""Wraps downloads on an event loop, as recording.py wraps work that blocks. A task starts when it needn't queue for one
of the connections any more."""

import time
from contextvars import ContextVar

import aiohttp

from recording import Record, failed

# Of the download that is under way: each is an asyncio task, with a context of its own.
start_ns = ContextVar("start_ns")


class NotingConnector(aiohttp.TCPConnector):
    """Notes when a download gets a connection, or may begin to make one. aiohttp's tracing would tell, too, but adds a
    sixth to the time of a request."""

    async def connect(self, *arguments, **options):
        asked_ns = start_ns.get()
        connection = await super().connect(*arguments, **options)
        if start_ns.get() == asked_ns:
            start_ns.set(time.monotonic_ns())
        return connection

    async def _create_connection(self, *arguments, **options):
        start_ns.set(time.monotonic_ns())
        return await super()._create_connection(*arguments, **options)


class RecordedOnLoop:
    def __init__(self, work):
        self.work = work
        self.count = work.count

    def open_session(self, max_workers):
        return self.work.open_session(max_workers)

    async def perform(self, task, session):
        start_ns.set(time.monotonic_ns())
        try:
            size, value = await self.work.perform(task, session)
        except Exception as error:
            return failed(task, None, start_ns.get(), error)
        return Record(task, None, start_ns.get(), time.monotonic_ns(), "ok", size, value)
