"""Notices: what somebody at a station should know, told once, inside the program."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What happened; `casework.cases.words` says it in Chinese."""

    #: A job was given up: somebody's search may be missing.
    JOB_GIVEN_UP = "job_given_up"
    #: A search or re-matching has new leads for the station's reviewers.
    NEW_LEADS = "new_leads"
    #: A window of a case is nearly due, or was breached.
    WINDOW_DUE_SOON = "window_due_soon"
    WINDOW_BREACHED = "window_breached"
    #: The police have answered a lead.
    LEAD_ANSWERED = "lead_answered"
    #: A run of re-matching found so much that it was stopped: somebody must look.
    REMATCH_BRAKED = "rematch_braked"
    #: A colleague asks to look into a child's file.
    SIGHT_ASKED = "sight_asked"
    #: Two files may be one person's.
    ALIKE_RESIDENTS = "alike_residents"
    #: Another station has said whether two files are one person's.
    ALIKE_JUDGED = "alike_judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice. Station, kind and subject make it: writing it again changes nothing."""

    notice_id: str
    #: Who should know; empty for every station.
    station: str
    kind: NoticeKind
    #: Kind and id of what it is about, for example case:3f2a….
    subject: str
    at: datetime
    #: User id of whoever has put it away.
    seen_by: str | None = None
