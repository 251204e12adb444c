"""Signs of life of a process that runs jobs, written by a thread of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event, Thread

import structlog

from casework.errors import CaseworkError
from casework.jobs.job import WorkerBeat
from casework.ports import Clock, OpenWork


@contextmanager
def beating(
    open_work: OpenWork, clock: Clock, worker_id: str, every_seconds: float
) -> Iterator[None]:
    """Write a sign of life every so many seconds while the block runs.

    A job that computes for minutes does not stop it; a killed process does.
    """
    stop, started_at = Event(), clock()

    def beat_on() -> None:
        while True:
            _beat(open_work, worker_id, started_at, clock())
            if stop.wait(every_seconds):
                return

    thread = Thread(target=beat_on, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=every_seconds + 1)


def _beat(open_work: OpenWork, worker_id: str, started_at: datetime, now: datetime) -> None:
    try:
        with open_work() as work:
            work.workers.beat(WorkerBeat(worker_id=worker_id, started_at=started_at, beat_at=now))
            work.commit()
    except CaseworkError as error:  # a busy database: the next beat will do
        structlog.get_logger("heartbeat").warning("beat_missed", error=type(error).__name__)
