"""Which windows a case's history has begun: every row of the table, expanded up to a horizon."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from casework.clock.events import ClockEvent, ClockEventKind
from casework.clock.station_time import in_station_time, station_day
from casework.clock.time_spans import add_months, midnight
from casework.clock.workdays import Workdays
from casework.windows.history import History, Stretch
from casework.windows.rules import Pattern, WindowRule
from casework.windows.window import WindowOwner

#: What was done in the day before an admission counts for it (a query while the police were on the
#: way), but nothing from an earlier stay does.
HEAD_START: Final = timedelta(hours=24)

#: Before every event.
EVER: Final = datetime.min.replace(tzinfo=UTC)

_BIT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A window with its times, before anyone asks how it stands."""

    starts: datetime
    #: Half-open: met before this moment is met in time.
    due: datetime
    provisional: bool
    #: The event that began it; a word about the window counts from here.
    begun_at: datetime
    #: Satisfying events count from here.
    since: datetime
    sequence: int = 0
    subject: str | None = None
    needed: int = 1
    #: The stay or placement it belongs to; None for what only an event began.
    stretch: Stretch | None = None
    owner: WindowOwner | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """How far recurring windows are expanded, and the calendar they are counted in."""

    workdays: Workdays
    until: datetime


def begun_windows(rule: WindowRule, history: History, horizon: Horizon) -> Iterator[Begun]:
    """Every window of one row of the table that belongs to a case."""
    if rule.pattern is Pattern.SLICES:
        return _slices(rule, history, horizon)
    if rule.pattern is Pattern.EVERY:
        return _every(rule, history, horizon)
    return _once(rule, history, horizon)


def _once(rule: WindowRule, history: History, horizon: Horizon) -> Iterator[Begun]:
    for begin in _beginnings(rule, history):
        event, starts, late = begin.event, in_station_time(begin.event.at), False
        if rule.delay:
            starts, late = rule.delay.after(starts, horizon.workdays)
        due, provisional = rule.due.after(starts, horizon.workdays)
        yield Begun(
            starts=starts,
            due=due,
            provisional=provisional or late,
            begun_at=event.at,
            since=begin.since,
            subject=event.subject,
            stretch=begin.stay,
            owner=_owner(rule, history, event.at),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beginning:
    event: ClockEvent
    since: datetime
    stay: Stretch | None = None


def _beginnings(rule: WindowRule, history: History) -> Iterator[_Beginning]:
    if ClockEventKind.ADMITTED in rule.starts:
        yield from _admissions(history)
    plain = set(rule.starts) - {ClockEventKind.ADMITTED}
    seen: set[str] = set()
    for event in history.of(plain):
        if event.subject in seen or not _may_start(rule, history, event):
            continue
        if event.subject is not None:
            seen.add(event.subject)
        yield _Beginning(event=event, since=_since(rule, event))
    if "admissions" in rule.numbers:
        yield from _repeated(rule, history)


def _since(rule: WindowRule, event: ClockEvent) -> datetime:
    """An answer that names its request counts even if it was dated before it."""
    return event.at if event.subject is None or rule.channels else EVER


def _admissions(history: History) -> Iterator[_Beginning]:
    left: datetime | None = None
    for stay in history.stays:
        early = stay.begins.at - HEAD_START
        yield _Beginning(event=stay.begins, since=max(early, left) if left else early, stay=stay)
        left = stay.ends.at if stay.ends else None


def _may_start(rule: WindowRule, history: History, event: ClockEvent) -> bool:
    needed = rule.start_only_after
    return needed is None or any(each.at <= event.at for each in history.of({needed}))


def _repeated(rule: WindowRule, history: History) -> Iterator[_Beginning]:
    """Each admission that is one too many within some calendar months back from it."""
    admitted = [stay.begins for stay in history.stays]
    told = {event.at for event in history.of(set(rule.starts))}
    for number, event in enumerate(admitted, start=1):
        if event.at in told:
            continue  # somebody wrote it down already: that line starts the window
        earliest = add_months(event.at, -rule.numbers["months"])
        within = sum(each.at >= earliest for each in admitted[:number])
        if within >= rule.numbers["admissions"]:
            yield _Beginning(event=event, since=event.at)


def _owner(rule: WindowRule, history: History, at: datetime) -> WindowOwner | None:
    placed = any(placement.holds(at) for placement in history.placements)
    return rule.owner_while_placed if placed else None


def _slices(rule: WindowRule, history: History, horizon: Horizon) -> Iterator[Begun]:
    for stay in history.stays:
        for piece in _pieces(rule, stay, horizon):
            here = _holding(history.at_station, piece.starts)
            if here is None or _released(rule, history, piece.starts):
                continue
            yield Begun(
                starts=piece.starts,
                due=piece.due,
                provisional=False,
                begun_at=piece.starts,
                since=piece.starts,
                sequence=piece.sequence,
                needed=piece.needed,
                stretch=here,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    starts: datetime
    due: datetime
    sequence: int
    needed: int


def _pieces(rule: WindowRule, stay: Stretch, horizon: Horizon) -> Iterator[_Piece]:
    """Slices counted from admission, then whole calendar days, while the stay and horizon last."""
    end = min(horizon.until, stay.ends.at) if stay.ends else horizon.until
    first, edge = rule.numbers["first_slices"], in_station_time(stay.begins.at)
    for sequence in range(1, first + 1):
        starts, edge = edge, rule.due.after(edge, horizon.workdays)[0]
        if starts >= end:
            return
        quota = rule.numbers["first_quota"]
        yield _Piece(starts=starts, due=edge, sequence=sequence, needed=quota)
    day = station_day(edge - _BIT)
    for sequence in count(first + 1):
        day += timedelta(days=1)
        starts, due = midnight(day), midnight(day + timedelta(days=1))
        if starts >= end:
            return
        quota = rule.numbers["daily_quota"]
        yield _Piece(starts=starts, due=due, sequence=sequence, needed=quota)


def _every(rule: WindowRule, history: History, horizon: Horizon) -> Iterator[Begun]:
    for placement in history.placements:
        last = placement.ends
        end = min(horizon.until, last.at) if last else horizon.until
        starts = in_station_time(placement.begins.at)
        for sequence in count(1):
            if starts >= end:
                break
            due, provisional = rule.due.after(placement.begins.at, horizon.workdays, times=sequence)
            if not _released(rule, history, starts):
                yield Begun(
                    starts=starts,
                    due=due,
                    provisional=provisional,
                    begun_at=starts,
                    since=starts,
                    sequence=sequence,
                    stretch=placement,
                )
            starts = due


def _released(rule: WindowRule, history: History, at: datetime) -> bool:
    """Whether a run of a recurring window that would begin at `at` is not owed at all."""
    words = (*history.stopped.get(rule.kind, ()), *history.withheld.get(rule.kind, ()))
    known = history.identified if rule.while_unidentified else ()
    return _holding((*words, *known), at) is not None


def _holding(stretches: tuple[Stretch, ...], at: datetime) -> Stretch | None:
    return next((each for each in stretches if each.holds(at)), None)
