"""Impossible orders of events, from the table of `order_rules.toml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from casework.cases.case import Details, Entry
from casework.errors import BadInputError, TransitionRefusedError
from casework.windows.case_windows import SUBJECTS
from matching.tables import toml_table

#: A desk clock may run a little ahead of ours.
CLOCK_SLACK: Final = timedelta(minutes=5)
#: A fact written down later than this after it happened is accepted and flagged.
LATE_AFTER: Final = timedelta(hours=24)
LEAVINGS: Final = frozenset({"departed", "transferred", "died"})


@dataclass(frozen=True, slots=True)
class Need:
    """The kind that must stand before, and what to say when it does not."""

    after: str
    said: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file, by the lines that begin and end it, and what to say about it."""

    begun_by: frozenset[str]
    ended_by: frozenset[str]
    said: str


@dataclass(frozen=True, slots=True)
class OrderRules:
    """The parsed table."""

    needs: Mapping[str, Need]
    once: Mapping[str, str]
    only_while: Mapping[str, Span]
    never_while: Mapping[str, Span]
    allowed_after_leaving: frozenset[str]
    left: str


@cache
def order_rules() -> OrderRules:
    """The shipped rules."""
    table = toml_table("casework.cases", "order_rules.toml")
    return OrderRules(
        needs={kind: Need(row["after"], row["said"]) for kind, row in table["needs"].items()},
        once=dict(table["once"]),
        only_while=_spans(table["while"]),
        never_while=_spans(table["unless"]),
        allowed_after_leaving=frozenset(table["after_leaving"]["allowed"]),
        left=table["after_leaving"]["said"],
    )


def _spans(table: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Span]:
    return {
        kind: Span(frozenset(row["begun_by"]), frozenset(row["ended_by"]), row["said"])
        for kind, row in table.items()
    }


def check_order(
    history: Sequence[Entry], details: Details, happened_at: datetime, now: datetime
) -> None:
    """Refuse what cannot have happened.

    Raises:
        TransitionRefusedError: with the sentence of the rule that is broken.
        BadInputError: `happened_at` has no offset.
    """
    _check_time(history, happened_at, now)
    rules, kind = order_rules(), details.kind
    need = rules.needs.get(kind)
    if need is not None and not _stands(history, need.after, details, happened_at):
        raise TransitionRefusedError(need.said)
    if kind in rules.once and _stands(history, kind, details, now):
        raise TransitionRefusedError(rules.once[kind])
    needed, barred = rules.only_while.get(kind), rules.never_while.get(kind)
    if needed is not None and not _holds(history, needed, details, happened_at):
        raise TransitionRefusedError(needed.said)
    if barred is not None and _holds(history, barred, details, happened_at):
        raise TransitionRefusedError(barred.said)
    if kind not in rules.allowed_after_leaving and has_left(history, happened_at):
        raise TransitionRefusedError(rules.left)
    if kind == "admitted" and _is_in_care(history, happened_at):
        raise TransitionRefusedError("人员已经在站，不能重复登记入站。")


def _check_time(history: Sequence[Entry], happened_at: datetime, now: datetime) -> None:
    if happened_at.tzinfo is None:
        raise BadInputError("发生时间要带时区，例如 2026-03-05T09:30+08:00。")
    if happened_at > now + CLOCK_SLACK:
        raise TransitionRefusedError("发生时间在将来，请核对。")
    if happened_at < min((entry.happened_at for entry in history), default=happened_at):
        raise TransitionRefusedError("发生时间早于首次接触，请核对。")


def has_left(history: Sequence[Entry], at: datetime) -> bool:
    """Whether the person was out of this station's care at a moment."""
    gone = False
    for entry in sorted(history, key=lambda each: each.happened_at):
        if entry.happened_at > at:
            break
        if entry.details.kind in LEAVINGS:
            gone = True
        elif entry.details.kind == "admitted":
            gone = False
    return gone


def _is_in_care(history: Sequence[Entry], at: datetime) -> bool:
    was_admitted = any(e.details.kind == "admitted" and e.happened_at <= at for e in history)
    return was_admitted and not has_left(history, at)


def flags_of(happened_at: datetime, now: datetime, *, is_late: bool) -> tuple[str, ...]:
    """What life allows but somebody should know.

    `late_fact`: written down long after it happened; `late`: it satisfied a window after its due.
    """
    flags = {"late_fact": now - happened_at > LATE_AFTER, "late": is_late}
    return tuple(flag for flag, holds in flags.items() if holds)


def _stands(history: Sequence[Entry], kind: str, details: Details, by: datetime) -> bool:
    """Whether a line of that kind about the same subject was there by then."""
    subject = _subject(details)
    return any(
        entry.details.kind == kind
        and entry.happened_at <= by
        and (subject is None or _subject(entry.details) in {None, subject})
        for entry in history
    )


def _holds(history: Sequence[Entry], span: Span, details: Details, at: datetime) -> bool:
    """Whether a stretch about the same subject runs then; of two lines at once the later counts."""
    held, subject = False, _subject(details)
    for entry in sorted(history, key=lambda each: each.happened_at):
        kind = entry.details.kind
        if entry.happened_at > at:
            break
        if kind not in span.begun_by | span.ended_by:
            continue
        if subject is None or _subject(entry.details) in {None, subject}:
            held = kind in span.begun_by
    return held


def _subject(details: Details) -> str | None:
    name = SUBJECTS.get(details.kind) or _OTHER_SUBJECTS.get(details.kind)
    return str(getattr(details, name)) if name and name not in _ABOUT_ALL else None


#: Subjects of windows that do not tell one line's order from another's.
_ABOUT_ALL: Final = frozenset({"institution", "channel"})
#: Subjects that no window asks for.
_OTHER_SUBJECTS: Final[Mapping[str, str]] = {"clue_marked": "clue_id", "clue_judged": "clue_id"}
