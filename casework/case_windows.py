"""From a case's history to its windows: each entry is one event for the clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from casework.cases import Entry
from casework.window_plan import ClockEvent, ClockEventKind, plan
from casework.window_rules import WindowRules, load_rules
from casework.windows import Window
from casework.workdays import Workdays, load_workdays

#: Recurring windows are planned this far ahead of now.
HORIZON: Final = timedelta(days=14)


@cache
def shipped_rules() -> WindowRules:
    """The rule table that comes with the program."""
    return load_rules()


@cache
def shipped_workdays() -> Workdays:
    """The working-day calendar that comes with the program."""
    return load_workdays()


def plan_case_windows(entries: Iterable[Entry], *, now: datetime) -> tuple[Window, ...]:
    """Every window of a case as it stands at `now`, recurring ones up to two weeks ahead."""
    return plan(
        clock_events(entries),
        rules=shipped_rules(),
        workdays=shipped_workdays(),
        now=now,
        until=now + HORIZON,
    )


def clock_events(entries: Iterable[Entry]) -> tuple[ClockEvent, ...]:
    """What the clock needs to know of a history. A photo is not an event of its own."""
    kinds = {kind.value for kind in ClockEventKind}
    return tuple(
        ClockEvent(kind=ClockEventKind(entry.details.kind), at=entry.happened_at)
        for entry in entries
        if entry.details.kind in kinds
    )
