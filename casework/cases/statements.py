"""What was said in every talk of a file, clue by clue, each with its origin and what is known of it.

The transcripts are the truth: clues are read from them whenever they are needed, so that a better
reader helps old talks too. What people judged is written into the file (`StatementJudged`) and laid
over what was read; nothing is overwritten.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from casework.cases.case import Entry
from casework.cases.happenings.knowledge import ClueState, InterviewHeld, StatementJudged
from casework.clock.station_time import station_day
from casework.errors import BadInputError
from matching.model import Relation, YearRange
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.known_places import known_places
from matching.text.testimony.reader import read_testimony

#: Characters of what a person says that a stretch means.
LONGEST_VALUE: Final = 60
_YEARS: Final = re.compile(r"((?:18|19|20)[0-9]{2})(?:\s*[-–—至到]\s*((?:18|19|20)[0-9]{2}))?年?")
#: The talk, the stretch in it, and what the stretch is about.
Origin = tuple[str, int, int, ClueKind]
#: What is claimed, whoever says it and however often.
Claim = tuple[ClueKind, Relation | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that one talk says."""

    #: As read, or as a person put it right; its span is in the transcript of the talk.
    clue: Clue
    #: The entry of the talk, when it was held, and the user who wrote it down.
    talk_id: str
    said_at: datetime
    written_by: str
    state: ClueState = ClueState.OPEN
    #: The last judgement about it: its line in the file.
    judgement: Entry | None = None

    @property
    def origin(self) -> Origin:
        """Where it stands."""
        return self.talk_id, self.clue.start, self.clue.end, self.clue.kind

    @property
    def claim(self) -> Claim:
        """What it claims."""
        return self.clue.kind, self.clue.relation, self.clue.value

    @property
    def counted(self) -> Clue:
        """As a search counts it: what somebody vouches for counts whoever said it first."""
        if self.judgement is None:
            return self.clue
        others = () if self.state is ClueState.VERIFIED else self.clue.alternatives
        return replace(self.clue, speaker=Speaker.RESIDENT, alternatives=others)


def statements_of(entries: Sequence[Entry]) -> tuple[Statement, ...]:
    """Every statement of every talk, talks as they were recorded and each in the order of its text.

    A judgement counts for its own stretch, and for the same claim wherever it stands unjudged.
    """
    by_origin: dict[Origin, list[Entry]] = {}
    for entry in entries:
        if isinstance(entry.details, StatementJudged):
            by_origin.setdefault(origin_of(entry.details), []).append(entry)
    found = [
        _judged(statement, by_origin.get(statement.origin, ()))
        for entry in entries
        for statement in _with_found_by_hand(entry, by_origin)
    ]
    return tuple(_agreed(found))


def origin_of(judged: StatementJudged) -> Origin:
    """The stretch that a judgement is about."""
    return judged.source_entry_id, judged.start, judged.end, judged.clue


def years_of(value: str) -> YearRange | None:
    """1964, 1962-1966 as years; None for anything else."""
    found = _YEARS.fullmatch(value.strip())
    if found is None:
        return None
    first, last = (int(each or found.group(1)) for each in found.groups())
    return YearRange(earliest=first, latest=last) if first <= last else None


def check_judgement(history: Sequence[Entry], judged: StatementJudged) -> None:
    """Refuse a judgement about a stretch that is not there, or that says nothing usable.

    Raises:
        BadInputError: names what is wrong; never the words.
    """
    talk = next((each for each in history if each.entry_id == judged.source_entry_id), None)
    if talk is None or not isinstance(talk.details, InterviewHeld):
        raise BadInputError("没有这次访谈，请刷新页面后再试。")
    if not 0 <= judged.start < judged.end <= len(talk.details.transcript):
        raise BadInputError("标出的文字不在这次访谈记录里，请刷新页面后再试。")
    value = judged.value
    if value is not None and (not value.strip() or len(value) > LONGEST_VALUE):
        raise BadInputError(f"线索的内容要填 1 到 {LONGEST_VALUE} 个字。")
    if judged.clue is ClueKind.AGE_OR_BIRTH and value is not None and years_of(value) is None:
        raise BadInputError("出生年份请写四位数字，例如 1964 或 1962-1966。")
    if not _is_read(talk, judged):
        _check_by_hand(judged)


def _check_by_hand(judged: StatementJudged) -> None:
    if judged.clue is ClueKind.RELATIVE and judged.relation is None:
        raise BadInputError("亲属线索要注明是哪种亲属。")
    if judged.clue is ClueKind.AGE_OR_BIRTH and judged.value is None:
        raise BadInputError("出生年份请写四位数字，例如 1964 或 1962-1966。")


def _is_read(talk: Entry, judged: StatementJudged) -> bool:
    return any(each.origin == origin_of(judged) for each in read_talk(talk))


def read_talk(entry: Entry) -> Iterator[Statement]:
    """What the reader finds in a talk."""
    if not isinstance(entry.details, InterviewHeld):
        return
    day = station_day(entry.happened_at)
    for clue in read_testimony(entry.details.transcript, on=day, known=known_places()).clues:
        yield _statement(entry, clue)


def _with_found_by_hand(entry: Entry, judged: Iterable[Origin]) -> list[Statement]:
    """What the reader finds in a talk and what people found besides, in the order of the text."""
    if not isinstance(entry.details, InterviewHeld):
        return []
    read = list(read_talk(entry))
    known = {each.origin for each in read}
    by_hand = (
        _statement(entry, _marked(entry.details.transcript, origin))
        for origin in judged
        if origin[0] == entry.entry_id and origin not in known
    )
    return sorted((*read, *by_hand), key=lambda each: each.origin[1:])


def _statement(entry: Entry, clue: Clue) -> Statement:
    return Statement(
        clue=clue,
        talk_id=entry.entry_id,
        said_at=entry.happened_at,
        written_by=entry.recorded_by,
    )


def _marked(transcript: str, origin: Origin) -> Clue:
    """A stretch that a person pointed at."""
    _, start, end, kind = origin
    text = transcript[start:end]
    return Clue(
        kind=kind,
        start=start,
        end=end,
        text=text,
        speaker=Speaker.RESIDENT,
        value=text,
        confidence=1.0,
    )


def _judged(statement: Statement, judgements: Iterable[Entry]) -> Statement:
    """The last judgement says what is known; a meaning once given stays until another is given."""
    for entry in judgements:
        if isinstance(entry.details, StatementJudged):
            clue = _put_right(statement.clue, entry.details)
            statement = replace(statement, clue=clue, state=entry.details.state, judgement=entry)
    return statement


def _put_right(clue: Clue, judged: StatementJudged) -> Clue:
    """The meaning that a person gave; what was read before stays as another reading."""
    if judged.relation is not None:
        clue = replace(clue, relation=judged.relation)
    if judged.value is None:
        return clue
    value = judged.value.strip()
    others = tuple(each for each in clue.readings if each != value)
    years = years_of(value) if clue.kind is ClueKind.AGE_OR_BIRTH else clue.years
    return replace(clue, value=value, alternatives=others, years=years)


def _agreed(found: Iterable[Statement]) -> Iterator[Statement]:
    """What was judged once is judged wherever the same is claimed; the last judgement counts."""
    statements = list(found)
    judged = sorted(
        (each for each in statements if each.judgement is not None),
        key=lambda each: each.judgement.recorded_at if each.judgement else each.said_at,
    )
    by_claim = {each.claim: each for each in judged}
    for statement in statements:
        same = by_claim.get(statement.claim)
        if statement.judgement is None and same is not None:
            yield replace(statement, state=same.state, judgement=same.judgement)
        else:
            yield statement
