"""A pool of processes, by default one for each CPU. They share nothing: what a process needs for all its tasks, its
session, is made by the pool's initializer and kept in a global variable of that process."""

import multiprocessing

work = None
session = None


def open_session(given):
    global work, session
    work = given
    session = work.open_session()


def perform(task):
    return work.perform(task, session)


def run(given, max_workers=None):
    with multiprocessing.Pool(max_workers, initializer=open_session, initargs=(given,)) as pool:
        return pool.map(perform, range(given.count))
