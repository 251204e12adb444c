"""What the clock needs from storage, as protocols: windows as rows with due times, and reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from casework.windows.alerts import Alert
from casework.windows.window import Window, WindowOwner, WindowState


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFilter:
    """Which running windows; None means any."""

    station: str | None = None
    owner: WindowOwner | None = None
    kind: str | None = None
    before: datetime | None = None
    #: Windows in this state, running or not.
    state: WindowState | None = None
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowCount:
    """How many windows of one kind and agency stand in one state."""

    kind: str
    owner: WindowOwner
    state: WindowState
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueWindow:
    """A running window and the case it belongs to."""

    case_id: str
    case_number: str
    station: str
    window: Window


class WindowStore(Protocol):
    """Legal windows as rows with due times, so that they can be swept and listed."""

    def replace(self, case_id: str, windows: Sequence[Window]) -> None:
        """Store the windows of a case as planned now; those no longer planned go."""

    def of_case(self, case_id: str) -> tuple[Window, ...]:
        """The stored windows of a case by start."""

    def due(self, wanted: DueFilter) -> tuple[DueWindow, ...]:
        """Running windows as last planned, nearest due first."""

    def count_due(self, wanted: DueFilter, before: Sequence[datetime]) -> tuple[int, ...]:
        """How many running windows are due before each of these moments; the limit does not count."""

    def counts(self, wanted: DueFilter) -> tuple[WindowCount, ...]:
        """How many windows of each kind stand in each state, running or not, by kind and state."""

    def look_by(self, case_id: str, at: datetime) -> None:
        """Have the clock look at a case no later than `at`."""

    def claim_looks(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Cases whose next look has come, taken for a lease by compare-and-set."""


class AlertStore(Protocol):
    """Reminders that were told."""

    def add(self, alert: Alert) -> bool:
        """Keep an alert; False when this window's level was told already."""

    def escalations(self, station: str) -> tuple[Alert, ...]:
        """Breaches of a station, newest first, as many as anyone would read."""
