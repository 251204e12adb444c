"""A standing worker without a broker: drains the outbox and sweeps the windows until told to stop."""

from threading import Event
from typing import Final

import structlog

from casework.errors import StaleVersionError, UnavailableError
from runtime.container import Services
from runtime.heartbeat import beating

#: Seconds between two looks at an empty outbox.
PAUSE: Final = 1.0
#: Every so many looks the windows are swept: each half minute, so that a breach is told within two.
LOOKS_PER_SWEEP: Final = 30


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
    with beats:
        return _drain(services, stop)


def _drain(services: Services, stop: Event) -> int:
    done = looks = 0
    while True:
        done += _one_look(services, stop, sweeps=looks % LOOKS_PER_SWEEP == 0)
        looks += 1
        if stop.wait(PAUSE):
            return done


def _one_look(services: Services, stop: Event, *, sweeps: bool) -> int:
    """Sweep, look after other workers and run jobs; a database that is busy or away is tried again at the next look."""
    try:
        if sweeps:
            services.sweep()
        services.release_dead()
        return services.runner.run_pending(stop=stop)
    except (UnavailableError, StaleVersionError) as error:
        structlog.get_logger("drain").warning("look_failed", error=type(error).__name__)
        return 0
