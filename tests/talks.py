"""A talk in a file, and what people judged about it."""

from dataclasses import replace
from datetime import timedelta

from casework.cases.case import Entry
from casework.cases.happenings.knowledge import ClueState, InterviewHeld, StatementJudged
from matching.model import Relation
from matching.text.testimony.clues import ClueKind
from tests.samples import NOW, an_admission

TALK = "问：叫什么？\n答：我叫刘胡生。\n答：老弟叫刘福贵，我今年六十二岁。"


def a_talk(text: str = TALK, entry_id: str = "t1", *, days: int = 0) -> Entry:
    at = NOW + timedelta(days=days)
    return replace(
        an_admission(entry_id),
        details=InterviewHeld(transcript=text),
        happened_at=at,
        recorded_at=at,
    )


def judged(
    words: str,
    kind: ClueKind = ClueKind.SELF_NAME,
    state: ClueState = ClueState.OPEN,
    *,
    text: str = TALK,
    minute: int = 1,
    value: str | None = None,
) -> Entry:
    """A judgement about some words of the talk `t1`, written so many minutes into the tenth day."""
    start = text.index(words)
    details = StatementJudged(
        source_entry_id="t1",
        start=start,
        end=start + len(words),
        clue=kind,
        state=state,
        value=value,
        relation=Relation.YOUNGER_BROTHER if kind is ClueKind.RELATIVE else None,
    )
    at = NOW + timedelta(days=9, minutes=minute)
    return replace(an_admission(f"j{minute}"), details=details, recorded_by="u7", recorded_at=at)
