"""A case's events folded into stretches: stays, placements, identified, withheld, stopped.

A stretch is half-open: it holds from its first event and no longer at its last. At one instant an
end is read before a beginning while the stretch runs, and after it while it does not, so that
the order in which simultaneous events are handed in never matters.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from casework.clock.events import LEAVINGS, ClockEvent, ClockEventKind, in_order

_K = ClockEventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time during which something held, between two events."""

    begins: ClockEvent
    #: None while it still holds.
    ends: ClockEvent | None

    def holds(self, at: datetime) -> bool:
        """Whether it held at a moment."""
        return self.begins.at <= at and (self.ends is None or at < self.ends.at)


class History:
    """The events of one case (or of the station's own duties), indexed for the planner."""

    def __init__(self, events: Iterable[ClockEvent]) -> None:
        self.events: tuple[ClockEvent, ...] = tuple(sorted(events, key=in_order))
        #: In care, from admission to departure, death or transfer. An admission of somebody who
        #: is in care already changes nothing: it must not set the clock back.
        self.stays = self.stretches({_K.ADMITTED}, LEAVINGS)
        self.identified = self.stretches({_K.IDENTITY_CONFIRMED}, {_K.IDENTITY_UNDONE})
        self.stopped = _by_subject(self.events, _K.WINDOW_STOPPED)
        self.withheld = _by_subject(self.events, _K.WINDOW_WITHHELD)
        #: In an institution or hospital; moving to another one ends a placement and begins the next.
        self.placements = tuple(_placements(self.events))
        #: In care and living at the station.
        self.at_station = tuple(_at_station(self.stays, self.placements))
        self._times: dict[ClockEventKind, list[datetime]] = {}
        for event in self.events:
            self._times.setdefault(event.kind, []).append(event.at)

    def of(self, kinds: Collection[ClockEventKind]) -> Iterator[ClockEvent]:
        """The events of some kinds, oldest first."""
        return (event for event in self.events if event.kind in kinds)

    def nth(self, kinds: Iterable[ClockEventKind], n: int, *, since: datetime) -> datetime | None:
        """When the n-th event of some kinds at or after `since` happened."""
        later: list[datetime] = []
        for kind in kinds:
            times = self._times.get(kind, [])
            first = bisect_left(times, since)
            later.extend(times[first : first + n])
        return sorted(later)[n - 1] if len(later) >= n else None

    def count(self, kinds: Iterable[ClockEventKind], *, since: datetime, before: datetime) -> int:
        """How many events of some kinds happened in `[since, before)`."""
        times = [self._times.get(kind, []) for kind in kinds]
        return sum(bisect_left(each, before) - bisect_left(each, since) for each in times)

    def stretches(
        self, begins: Collection[ClockEventKind], ends: Collection[ClockEventKind]
    ) -> tuple[Stretch, ...]:
        """What begins with one kind of event and ends with another."""
        return _stretches(
            [event for event in self.events if event.kind in begins],
            [event for event in self.events if event.kind in ends],
        )


def _stretches(begins: Sequence[ClockEvent], ends: Sequence[ClockEvent]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    running: ClockEvent | None = None
    marks = sorted((*begins, *ends), key=in_order)
    starting = set(begins)
    for _, group in groupby(marks, key=lambda event: event.at):
        together = sorted(group, key=lambda event: (event in starting) == (running is not None))
        for event in together:
            if running is None and event in starting:
                running = event
            elif running is not None and event not in starting:
                found.append(Stretch(begins=running, ends=event))
                running = None
    if running is not None:
        found.append(Stretch(begins=running, ends=None))
    return tuple(found)


def _by_subject(
    events: Sequence[ClockEvent], kind: ClockEventKind
) -> dict[str, tuple[Stretch, ...]]:
    """Target of a named person's word -> the stretches during which it stood."""
    begins: dict[str, list[ClockEvent]] = {}
    for event in events:
        if event.kind is kind and event.subject is not None:
            begins.setdefault(event.subject, []).append(event)
    reopened = [event for event in events if event.kind is _K.WINDOW_REOPENED]
    return {
        target: _stretches(said, [event for event in reopened if event.subject == target])
        for target, said in begins.items()
    }


def _placements(events: Sequence[ClockEvent]) -> Iterator[Stretch]:
    running: ClockEvent | None = None
    ends = LEAVINGS | {_K.PLACEMENT_ENDED}
    marks = [event for event in events if event.kind is _K.PLACED or event.kind in ends]
    for event in sorted(marks, key=lambda each: (each.at, each.kind is _K.PLACED, in_order(each))):
        placed = event.kind is _K.PLACED
        if running is not None and (not placed or event.subject != running.subject):
            yield Stretch(begins=running, ends=event)
            running = None
        if running is None and placed:
            running = event
    if running is not None:
        yield Stretch(begins=running, ends=None)


def _at_station(stays: Iterable[Stretch], placements: Sequence[Stretch]) -> Iterator[Stretch]:
    for stay in stays:
        here: ClockEvent | None = stay.begins
        for placement in placements:
            if not stay.holds(placement.begins.at):
                continue
            if here is not None:
                yield Stretch(begins=here, ends=placement.begins)
            back = placement.ends
            here = back if back is not None and back.kind is _K.PLACEMENT_ENDED else None
        if here is not None:
            yield Stretch(begins=here, ends=stay.ends)
