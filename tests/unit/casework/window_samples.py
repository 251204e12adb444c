"""Builders for window tests: events from short lines, plans with the shipped tables."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from casework.clock.events import NEEDS_REASON, ClockEvent, ClockEventKind
from casework.clock.station_time import STATION_TIME
from casework.clock.workdays import load_workdays
from casework.windows.plan import plan
from casework.windows.rules import WindowRules, load_rules
from casework.windows.station_windows import StationHistory, plan_station
from casework.windows.window import Window

RULES = load_rules()
WORKDAYS = load_workdays()
FORTNIGHT = timedelta(days=14)


def at(text: str) -> datetime:
    """An ISO time; without an offset it is station time."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=STATION_TIME)


def an_event(line: str) -> ClockEvent:
    """`TIME KIND [SUBJECT]`; what needs a reason gets one."""
    moment, kind, *rest = line.split()
    name = ClockEventKind(kind)
    return ClockEvent(
        kind=name,
        at=at(moment),
        subject=rest[0] if rest else None,
        reason="原因" if name in NEEDS_REASON else None,
    )


def some_events(text: str) -> tuple[ClockEvent, ...]:
    """Events joined by ` + `."""
    return tuple(an_event(line) for line in text.split(" + "))


def planned(
    events: Sequence[ClockEvent],
    now: str | datetime,
    *,
    until: datetime | None = None,
    rules: WindowRules = RULES,
) -> tuple[Window, ...]:
    """The plan of a case at a moment, recurring windows two weeks ahead."""
    moment = at(now) if isinstance(now, str) else now
    until = until or moment + FORTNIGHT
    return plan(events, rules=rules, workdays=WORKDAYS, now=moment, until=until)


def planned_station(text: str, now: str) -> tuple[Window, ...]:
    """The station's plan; `31x …` are that many people, each with a history of their own."""
    lines = text.split(" + ")
    since = next(line.split()[0] for line in lines if line.endswith(" since"))
    events = [each for line in lines if not line.endswith(" since") for each in _many(line)]
    history = StationHistory(
        since=at(since),
        cases=tuple((each,) for each in events if each.kind is ClockEventKind.PLACED),
        events=tuple(each for each in events if each.kind is not ClockEventKind.PLACED),
    )
    moment = at(now)
    return plan_station(
        history, rules=RULES, workdays=WORKDAYS, now=moment, until=moment + FORTNIGHT
    )


def _many(line: str) -> list[ClockEvent]:
    times, found, rest = line.partition("x ")
    return [an_event(rest)] * int(times) if found else [an_event(line)]


def only(windows: Iterable[Window], kind: str) -> tuple[Window, ...]:
    """The windows of one kind."""
    return tuple(window for window in windows if window.kind == kind)
