"""Workers that fell silent: their leases end, and another worker takes their jobs."""

from datetime import timedelta
from typing import Final

from casework.context import Context

#: A worker that missed so many beats is taken for dead.
MISSED_BEATS: Final = 3
#: The names of workers are kept this long after their last beat.
REMEMBERED: Final = timedelta(days=1)


def release_dead(context: Context, beat_every: timedelta) -> int:
    """End the leases of workers that fell silent; returns how many jobs are due again."""
    with context.open_work() as work:
        now = context.clock()
        released = work.outbox.release_dead(now, now - MISSED_BEATS * beat_every)
        forgotten = work.workers.forget(now - REMEMBERED)
        if released or forgotten:
            work.commit()
    return released
