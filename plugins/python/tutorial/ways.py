"""The ways of the tutorial by name; each imports only what it needs."""

from functools import partial

WAYS = ("sync", "threads", "asyncio", "asyncio_uvloop", "multiprocessing")
ON_LOOP = ("asyncio", "asyncio_uvloop")


def program(way, work, **options):
    """A function that does this work in that way; `options` are those of the way's `run`."""
    match way:
        case "sync":
            from . import sequential

            return partial(sequential.run, work)
        case "threads":
            from . import threads

            return partial(threads.run, work, **options)
        case "multiprocessing":
            from . import processes

            return partial(processes.run, work, **options)
        case "asyncio":
            from . import event_loop

            return partial(event_loop.run, work, **options)
        case "asyncio_uvloop":
            import uvloop

            from . import event_loop

            return partial(event_loop.run, work, new_loop=uvloop.new_event_loop, **options)
