"""When a running window asks for attention: half-way, nearly due, due, and daily after that."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from casework.windows.window import Window, WindowState

#: Shares of the span, in percent.
HALF: Final = 50
NEARLY: Final = 90
#: A breached or withheld window is looked at this often.
AGAIN: Final = timedelta(hours=24)

_RUNNING: Final = frozenset(
    {WindowState.WAITING, WindowState.OPEN, WindowState.DUE_SOON, WindowState.BREACHED}
)


class ReminderLevel(StrEnum):
    """How loud a reminder is."""

    #: To the owner, half-way.
    HALF = "half"
    #: To the owner, at 90 %; the window is `due_soon` from here on.
    DUE_SOON = "due_soon"
    #: To the supervisor: the window is breached.
    ESCALATE = "escalate"


def due_soon_from(starts: datetime, due: datetime) -> datetime:
    """The moment from which a window is `due_soon`."""
    return _share(starts, due, NEARLY)


def reminders(window: Window) -> tuple[tuple[datetime, ReminderLevel], ...]:
    """Every reminder of a window that still runs, in order; none once it is settled."""
    if window.starts is None or window.due is None or window.state not in _RUNNING:
        return ()
    return (
        (_share(window.starts, window.due, HALF), ReminderLevel.HALF),
        (due_soon_from(window.starts, window.due), ReminderLevel.DUE_SOON),
        (window.due, ReminderLevel.ESCALATE),
    )


def next_look(window: Window, now: datetime) -> datetime | None:
    """The next moment after `now` at which somebody or the clock must look; None when settled.

    A window that has not begun is looked at when it begins; one that is breached or withheld
    every 24 hours, so that it cannot be forgotten.
    """
    if window.starts is None or window.due is None:
        return None
    if window.state is WindowState.WITHHELD:
        return _daily(window.starts, now)
    if window.state not in _RUNNING:
        return None
    moments = (window.starts, *(at for at, _ in reminders(window)))
    return next((at for at in moments if at > now), _daily(window.due, now))


def _daily(anchor: datetime, now: datetime) -> datetime:
    """The first of anchor, anchor + 24 h … that lies after `now`."""
    return anchor if now < anchor else anchor + ((now - anchor) // AGAIN + 1) * AGAIN


def _share(starts: datetime, due: datetime, percent: int) -> datetime:
    return starts + (due - starts) * percent / 100
