"""Turns as clauses, each with the person it is about: the resident, or one of the family."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Final

from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.kinship import Kin, kin_in
from matching.text.testimony.turns import Topic, Turn, toml_cache, topics_of

#: A stretch without a stop is read piece by piece, so that no text takes longer than its length.
_LONGEST_CLAUSE: Final = 200
_CLAUSE: Final = re.compile(
    rf"[^，,。；;！!？?、…\s\u3000：:（）()“”\"「」『』‘’【】〔〕/]{{1,{_LONGEST_CLAUSE}}}"
)
_SENTENCE_END: Final = re.compile(r"[。；;！!？?\n]")
_QUOTED: Final = re.compile(r"[“「『\"]([^”」』\"]{0,400})[”」』\"]")
_OWN_HEAD: Final = re.compile(
    r"^(?:我|俺|涯|𠊎|阮|阿拉|本人|自己|他自己|她自己|他本人|她本人|自称|自述)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two stops."""

    start: int
    words: str
    speaker: Speaker
    #: Whom it is about; None is the resident.
    subject: Kin | None
    #: Kin words in the clause itself.
    kin: tuple[Kin, ...]
    topics: frozenset[Topic]
    #: Running number of the sentence in the whole text.
    sentence: int
    #: Number of the clause in its turn.
    position: int
    turn: Turn

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.words)


def read_clauses(turns: Iterable[Turn]) -> tuple[Clause, ...]:
    """The clauses of every turn in the order of the text, those of the worker too."""
    found: list[Clause] = []
    sentence = 0
    for turn in turns:
        clauses = tuple(_of_turn(turn, sentence + 1))
        found.extend(clauses)
        sentence = clauses[-1].sentence if clauses else sentence
    return tuple(sorted(found, key=lambda each: (each.start, each.turn.is_aside)))


def clue_in(clause: Clause, kind: ClueKind, start: int, end: int, confidence: float) -> Clue:
    """The clue of a stretch `[start, end)` of a clause, meant as it was written."""
    text = clause.words[start:end]
    return Clue(
        kind=kind,
        start=clause.start + start,
        end=clause.start + end,
        text=text,
        speaker=clause.speaker,
        value=text,
        confidence=confidence,
    )


def _of_turn(turn: Turn, sentence: int) -> Iterator[Clause]:
    quotes = [found.span(1) for found in _QUOTED.finditer(turn.words)] if turn.is_narrated else []
    subject = _asked_about(turn.question)
    topics, last_end, asked = turn.topics, 0, False
    for position, found in enumerate(_CLAUSE.finditer(turn.words)):
        gap = turn.words[last_end : found.start()]
        if position and _SENTENCE_END.search(gap):
            sentence, subject = sentence + 1, subject if asked else None
            asked = False
        last_end = found.end()
        words = found.group()
        kin = tuple(kin_in(words))
        subject = _subject(words, kin, subject)
        if turn.is_narrated and words.startswith(_asking()):
            topics, asked = topics_of(words) or topics, True
            subject = kin[-1] if kin else None
        yield Clause(
            start=turn.start + found.start(),
            words=words,
            speaker=_speaker(turn, found.start(), quotes),
            subject=subject,
            kin=kin,
            topics=topics,
            sentence=sentence,
            position=position,
            turn=turn,
        )


def _last_words(question: str) -> str:
    """The last thing that was asked: a turn may hold several questions."""
    parts = [part for part in re.split(r"[。？?！!]", question) if part.strip()]
    return parts[-1] if parts else ""


def _asked_about(question: str) -> Kin | None:
    """The relative a question is about; one who is only addressed (阿伯，您贵姓？) is none."""
    words = _last_words(question)
    asked = [kin for kin in kin_in(words) if words[kin.end : kin.end + 1] not in {"，", ","}]
    return (
        None
        if any(own in words for own in toml_cache()["narration"]["addressing"])
        else next(iter(asked), None)
    )


def _subject(words: str, kin: tuple[Kin, ...], before: Kin | None) -> Kin | None:
    if kin:
        return kin[-1]
    return None if _OWN_HEAD.match(words) else before


def _speaker(turn: Turn, at: int, quotes: Sequence[tuple[int, int]]) -> Speaker:
    """What stands in quotation marks in a note are the resident's words."""
    before = bisect_right(quotes, at, key=itemgetter(0)) - 1
    is_quoted = before >= 0 and at < quotes[before][1]
    return Speaker.RESIDENT if is_quoted else turn.speaker


@cache
def _asking() -> tuple[str, ...]:
    return tuple(toml_cache()["narration"]["asking"])
