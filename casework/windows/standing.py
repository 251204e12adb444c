"""How a window stands at a moment: met, late, stopped, withheld, breached, or still running."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from casework.clock.events import ClockEvent, ClockEventKind
from casework.clock.station_time import in_station_time
from casework.windows.history import History, Stretch
from casework.windows.reminders import due_soon_from, next_look
from casework.windows.rules import WindowRule, WindowRules
from casework.windows.starts import Begun
from casework.windows.window import Window, WindowState


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """Why and since when a window's clock does not run."""

    at: datetime
    state: WindowState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One row of the table, seen at `now`: events after `now` are not in `known`."""

    rules: WindowRules
    rule: WindowRule
    known: History
    now: datetime

    def words(self, event: ClockEvent) -> str:
        """What is written beside a window that this event has stopped or withheld.

        The table's words go first: the reason of a departure or suspicion may name people.
        """
        return self.rules.reasons.get(event.kind) or event.reason or event.kind.value


def stand(view: View, begun: Begun) -> Window:
    """The window as it stands at `view.now`, with its next look."""
    pauses = _pauses(view, begun)
    due = _extended(begun, pauses)
    final = _end(view, begun)
    met_at = _met_at(view, begun)
    if met_at and final and met_at > final.at:
        met_at = None
    halts = sorted(_halts(view, begun, pauses, final), key=lambda halt: halt.at)
    breach = due <= min(filter(None, (met_at, *(halt.at for halt in halts), view.now)))
    stands = met_at is not None and (not halts or met_at < due or breach)
    halt = None if stands else _ruling(halts)
    met_at = met_at if stands else None
    state = halt.state if halt else _running_state(view.now, begun.starts, due, met_at)
    window = Window(
        kind=view.rule.kind,
        owner=begun.owner or view.rule.owner,
        starts=begun.starts,
        due=due,
        state=state,
        source=view.rule.source,
        provisional=begun.provisional,
        sequence=begun.sequence,
        reason=_reason(halt, breach=breach),
        subject=begun.subject,
        met_at=in_station_time(met_at) if met_at else None,
        needed=_needed(view, begun),
        counted=_counted(view, begun, due),
        breach=breach,
        overridden=view.rule.overridden,
    )
    return replace(window, next_look=next_look(window, view.now))


def not_begun(view: View) -> Window:
    """The row while nothing has started it: waiting, or stopped when nothing can any more."""
    halt = next(_standing_halts(view), None)
    return Window(
        kind=view.rule.kind,
        owner=view.rule.owner,
        starts=None,
        due=None,
        state=halt.state if halt else WindowState.WAITING,
        source=view.rule.source,
        reason=halt.reason if halt else None,
        overridden=view.rule.overridden,
    )


def _running_state(
    now: datetime, starts: datetime, due: datetime, met_at: datetime | None
) -> WindowState:
    if met_at is not None:
        return WindowState.MET if met_at < due else WindowState.MET_LATE
    if now < starts:
        return WindowState.WAITING
    if now >= due:
        return WindowState.BREACHED
    soon = now >= due_soon_from(starts, due)
    return WindowState.DUE_SOON if soon else WindowState.OPEN


def _ruling(halts: Iterable[Halt]) -> Halt | None:
    """The halt that is shown: the first that stops for good goes before one that withholds."""
    return min(
        halts, key=lambda halt: (halt.state is not WindowState.STOPPED, halt.at), default=None
    )


def _reason(halt: Halt | None, *, breach: bool) -> str | None:
    if halt is None:
        return None
    return f"{halt.reason}（此前已超时）" if breach else halt.reason


def _halts(
    view: View, begun: Begun, pauses: Iterable[Stretch], final: ClockEvent | None
) -> Iterator[Halt]:
    if final:
        yield Halt(at=final.at, state=WindowState.STOPPED, reason=view.words(final))
    if view.rule.while_unidentified:
        for each in _open(view.known.identified):
            yield Halt(at=each.at, state=WindowState.STOPPED, reason=view.words(each))
    for each in _open(_said(view.known.stopped, view, begun)):
        yield Halt(at=each.at, state=WindowState.STOPPED, reason=view.words(each))
    for each in _open(pauses):
        yield Halt(at=each.at, state=WindowState.WITHHELD, reason=view.words(each))


def _standing_halts(view: View) -> Iterator[Halt]:
    known, rule = view.known, view.rule
    if rule.while_unidentified:
        for each in _open(known.identified):
            yield Halt(at=each.at, state=WindowState.STOPPED, reason=view.words(each))
    left = known.stays[-1].ends if known.stays else None
    if left and left.kind in rule.ended_by:
        yield Halt(at=left.at, state=WindowState.STOPPED, reason=view.words(left))
    for each in _open(known.stopped.get(rule.kind, ())):
        yield Halt(at=each.at, state=WindowState.STOPPED, reason=view.words(each))


def _open(stretches: Iterable[Stretch]) -> Iterator[ClockEvent]:
    return (each.begins for each in stretches if each.ends is None)


def _said(targets: dict[str, tuple[Stretch, ...]], view: View, begun: Begun) -> Iterator[Stretch]:
    """A named person's word about this window, said since it began."""
    for target in (view.rule.kind, f"{view.rule.kind}:{begun.subject}"):
        yield from (each for each in targets.get(target, ()) if each.begins.at >= begun.begun_at)


