"""Re-matching as rows: runs, the cases of a run, and what was found but is not told yet.

What was found stays beside the leads until its run is whole: a run that is stopped, killed or braked
has changed nothing that anybody sees.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casework.search.match_basis import MatchBasis
from matching.compare.notes import Noted
from matching.ranking import RankedLead


class Who(StrEnum):
    """Whom a run is about: always people in care whose identity is not established."""

    EVERYONE = "everyone"
    LONG_STAY = "long_stay"
    ONE_CASE = "one_case"


class Depth(StrEnum):
    """Against what each of them is scored."""

    #: What changed on either side since the person was scored last.
    CHANGES = "changes"
    #: The whole registry.
    EVERYTHING = "everything"


class RunState(StrEnum):
    """Where a run stands."""

    SCORING = "scoring"
    #: Too many hits: somebody must look before it goes on.
    BRAKED = "braked"
    #: Every case is scored; leads are being renewed.
    WHOLE = "whole"
    DONE = "done"


#: Somebody is at a run in one of these, or may go on with it at once.
UNDER_WAY = frozenset({RunState.SCORING, RunState.WHOLE})
#: Not done yet: the braked ones wait for a person.
UNFINISHED = UNDER_WAY | {RunState.BRAKED}


@dataclass(frozen=True, slots=True, kw_only=True)
class RematchOrder:
    """What was asked for; the same order finds its unfinished run again."""

    who: Who = Who.EVERYONE
    depth: Depth = Depth.CHANGES
    #: Only the cases of this station; empty: of all.
    station: str = ""
    case_id: str = ""
    #: Changes count from here instead of from when each person was scored last.
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RematchRun:
    """One run. Sums are over the cases that are scored."""

    run_id: str
    order: RematchOrder
    #: New leads per reviewer and day.
    budget: int
    state: RunState
    started_at: datetime
    finished_at: datetime | None = None
    #: The registry as it was at the start: where a later `since` may count from.
    record_revision: int = 0
    face_revision: int = 0
    #: A person has looked at why it was braked, and let it go on.
    let_go_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """How far a run is."""

    cases: int
    scored: int
    #: Pairs that were compared in full.
    pairs: int
    #: Pairs that could have been found: those cases against what each was matched with.
    in_reach: int
    #: Pairs that no lead exists for, or that return after a rejection.
    hits: int
    reopened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LastMatch:
    """What the latest run that was done came to for one person."""

    finished_at: datetime
    pairs: int
    hits: int
    reopened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One pair that a run found, not told yet."""

    run_id: str
    case_id: str
    record_id: str
    #: The case's.
    station: str
    #: No lead of this pair exists, or it was rejected and comes back.
    is_new: bool
    #: It was rejected and comes back.
    is_return: bool
    ranked: RankedLead
    versions: dict[str, str]
    #: What changed since last time, one sentence each.
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCase:
    """What scoring one case of a run gave."""

    run_id: str
    case_id: str
    finds: tuple[Find, ...]
    #: Records that were scored and are no longer found: their leads, and what waits, go.
    gone: tuple[str, ...]
    basis: MatchBasis
    #: What scoring noted of the resident; None when nobody was scored.
    noted: Noted | None
    pairs: int
    in_reach: int
