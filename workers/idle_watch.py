"""Notices workers that live but do not work: jobs wait, and nobody holds any.

Celery on Redis can stay alive without consuming after a lost connection; its own health checks do
not see it. The database does.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from casework.jobs.job import Backlog, Queue


class IdleWatch:
    """Looks at the backlogs again and again; pure but for what it has seen before."""

    def __init__(self, patience: timedelta) -> None:
        self._patience = patience
        #: Since when a queue has had work and no worker at it.
        self._idle_since: dict[Queue, datetime] = {}

    def look(self, backlogs: Iterable[Backlog], now: datetime) -> frozenset[Queue]:
        """The queues whose workers have let jobs wait for longer than the patience.

        A queue that is reported starts anew: its workers are restarted and get their time.
        """
        for backlog in backlogs:
            if backlog.oldest_waiting is None or backlog.held:
                self._idle_since.pop(backlog.queue, None)
            else:
                self._idle_since.setdefault(backlog.queue, now)
        idle = {q for q, since in self._idle_since.items() if now - since >= self._patience}
        for queue in idle:
            del self._idle_since[queue]
        return frozenset(idle)
