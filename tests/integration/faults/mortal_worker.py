"""`guitu worker` whose children have kill points."""

import signal
from threading import Event

from runtime.container import running
from runtime.settings import Settings
from workers import supervisor


def main() -> None:
    """Supervise mortal children until told to stop."""
    supervisor.APP = "tests.integration.faults.mortal_celery"
    supervisor.STANDING = "tests.integration.faults.mortal_standing"
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    with running(Settings()) as services:
        supervisor.supervise(services, stop)


if __name__ == "__main__":
    main()
