#!/usr/bin/env python3
"""One of the tutorial's programs by itself, without concrun; needs aiohttp, requests and uvloop.

program.py threads download --repeat 80 http://127.0.0.1:8080/jython http://127.0.0.1:8080/dice
program.py multiprocessing sum_of_squares --start 5000000 --count 20
"""

import argparse
import time

from tutorial.ways import ON_LOOP, WAYS, program


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("way", choices=WAYS)
    works = parser.add_subparsers(dest="work", required=True)
    download = works.add_parser("download", help="fetch pages")
    download.add_argument("urls", nargs="+", metavar="URL")
    download.add_argument("--repeat", type=int, default=80, help="how often each page is fetched (80)")
    download.add_argument("--verbose", action="store_true", help="tell of each page")
    squares = works.add_parser("sum_of_squares", help="compute")
    squares.add_argument("--start", type=int, default=5_000_000, help="the first number (5000000)")
    squares.add_argument("--count", type=int, default=20, help="how many numbers (20)")
    return parser.parse_args()


def chosen_work(options):
    if options.work == "sum_of_squares":
        from tutorial.squares import SumOfSquares

        work = SumOfSquares(options.start, options.count)
        if options.way in ON_LOOP:
            from tutorial.event_loop import Blocking

            work = Blocking(work)
        return work

    from tutorial.pages import Pages

    pages = Pages(options.urls, options.repeat, verbose=options.verbose)
    if options.way in ON_LOOP:
        from tutorial.download_async import AsyncDownload

        return AsyncDownload(pages)
    from tutorial.download import Download

    return Download(pages)


def main():
    options = arguments()
    run = program(options.way, chosen_work(options))
    start = time.perf_counter()
    results = run()
    duration = time.perf_counter() - start
    if options.work == "download":
        print(f"Downloaded {len(results)} in {duration} seconds")
    else:
        print(f"Duration {duration} seconds")


if __name__ == "__main__":
    main()
