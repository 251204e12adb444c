"""What the clock needs to know of a history: a flat sequence of events, whatever their order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from casework.errors import BadInputError


class ClockEventKind(StrEnum):
    """Everything that starts, satisfies, stops, withholds or reopens a window."""

    # Contact and the first day.
    ADMITTED = "admitted"
    STREET_HELPED = "street_helped"
    INTAKE_CAPTURED = "intake_captured"
    NATIONAL_SYSTEM_NUMBERED = "national_system_numbered"
    SPECIALIST_ASSIGNED = "specialist_assigned"
    # Asking the police who this is; subject: the request.
    IDENTITY_REQUEST_SENT = "identity_request_sent"
    IDENTITY_REQUEST_RECEIVED = "identity_request_received"
    IDENTITY_ANSWERED = "identity_answered"
    # Search notice; subject: the channel. Excused: not published there, with the reason.
    NOTICE_LOGGED = "notice_logged"
    NOTICE_EXCUSED = "notice_excused"
    NOTICE_WITHHELD = "notice_withheld"
    WITHHOLD_LIFTED = "withhold_lifted"
    SEARCH_FAILED = "search_failed"
    PORTAL_PUSHED = "portal_pushed"
    # Talks and clues; subject: the clue.
    INTERVIEW_HELD = "interview_held"
    INTERVIEW_ATTEMPTED = "interview_attempted"
    CLUE_MARKED = "clue_marked"
    CLUE_SENT_TO_POLICE = "clue_sent_to_police"
    HOME_PLACE_SUSPECTED = "home_place_suspected"
    HOME_STATION_CONTACTED = "home_station_contacted"
    # DNA; subject: the request.
    DNA_REQUESTED = "dna_requested"
    DNA_SAMPLED = "dna_sampled"
    DNA_RESULT = "dna_result"
    # Missing-person reports passed on by the police; subject: the report.
    POLICE_REPORT_RECEIVED = "police_report_received"
    POLICE_REPORT_ANSWERED = "police_report_answered"
    # Suspicions.
    REPEAT_HELP_FOUND = "repeat_help_found"
    REPEAT_HELP_REVIEWED = "repeat_help_reviewed"
    FOREIGNER_SUSPECTED = "foreigner_suspected"
    FOREIGNER_REPORTED = "foreigner_reported"
    FOREIGNER_FOUND_LEGAL = "foreigner_found_legal"
    FOREIGN_AFFAIRS_TOLD = "foreign_affairs_told"
    ABDUCTION_SUSPECTED = "abduction_suspected"
    ABDUCTION_FINDING = "abduction_finding"
    # Settling down.
    RESETTLEMENT_APPLIED = "resettlement_applied"
    RESETTLEMENT_PLANNED = "resettlement_planned"
    PLACEMENT_DECIDED = "placement_decided"
    HUKOU_APPLIED = "hukou_applied"
    HUKOU_REGISTERED = "hukou_registered"
    HUKOU_DUPLICATE_REPORTED = "hukou_duplicate_reported"
    HUKOU_DUPLICATE_CANCELLED = "hukou_duplicate_cancelled"
    RETURN_COORDINATED = "return_coordinated"
    # Placement in an institution or hospital; subject of `placed`: the institution.
    PLACED = "placed"
    PLACEMENT_ENDED = "placement_ended"
    VISIT_RECORDED = "visit_recorded"
    INSTITUTION_REPORTED = "institution_reported"
    # Absconded, injured, died, falsely claimed; subject: the incident.
    INCIDENT_HAPPENED = "incident_happened"
    INCIDENT_NOTIFIED = "incident_notified"
    INCIDENT_REPORTED = "incident_reported"
    # What ends a need.
    IDENTITY_CONFIRMED = "identity_confirmed"
    IDENTITY_UNDONE = "identity_undone"
    DEPARTED = "departed"
    DIED = "died"
    TRANSFERRED = "transferred"
    # A named person's word on one window; subject: `kind`, or `kind:subject` for one of several.
    WINDOW_STOPPED = "window_stopped"
    WINDOW_WITHHELD = "window_withheld"
    WINDOW_REOPENED = "window_reopened"
    # The station as a whole; subject: the month (2026-03), quarter (2026-Q1) or institution.
    PLACEMENT_SUMMARY_SENT = "placement_summary_sent"
    RESIDENT_TEAM_SENT = "resident_team_sent"
    QUARTER_FIGURES_SENT = "quarter_figures_sent"
    QUARTER_REPORT_SENT = "quarter_report_sent"


_K = ClockEventKind
#: The person is no longer in this station's care.
LEAVINGS: Final = frozenset({_K.DEPARTED, _K.DIED, _K.TRANSFERRED})
#: These say nothing without a reason.
NEEDS_REASON: Final = frozenset(
    {
        _K.INTERVIEW_ATTEMPTED,
        _K.NOTICE_EXCUSED,
        _K.NOTICE_WITHHELD,
        _K.WINDOW_STOPPED,
        _K.WINDOW_WITHHELD,
        _K.WINDOW_REOPENED,
    }
)
#: These say nothing without naming what they are about.
NEEDS_SUBJECT: Final = frozenset(
    {
        _K.NOTICE_LOGGED,
        _K.NOTICE_EXCUSED,
        _K.PORTAL_PUSHED,
        _K.PLACED,
        _K.WINDOW_STOPPED,
        _K.WINDOW_WITHHELD,
        _K.WINDOW_REOPENED,
        _K.PLACEMENT_SUMMARY_SENT,
        _K.RESIDENT_TEAM_SENT,
        _K.QUARTER_FIGURES_SENT,
        _K.QUARTER_REPORT_SENT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEvent:
    """One thing that happened.

    Raises:
        BadInputError: `at` has no offset, or a kind that needs a reason or subject lacks it.
    """

    kind: ClockEventKind
    #: When it happened, with any offset.
    at: datetime
    #: An id of what it is about (request, clue, channel …); never personal data.
    subject: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None or self.at.utcoffset() is None:
            raise BadInputError("时间缺少时区，请写明偏移，例如 2026-03-05T09:30+08:00。")
        if self.kind in NEEDS_REASON and not self.reason:
            raise BadInputError("这项登记必须写明原因。")
        if self.kind in NEEDS_SUBJECT and not self.subject:
            raise BadInputError("这项登记必须写明对象（渠道、机构、期间或时限）。")


def in_order(event: ClockEvent) -> tuple[datetime, str, str, str]:
    """Sort key: by time; at one instant by name, so that the order of input never matters."""
    return event.at, event.kind.value, event.subject or "", event.reason or ""
