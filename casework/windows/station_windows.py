"""The clock of a station as a whole: monthly summaries, quarterly reports, resident teams."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, count

from casework.clock.events import ClockEvent, ClockEventKind
from casework.clock.station_time import in_station_time, station_day
from casework.clock.time_spans import add_months, midnight
from casework.clock.workdays import Workdays
from casework.windows.history import History, Stretch
from casework.windows.plan import in_plan_order, require_offsets
from casework.windows.rules import Pattern, WindowRule, WindowRules
from casework.windows.standing import View, not_begun, stand
from casework.windows.starts import EVER, Begun, Horizon
from casework.windows.window import Window

_BIT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StationHistory:
    """What the station's own clock needs to know."""

    #: The station's duties begin here (the day it started to work with the program).
    since: datetime
    #: The clock events of each of its cases.
    cases: tuple[tuple[ClockEvent, ...], ...] = ()
    #: Reports, teams and words about windows of the station itself.
    events: tuple[ClockEvent, ...] = ()


def plan_station(
    history: StationHistory,
    *,
    rules: WindowRules,
    workdays: Workdays,
    now: datetime,
    until: datetime,
) -> tuple[Window, ...]:
    """Every window of the station that begins before `until`, as it stands at `now`.

    Raises:
        BadInputError: `since`, `now` or `until` has no offset.
    """
    require_offsets(history.since, now, until)
    known = History(event for event in history.events if event.at <= now)
    placements = tuple(chain.from_iterable(History(case).placements for case in history.cases))
    span = _Span(since=history.since, horizon=Horizon(workdays=workdays, until=until))
    windows: list[Window] = []
    for rule in rules.rows:
        if rule.for_station:
            view = View(rules=rules, rule=rule, known=known, now=now)
            begun = [stand(view, each) for each in _begun(rule, placements, span)]
            windows.extend(begun or [not_begun(view)])
    return in_plan_order(windows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    since: datetime
    horizon: Horizon


def _begun(rule: WindowRule, placements: tuple[Stretch, ...], span: _Span) -> Iterator[Begun]:
    if rule.pattern is Pattern.CROWD:
        return _crowds(rule, placements, span.horizon)
    if rule.pattern is Pattern.QUARTER_END:
        return (_period(rule, begin, 3, span) for begin in _periods(3, span))
    return (
        _period(rule, begin, 1, span)
        for begin in _periods(1, span)
        if _anyone(placements, begin, add_months(begin, 1))
    )


def _periods(months: int, span: _Span) -> Iterator[datetime]:
    """The first moments of the periods that end between `since` and the horizon."""
    local = in_station_time(span.since)
    month = (local.month - 1) // months * months + 1
    first = midnight(date(local.year, month, 1))
    for number in count():
        begin = add_months(first, number * months)
        if add_months(begin, months) >= span.horizon.until:
            return
        yield begin


def _period(rule: WindowRule, begin: datetime, months: int, span: _Span) -> Begun:
    """The window after a period: its last day is the day that does not count."""
    end = add_months(begin, months)
    due, provisional = rule.due.after(end - _BIT, span.horizon.workdays)
    return Begun(
        starts=end,
        due=due,
        provisional=provisional,
        begun_at=begin,
        since=EVER,
        subject=_label(begin, months),
    )


def _label(begin: datetime, months: int) -> str:
    """2026-03 for a month, 2026-Q1 for a quarter."""
    day = station_day(begin)
    return f"{day:%Y-%m}" if months == 1 else f"{day.year}-Q{(day.month + 2) // 3}"


def _anyone(placements: Iterable[Stretch], begin: datetime, end: datetime) -> bool:
    """Whether anyone was placed at any time in `[begin, end)`."""
    return any(
        each.begins.at < end and (each.ends is None or each.ends.at > begin) for each in placements
    )


def _crowds(rule: WindowRule, placements: tuple[Stretch, ...], horizon: Horizon) -> Iterator[Begun]:
    institutions = sorted({each.begins.subject or "" for each in placements})
    for institution in institutions:
        there = [each for each in placements if each.begins.subject == institution]
        for crowd in _crowded(there, rule.numbers["more_than"]):
            starts = in_station_time(crowd.begins.at)
            due, provisional = rule.due.after(starts, horizon.workdays)
            yield Begun(
                starts=starts,
                due=due,
                provisional=provisional,
                begun_at=starts,
                since=starts,
                subject=institution,
                stretch=crowd,
            )


def _crowded(placements: Iterable[Stretch], limit: int) -> Iterator[Stretch]:
    """While more than `limit` people were at one institution."""
    moves = [(each.begins.at, 1, each.begins) for each in placements]
    moves += [(each.ends.at, -1, each.ends) for each in placements if each.ends]
    people, begins = 0, None
    for _, step, event in sorted(moves, key=lambda move: move[:2]):
        people += step
        if begins is None and people > limit:
            begins = event
        elif begins is not None and people <= limit:
            ended = ClockEvent(kind=ClockEventKind.PLACEMENT_ENDED, at=event.at)
            yield Stretch(begins=begins, ends=ended)
            begins = None
    if begins is not None:
        yield Stretch(begins=begins, ends=None)
