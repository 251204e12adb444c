"""From a case's history to its windows: each entry is one event for the clock."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from casework.cases.case import Details, Entry
from casework.cases.happenings.police import IdentityRequestSent
from casework.cases.words import REASON_WORDS
from casework.clock.workdays import Workdays, load_workdays
from casework.windows.plan import ClockEvent, ClockEventKind, plan
from casework.windows.rules import WindowRules, load_rules
from casework.windows.window import Window

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


def plan_case_windows(
    entries: Iterable[Entry], *, now: datetime, rules: WindowRules | None = None
) -> tuple[Window, ...]:
    """Every window of a case as it stands at `now`, recurring ones up to two weeks ahead."""
    return plan(
        clock_events(entries),
        rules=rules or shipped_rules(),
        workdays=shipped_workdays(),
        now=now,
        until=now + HORIZON,
    )


#: What a kind of line is about, for windows that exist once for each: kind -> attribute.
SUBJECTS: Final[Mapping[str, str]] = {
    "identity_request_sent": "request_id",
    "identity_request_received": "request_id",
    "identity_answered": "request_id",
    "dna_requested": "request_id",
    "dna_sampled": "request_id",
    "dna_result": "request_id",
    "notice_logged": "channel",
    "notice_excused": "channel",
    "portal_pushed": "channel",
    "police_report_received": "report_id",
    "police_report_answered": "report_id",
    "incident_happened": "incident_id",
    "incident_notified": "incident_id",
    "incident_reported": "incident_id",
    "placed": "institution",
    "placement_summary_sent": "period",
    "resident_team_sent": "institution",
    "quarter_figures_sent": "period",
    "quarter_report_sent": "period",
    "window_stopped": "window",
    "window_withheld": "window",
    "window_reopened": "window",
}
#: Reasons that windows show; only fixed words, free ones stay in the file.
REASONS: Final[Mapping[str, str]] = {
    "notice_withheld": "why",
    "window_stopped": "reason",
    "window_withheld": "reason",
    "window_reopened": "reason",
}
#: Kinds that need a reason whose words are free: windows only learn that there was one.
FREE_REASONS: Final[Mapping[str, str]] = {
    "interview_attempted": "有原因",
    "notice_excused": "已说明原因",
}
_CLOCK_KINDS: Final = frozenset(kind.value for kind in ClockEventKind)


def clock_events(entries: Iterable[Entry]) -> tuple[ClockEvent, ...]:
    """What the clock needs to know of a history; lines that no window cares about are left out."""
    return tuple(event for entry in entries for event in _events(entry))


def _events(entry: Entry) -> Iterator[ClockEvent]:
    details = entry.details
    if details.kind in _CLOCK_KINDS:
        yield ClockEvent(
            kind=ClockEventKind(details.kind),
            at=entry.happened_at,
            subject=_attribute(details, SUBJECTS),
            reason=_reason(details),
        )
    if isinstance(details, IdentityRequestSent) and details.clues:
        # An assistance request that carries clues is one of the two ways to send them (三(六)).
        yield ClockEvent(kind=ClockEventKind.CLUE_SENT_TO_POLICE, at=entry.happened_at)


def _reason(details: Details) -> str | None:
    code = _attribute(details, REASONS)
    return REASON_WORDS[code] if code else FREE_REASONS.get(details.kind)


def _attribute(details: Details, table: Mapping[str, str]) -> str | None:
    name = table.get(details.kind)
    return None if name is None else str(getattr(details, name))
