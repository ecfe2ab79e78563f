"""From concrun's `prepare` to a program that is ready to run; imports what it needs, and nothing else."""

from dataclasses import fields

from recording import Recorded
from refusal import Refusal
from tutorial.pages import Pages
from tutorial.ways import ON_LOOP, program


def prepare(message):
    """A function that does the work, and gives the tasks' records."""
    way = message["strategy"].removeprefix("python_")
    work = work_on_loop(message) if way in ON_LOOP else blocking_work(message)
    options = {"max_workers": message["parameters"]["max_workers"]} if way != "sync" else {}
    return program(way, work, **options)


def blocking_work(message):
    if message["workload"] == "download":
        from tutorial.download import Download

        return Recorded(Download(pages(message["work"])))
    from tutorial.squares import SumOfSquares

    return Recorded(SumOfSquares(message["work"]["start"], message["work"]["count"]))


def work_on_loop(message):
    if message["workload"] == "download" and message["work"]["cooperative"]:
        from recording_on_loop import NotingConnector, RecordedOnLoop
        from tutorial.download_async import AsyncDownload

        parameters = message["parameters"]
        wanted = pages(message["work"])
        if not parameters["read_body"] and wanted.verify == "body":
            raise Refusal("with read_body: false no body can be verified: give the workload verify: size")
        return RecordedOnLoop(AsyncDownload(wanted, parameters["read_body"], NotingConnector))
    from tutorial.event_loop import Blocking

    return Blocking(blocking_work(message))


def pages(work):
    if work["http_version"] != "1.1":
        raise Refusal("requests and aiohttp speak HTTP/1.1 only: give the workload http_version: 1.1")
    if not work.get("proxy", "http://").startswith("http://"):
        raise Refusal("Python's strategies can only use a proxy whose URL begins with http://")
    known = {field.name for field in fields(Pages)}
    values = {name: value for name, value in work.items() if name in known}
    return Pages(**{**values, "urls": work.get("urls") or work["urls_from"]})
