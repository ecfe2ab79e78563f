"""One task after the other, with one session for all."""


def run(work):
    with work.open_session() as session:
        return [work.perform(task, session) for task in range(work.count)]
