"""The public form of what talks say."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from casework.cases.happenings.knowledge import ClueState
from casework.cases.merged_clues import MergedClue
from casework.cases.statements import Statement
from casework.clock.station_time import in_station_time
from matching.model import Relation
from matching.text.testimony.clues import ClueKind, Speaker


class StatementOut(BaseModel):
    """One statement and its origin: the talk, the stretch in it, when, who wrote it down."""

    source_entry_id: str
    span: tuple[int, int]
    text: str
    speaker: Speaker
    confidence: float
    said_at: datetime
    written_by: str
    judged_by: str | None
    judged_at: datetime | None

    @classmethod
    def of(cls, statement: Statement) -> Self:
        """The public form of a statement."""
        clue, judgement = statement.clue, statement.judgement
        return cls(
            source_entry_id=statement.talk_id,
            span=(clue.start, clue.end),
            text=clue.text,
            speaker=clue.speaker,
            confidence=clue.confidence,
            said_at=in_station_time(statement.said_at),
            written_by=statement.written_by,
            judged_by=judgement.recorded_by if judgement else None,
            judged_at=in_station_time(judgement.recorded_at) if judgement else None,
        )


class ClueOut(BaseModel):
    """One claim, and every statement of every talk that makes it."""

    kind: ClueKind
    relation: Relation | None
    value: str
    candidates: list[str]
    years: tuple[int, int] | None
    state: ClueState
    talks: int
    first_said: datetime
    last_said: datetime
    is_guess: bool
    contradicted_by: list[str]
    statements: list[StatementOut]

    @classmethod
    def of(cls, clue: MergedClue) -> Self:
        """The public form of a claim."""
        kind, relation, value = clue.claim
        return cls(
            kind=kind,
            relation=relation,
            value=value,
            candidates=list(clue.alternatives),
            years=(clue.years.earliest, clue.years.latest) if clue.years else None,
            state=clue.state,
            talks=clue.talks,
            first_said=in_station_time(clue.first_said),
            last_said=in_station_time(clue.last_said),
            is_guess=clue.is_guess,
            contradicted_by=list(clue.contradicted_by),
            statements=[StatementOut.of(each) for each in clue.statements],
        )


class CluesOut(BaseModel):
    """What every talk of a case says together."""

    clues: list[ClueOut]
    #: A sign of abduction, sale or forced labour stands somewhere.
    possible_abduction: bool
