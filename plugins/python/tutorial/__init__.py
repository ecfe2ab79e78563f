"""The programs of a well-known tutorial on concurrency: the same work, done one after the other, by a pool of threads,
on one event loop, and by a pool of processes. Nothing in here knows concrun; ../program.py runs one of them by itself.

A work has a `count` of tasks, `open_session()`, and `perform(task, session)`, which gives the bytes that came and a
number that depends on what came. A way has `run(work, …)`, which gives what its tasks gave, in their order.
"""