def _end(view: View, begun: Begun) -> ClockEvent | None:
    """The event that has ended the window for good."""
    ends = view.rule.ended_by
    if begun.stretch is None:
        return next((each for each in view.known.of(ends) if each.at > begun.begun_at), None)
    last = begun.stretch.ends
    return last if last and last.at <= view.now and last.kind in ends else None


def _pauses(view: View, begun: Begun) -> tuple[Stretch, ...]:
    """When the window was withheld, without overlaps, oldest first."""
    rule, known = view.rule, view.known
    lifted = {ClockEventKind.WITHHOLD_LIFTED}
    notice = known.stretches(rule.withheld_by, lifted) if rule.withheld_by else ()
    found = sorted((*notice, *_said(known.withheld, view, begun)), key=lambda each: each.begins.at)
    merged: list[Stretch] = []
    for each in found:
        if merged and (merged[-1].ends is None or each.begins.at <= merged[-1].ends.at):
            merged[-1] = Stretch(begins=merged[-1].begins, ends=_later(merged[-1], each))
        else:
            merged.append(each)
    return tuple(merged)


def _later(one: Stretch, other: Stretch) -> ClockEvent | None:
    if one.ends is None or other.ends is None:
        return None
    return max(one.ends, other.ends, key=lambda event: event.at)


def _extended(begun: Begun, pauses: Iterable[Stretch]) -> datetime:
    """The due time moved on by the time the window was withheld and is no longer."""
    due = begun.due
    for each in pauses:
        begins = max(each.begins.at, begun.starts)
        if each.ends and begins < due and each.ends.at > begins:
            due += each.ends.at - begins
    return due


def _met_at(view: View, begun: Begun) -> datetime | None:
    rule = view.rule
    if rule.channels:
        times = [_group_met(view, begun, group) for group in rule.channels]
        return None if None in times else max(filter(None, times))
    if begun.subject is None:
        return view.known.nth(rule.met_by, begun.needed, since=begun.since)
    return _first(view, begun, rule.met_by, begun.subject)


def _group_met(view: View, begun: Begun, group: Iterable[str]) -> datetime | None:
    """When one channel of the group was logged, or the last of them excused."""
    logged = [_first(view, begun, view.rule.met_by, channel) for channel in group]
    found = [at for at in logged if at]
    if view.rule.excused_by:
        excused = [_first(view, begun, (view.rule.excused_by,), channel) for channel in group]
        if None not in excused:
            found.append(max(filter(None, excused)))
    return min(found, default=None)


def _first(
    view: View, begun: Begun, kinds: tuple[ClockEventKind, ...], subject: str
) -> datetime | None:
    events = (each for each in view.known.of(kinds) if each.subject == subject)
    return next((each.at for each in events if each.at >= begun.since), None)


def _needed(view: View, begun: Begun) -> int:
    return len(view.rule.channels) or begun.needed


def _counted(view: View, begun: Begun, due: datetime) -> int:
    """How much of it was done in time."""
    rule = view.rule
    if rule.channels:
        times = [_group_met(view, begun, group) for group in rule.channels]
        return sum(1 for at in times if at and at < due)
    if begun.subject is None:
        return view.known.count(rule.met_by, since=begun.since, before=due)
    met_at = _met_at(view, begun)
    return 1 if met_at and met_at < due else 0
