"""A standing worker without a broker: drains the outbox and sweeps until told to stop.

Sweeping has a thread of its own: however long a job takes, a breach is told within two minutes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final, TypeVar

import structlog

from casework.errors import StaleVersionError, UnavailableError
from runtime.container import Services
from runtime.heartbeat import beating

T = TypeVar("T")

#: Seconds between two looks at an empty outbox.
PAUSE: Final = 1.0
#: Seconds between two sweeps.
SWEEP_EVERY: Final = 30.0


def drain_until(services: Services, stop: Event) -> int:
    """Run due jobs and sweeps until `stop` is set; returns how many jobs succeeded.

    The job that is under way when `stop` is set is finished.
    """
    beats = beating(
        services.open_work,
        services.clock,
        services.floor.worker_id,
        services.settings.beat_seconds,
    )
    with beats, _sweeping(services, stop):
        return _drain(services, stop)


@contextmanager
def _sweeping(services: Services, stop: Event) -> Iterator[None]:
    def sweep_on() -> None:
        while True:
            _unless_away(services.sweep)
            if stop.wait(SWEEP_EVERY):
                return

    thread = Thread(target=sweep_on, name="sweep", daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join(timeout=SWEEP_EVERY)


def _drain(services: Services, stop: Event) -> int:
    done = 0
    while True:
        _unless_away(services.release_dead)
        done += _unless_away(lambda: services.runner.run_pending(stop=stop)) or 0
        if stop.wait(PAUSE):
            return done


def _unless_away(work: Callable[[], T]) -> T | None:
    """Do it; a database that is busy or away is tried again at the next look."""
    try:
        return work()
    except (UnavailableError, StaleVersionError) as error:
        structlog.get_logger("drain").warning("look_failed", error=type(error).__name__)
        return None
