"""`python -m workers.standing`: one process that drains the outbox without a broker."""

import signal
from threading import Event

from runtime.container import running
from runtime.logs import configure_logs
from runtime.settings import Settings
from workers.drain import drain_until


def main() -> None:
    """Run jobs and sweeps until told to stop; the job under way is finished."""
    configure_logs()
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with running(Settings()) as services:
        drain_until(services, stop)


if __name__ == "__main__":
    main()
