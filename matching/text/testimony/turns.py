"""A record of a talk as turns: who speaks from where to where, and what was asked just before.

A turn keeps its place in the text. What stands in round brackets inside an answer is the writer's
aside, a turn of its own; in the answer its place is filled with blanks of the same length.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import zip_longest
from typing import Final

from matching.tables import toml_table
from matching.text.testimony.clues import Speaker
from matching.text.testimony.lexicon import Lexicon, word_set

_LINE: Final = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_ASIDE: Final = re.compile(r"[（(][^（）()]{0,200}[）)]")
#: 姓名：…: any short head before a colon asks for what it names.
_FIELD: Final = re.compile(r"\s*([^\s：:，。、“”]{1,14})[：:]")
_AROUND: Final = " 　，。“”"
#: What fills the place of an aside. A separator for every later step.
BLANK: Final = "\u3000"


class Topic(StrEnum):
    """What a question asks for."""

    NAME = "name"
    HOME = "home"
    CAME_FROM = "came_from"
    KIN = "kin"
    AGE = "age"
    LANGUAGE = "language"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of one speaker."""

    start: int
    #: As given, asides blanked: `text[start : start + len(words)]` has the same length.
    words: str
    speaker: Speaker
    #: The worker's words just before; empty for all but the first turn after a question.
    question: str = ""
    #: What was last asked for; a question that names no topic goes on with the last one.
    topics: frozenset[Topic] = frozenset()
    is_aside: bool = False
    #: Told by a writer about the resident, not word for word.
    is_narrated: bool = False


def read_turns(text: str) -> tuple[Turn, ...]:
    """Take a record apart, in the order of the text."""
    asked = _with_questions(_pieces(text))
    return tuple(part for turn in asked for part in _without_asides(turn))


def topics_of(question: str) -> frozenset[Topic]:
    """What a question asks for; empty when no word of the table stands in it."""
    found = {hit.value for hit in _topics().find(question)}
    if Topic.CAME_FROM in found:
        found -= {Topic.HOME}
    return frozenset(found)


def agrees(words: str) -> bool:
    """Whether an answer takes over what the question suggested."""
    agreeing = tuple(toml_cache()["answers"]["agreeing"])
    return not denies(words) and words.strip(_AROUND).startswith(agreeing)


def denies(words: str) -> bool:
    """Whether an answer begins by refusing what the question suggested."""
    return words.strip(_AROUND).startswith(tuple(toml_cache()["answers"]["denying"]))


@cache
def toml_cache() -> dict[str, dict[str, list[str]]]:
    """The table of `speech.toml`."""
    return toml_table("matching.text.testimony", "speech.toml")


@cache
def first_person() -> Lexicon[None]:
    """Words of the first person."""
    return word_set(toml_cache()["narration"]["first_person"])


def _pieces(text: str) -> Iterator[Turn]:
    last = Speaker.NOTE
    for line in _LINE.finditer(text):
        for turn in _spoken(line.group(), line.start(), last):
            last = turn.speaker
            if turn.words.strip():
                yield turn


def _spoken(line: str, offset: int, last: Speaker) -> Iterator[Turn]:
    """A line cut before every speaker inside it: clerks write 问：… 答：… on one line."""
    marks = list(_speaker_mark().finditer(line))
    before = line[: marks[0].start()] if marks else line
    if before.strip():
        yield _unmarked(before, offset, last)
    for mark, following in zip_longest(marks, marks[1:]):
        end = following.start() if following else len(line)
        speaker = _speakers()[mark.group(1)]
        yield Turn(
            start=offset + mark.end(),
            words=line[mark.end() : end],
            speaker=speaker,
            is_narrated=speaker is Speaker.NOTE,
        )


def _unmarked(words: str, offset: int, last: Speaker) -> Turn:
    """A line that names no speaker: the resident's in the first person or going on, else a note."""
    field = _FIELD.match(words)
    if field:
        rest = words[field.end() :]
        return Turn(
            start=offset + field.end(),
            words=rest,
            speaker=Speaker.NOTE,
            question=field.group(1),
            is_narrated=True,
        )
    goes_on = last is Speaker.RESIDENT and not words.strip().startswith(("她", "他", "该", "记录"))
    if goes_on or first_person().is_in(_outside_quotes(words)[:40]):
        return Turn(start=offset, words=words, speaker=Speaker.RESIDENT)
    return Turn(start=offset, words=words, speaker=Speaker.NOTE, is_narrated=True)


def _outside_quotes(words: str) -> str:
    return re.sub(r"[“\"「][^”\"」]*[”\"」]?", "", words)


def _with_questions(turns: Iterable[Turn]) -> Iterator[Turn]:
    question, topics = "", frozenset[Topic]()
    for turn in turns:
        if turn.speaker is Speaker.WORKER:
            question = turn.words
            topics = topics_of(question) or topics
            yield replace(turn, topics=topics)
        elif turn.speaker is Speaker.NOTE:
            yield replace(turn, topics=topics_of(turn.question))
        else:
            yield replace(turn, question=question, topics=topics)
            question = ""


def _without_asides(turn: Turn) -> Iterator[Turn]:
    asides = list(_ASIDE.finditer(turn.words))
    blanked = _ASIDE.sub(lambda found: BLANK * len(found.group()), turn.words)
    yield replace(turn, words=blanked)
    for found in asides:
        words = found.group()[1:-1]
        if words:
            is_guess = _guesses().is_in(words)
            yield Turn(
                start=turn.start + found.start() + 1,
                words=words,
                speaker=Speaker.WORKER if is_guess else Speaker.NOTE,
                topics=turn.topics,
                is_aside=True,
            )


@cache
def _guesses() -> Lexicon[None]:
    return word_set(toml_cache()["narration"]["guessing"])


@cache
def _topics() -> Lexicon[Topic]:
    return Lexicon(
        {word: Topic(name) for name, words in toml_cache()["topics"].items() for word in words}
    )


@cache
def _speakers() -> dict[str, Speaker]:
    table = toml_cache()["speakers"]
    return {word: Speaker(name) for name, words in table.items() for word in words}


@cache
def _speaker_mark() -> re.Pattern[str]:
    """A speaker's word at the beginning of a speech, with its colon."""
    words = "|".join(sorted(map(re.escape, _speakers()), key=len, reverse=True))
    before = r"(?:^\s*|(?<=[\s。！!？?；;”\"】〕\])）…]))"
    return re.compile(
        rf"{before}(?:[【\[][^】\]]{{0,12}}[】\]]\s*)?({words})\d{{0,3}}(?:[（(][^（）()]{{0,12}}[）)])?\s*[：:]"
    )
