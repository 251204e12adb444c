"""Alerts: that a window is half-way, nearly due or breached, told once to whoever must know."""

from dataclasses import dataclass
from datetime import datetime

from casework.windows.reminders import ReminderLevel
from casework.windows.window import WindowOwner


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One reminder of one window, told once.

    Kind, subject, sequence and start make the window: a second stay has windows of its own.
    """

    alert_id: str
    case_id: str
    station: str
    kind: str
    #: Empty for windows that have none.
    subject: str
    sequence: int
    #: When the window began.
    starts: datetime
    level: ReminderLevel
    owner: WindowOwner
    #: When the reminder fell due; when it was written is in the trail.
    at: datetime
