"""Impossible orders of events, from the table of `order_rules.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from casework.case_windows import SUBJECTS
from casework.cases import Details, Entry
from casework.errors import TransitionRefusedError

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
class OrderRules:
    """The parsed table."""

    needs: Mapping[str, Need]
    once: Mapping[str, str]
    allowed_after_leaving: frozenset[str]
    left: str


@cache
def order_rules() -> OrderRules:
    """The shipped rules."""
    text = files("casework").joinpath("order_rules.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return OrderRules(
        needs={kind: Need(row["after"], row["said"]) for kind, row in table["needs"].items()},
        once=dict(table["once"]),
        allowed_after_leaving=frozenset(table["after_leaving"]["allowed"]),
        left=table["after_leaving"]["said"],
    )


def check_order(
    history: Sequence[Entry], details: Details, happened_at: datetime, now: datetime
) -> None:
    """Refuse what cannot have happened.

    Raises:
        TransitionRefusedError: with the sentence of the rule that is broken.
    """
    if happened_at > now + CLOCK_SLACK:
        raise TransitionRefusedError("发生时间在将来，请核对。")
    first = min((entry.happened_at for entry in history), default=happened_at)
    if happened_at < first:
        raise TransitionRefusedError("发生时间早于首次接触，请核对。")
    rules = order_rules()
    need = rules.needs.get(details.kind)
    if need is not None and not _stands(history, need.after, details, happened_at):
        raise TransitionRefusedError(need.said)
    if details.kind in rules.once and _stands(history, details.kind, details, now):
        raise TransitionRefusedError(rules.once[details.kind])
    if details.kind not in rules.allowed_after_leaving and has_left(history, happened_at):
        raise TransitionRefusedError(rules.left)
    if details.kind == "admitted" and _is_in_care(history, happened_at):
        raise TransitionRefusedError("人员已经在站，不能重复登记入站。")
    if details.kind in LEAVINGS and has_left(history, happened_at):
        raise TransitionRefusedError("离站已经登记过了。")


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


def flags_of(happened_at: datetime, now: datetime) -> tuple[str, ...]:
    """What life allows but somebody should know: `late_fact`."""
    return ("late_fact",) if now - happened_at > LATE_AFTER else ()


def _stands(history: Sequence[Entry], kind: str, details: Details, by: datetime) -> bool:
    """Whether a line of that kind about the same subject was there by then."""
    subject = _subject(details)
    return any(
        entry.details.kind == kind
        and entry.happened_at <= by
        and (subject is None or _subject(entry.details) in {None, subject})
        for entry in history
    )


def _subject(details: Details) -> str | None:
    name = SUBJECTS.get(details.kind) or _OTHER_SUBJECTS.get(details.kind)
    return str(getattr(details, name)) if name and name != "institution" else None


#: Subjects that no window asks for.
_OTHER_SUBJECTS: Final[Mapping[str, str]] = {"clue_marked": "clue_id", "clue_judged": "clue_id"}
