"""A pool of threads. A session must not be shared between threads: each has its own, made when it is first needed."""

import threading
from concurrent.futures import ThreadPoolExecutor


def run(work, max_workers=5):
    thread_local = threading.local()

    def perform(task):
        if not hasattr(thread_local, "session"):
            thread_local.session = work.open_session()
        return work.perform(task, thread_local.session)

    with ThreadPoolExecutor(max_workers=max_workers) as pool:
        return list(pool.map(perform, range(work.count)))
