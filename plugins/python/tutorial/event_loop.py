"""One event loop in one thread. All tasks start at once; they share a session, which lets so many connect at once."""

import asyncio
from contextlib import asynccontextmanager


async def perform_all(work, max_workers):
    async with work.open_session(max_workers) as session:
        tasks = [asyncio.ensure_future(work.perform(task, session)) for task in range(work.count)]
        return await asyncio.gather(*tasks)


def run(work, max_workers=100, new_loop=None):
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(perform_all(work, max_workers))


class Blocking:
    """Work that blocks, as tasks of an event loop: until one is done, no other gets its turn."""

    def __init__(self, work):
        self.work = work
        self.count = work.count

    @asynccontextmanager
    async def open_session(self, max_workers):
        with self.work.open_session() as session:
            yield session

    async def perform(self, task, session):
        return self.work.perform(task, session)
