"""A standing worker without a broker: drains the outbox until it is told to stop."""

from threading import Event
from typing import Final

from runtime.container import Services

#: Seconds between two looks at an empty outbox.
PAUSE: Final = 1.0


def drain_until(services: Services, stop: Event) -> int:
    """Run due jobs until `stop` is set; returns how many succeeded."""
    done = services.runner.run_pending()
    while not stop.wait(PAUSE):
        done += services.runner.run_pending()
    return done
