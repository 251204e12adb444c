"""Twins of the stores of windows and alerts."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from casework.windows.alerts import Alert
from casework.windows.ports import DueFilter, DueWindow, WindowCount
from casework.windows.reminders import ReminderLevel
from casework.windows.window import Window
from storage.alerts import SHOWN
from storage.memory.state import State, require
from storage.windows import LEASE, RUNNING


class MemoryWindowStore:
    """Twin of `storage.windows.SqlWindowStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def replace(self, case_id: str, windows: Sequence[Window]) -> None:
        """Store the windows of a case as planned now."""
        require(self._state.cases, case_id)
        self._state.windows[case_id] = tuple(sorted(windows, key=_start))
        looks = [window.next_look for window in windows if window.next_look]
        self._state.looks.pop(case_id, None)
        if looks:
            self._state.looks[case_id] = min(looks)

    def look_by(self, case_id: str, at: datetime) -> None:
        """Have the clock look at a case no later than `at`."""
        require(self._state.cases, case_id)
        self._state.looks[case_id] = min(at, self._state.looks.get(case_id, at))

    def of_case(self, case_id: str) -> tuple[Window, ...]:
        """The stored windows of a case by start; those that wait for theirs come last."""
        return self._state.windows.get(case_id, ())

    def due(self, wanted: DueFilter) -> tuple[DueWindow, ...]:
        """Running windows as last planned, nearest due first."""
        found = [
            DueWindow(case_id=case_id, case_number=case.number, station=case.station, window=each)
            for case_id, windows in self._state.windows.items()
            for case in (self._state.cases[case_id],)
            for each in windows
            if _is_wanted(each, case.station, wanted)
        ]
        found.sort(key=lambda each: (each.window.due, each.case_id))
        return tuple(found[: wanted.limit])

    def count_due(self, wanted: DueFilter, before: Sequence[datetime]) -> tuple[int, ...]:
        """How many running windows are due before each of these moments."""
        whole = replace(wanted, limit=sys.maxsize)
        return tuple(len(self.due(replace(whole, before=moment))) for moment in before)

    def counts(self, wanted: DueFilter) -> tuple[WindowCount, ...]:
        """How many windows of each kind stand in each state."""
        seen = Counter(
            (each.kind, each.owner, each.state)
            for case_id, windows in self._state.windows.items()
            for each in windows
            if _is_within(each, self._state.cases[case_id].station, wanted)
        )
        return tuple(
            WindowCount(kind=kind, owner=owner, state=state, count=seen[kind, owner, state])
            for kind, owner, state in sorted(seen)
        )

    def claim_looks(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Cases whose next look has come."""
        ready = sorted((at, case_id) for case_id, at in self._state.looks.items() if at <= now)
        claimed = tuple(case_id for _, case_id in ready[:limit])
        self._state.looks.update(dict.fromkeys(claimed, now + LEASE))
        return claimed


class MemoryAlertStore:
    """Twin of `storage.alerts.SqlAlertStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, alert: Alert) -> bool:
        """Keep an alert; False when it was told already."""
        require(self._state.cases, alert.case_id)
        key = (
            alert.case_id,
            alert.kind,
            alert.subject,
            alert.sequence,
            alert.starts,
            alert.level.value,
        )
        if key in self._state.alerts:
            return False
        self._state.alerts[key] = alert
        return True

    def escalations(self, station: str) -> tuple[Alert, ...]:
        """Breaches of a station, newest first."""
        mine = [
            alert
            for alert in self._state.alerts.values()
            if alert.station == station and alert.level is ReminderLevel.ESCALATE
        ]
        mine.sort(key=lambda alert: alert.alert_id)
        mine.sort(key=lambda alert: alert.at, reverse=True)
        return tuple(mine[:SHOWN])


def _is_wanted(window: Window, station: str, wanted: DueFilter) -> bool:
    states = RUNNING if wanted.state is None else (wanted.state,)
    return window.state in states and _is_within(window, station, wanted)


def _is_within(window: Window, station: str, wanted: DueFilter) -> bool:
    """All of the filter but the state."""
    return (
        wanted.station in {None, station}
        and wanted.owner in {None, window.owner}
        and wanted.kind in {None, window.kind}
        and (wanted.before is None or (window.due is not None and window.due < wanted.before))
    )


def _start(window: Window) -> tuple[bool, datetime | None]:
    return (window.starts is None, window.starts)
