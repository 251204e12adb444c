"""Landmarks, crops, and marks of the body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from matching.tables import toml_table
from matching.text.normalize import is_han
from matching.text.testimony.clauses import Clause, clue_in
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.lexicon import Hit, Lexicon, word_set

#: Characters before the ending that a landmark's name may have.
_LONGEST_FRONT: Final = 4
#: A part of the body and what is with it stand within so many characters.
_MARK_REACH: Final = 14
#: 不是哑巴: a mark is denied by a word within so many characters of its clause.
_DENIED_NEAR: Final = 100
#: 少两个脚趾: what is lacking stands before the part.
_LACKING: Final = re.compile(r"(?:少|缺|断)(?:了)?[一两二三四五半]?(?:个|只|根|颗|截|条)?$")


@dataclass(frozen=True, slots=True)
class SightWords:
    """The table of `sights.toml`."""

    endings: Lexicon[bool]
    not_landmarks: frozenset[str]
    stops: frozenset[str]
    parts: Lexicon[None]
    kinds: Lexicon[None]
    alone: Lexicon[None]
    denied: Lexicon[None]


@cache
def sight_words() -> SightWords:
    """The shipped table. An ending's value says whether a name must stand before it."""
    table = toml_table("matching.text.testimony", "sights.toml")
    marks, landmarks = table["marks"], table["landmarks"]
    endings = dict.fromkeys((*landmarks["endings"], *landmarks["things"]), False)
    endings |= {word: len(word) == 1 for word in landmarks["waters"]}
    return SightWords(
        endings=Lexicon(endings),
        not_landmarks=frozenset(landmarks["not_landmarks"]),
        stops=frozenset(landmarks["stops"]),
        parts=word_set(marks["parts"]),
        kinds=word_set(marks["kinds"]),
        alone=word_set(marks["alone"]),
        denied=word_set(marks["denied"]),
    )


def read_landmarks(clauses: Sequence[Clause]) -> tuple[Clue, ...]:
    """Schools, factories, waters, mountains, stations, crops, local food."""
    return tuple(clue for clause in _heard(clauses) for clue in _landmarks(clause))


def read_marks(clauses: Sequence[Clause]) -> tuple[Clue, ...]:
    """Scars, moles, disabilities of the resident; those of relatives are left out."""
    own = (clause for clause in _heard(clauses) if clause.subject is None)
    return tuple(clue for clause in own for clue in _marks(clause))


def _heard(clauses: Sequence[Clause]) -> Iterator[Clause]:
    return (c for c in clauses if c.speaker is not Speaker.WORKER and not c.turn.is_aside)


def _landmarks(clause: Clause) -> Iterator[Clue]:
    table, last = sight_words(), 0
    for hit in table.endings.find(clause.words):
        start = _front(clause.words, hit, last)
        last = hit.end
        text = clause.words[start : hit.end]
        if text in table.not_landmarks or (hit.value and start == hit.start):
            continue
        yield clue_in(clause, ClueKind.LANDMARK, start, hit.end, 0.6)


def _front(words: str, hit: Hit[bool], last: int) -> int:
    """Where the landmark's name begins: back over at most four characters that stop nothing."""
    start = hit.start
    while start > last and hit.start - start < _LONGEST_FRONT:
        if words[start - 1] in sight_words().stops or not is_han(words[start - 1]):
            break
        start -= 1
    return start


def _marks(clause: Clause) -> Iterator[Clue]:
    table, words = sight_words(), clause.words
    if table.denied.is_in(words):
        return
    at = clause.start - clause.turn.start
    said = clause.turn.words[max(at - _DENIED_NEAR, 0) : at + len(words) + _DENIED_NEAR]
    spans = list(_pairs(words))
    if not spans:
        alone = (hit for hit in table.alone.find(words) if f"不是{hit.word}" not in said)
        spans = [(hit.start, hit.end) for hit in alone]
    for start, end in spans:
        yield clue_in(clause, ClueKind.BODY_MARK, start, end, 0.7)


def _pairs(words: str) -> Iterator[tuple[int, int]]:
    """A part of the body and, behind it, what is with it; one stretch for each part."""
    kinds = list(sight_words().kinds.find(words))
    last = 0
    for part in sight_words().parts.find(words):
        lacking = _LACKING.search(words[: part.start])
        if lacking and part.start >= last:
            last = part.end
            yield lacking.start(), part.end
            continue
        kind = next((k for k in kinds if 0 <= k.start - part.end <= _MARK_REACH), None)
        if kind is not None and part.start >= last:
            last = kind.end
            tail = re.match(r"[\u4e00-\u9fff]{1,4}$", words[kind.end :])
            end = kind.end + (tail.end() if tail else 0)
            yield part.start, end
