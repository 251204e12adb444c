"""Digits that somebody remembers: of the own ID number, and of a phone at home."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from matching.text.testimony.clauses import Clause
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.turns import Turn

_SPOKEN: Final = dict(zip("〇零一二三四五六七八九幺两", "00123456789" + "12", strict=True))
_GAP: Final = r"[ \-]?"
#: Four digits or more, as figures or as they are read out one by one; a year, month or age is none.
_DIGITS: Final = re.compile(
    rf"(?<![0-9])(?:[0-9](?:{_GAP}[0-9]){{2,16}}{_GAP}[0-9Xx]|[{''.join(_SPOKEN)}]{{4,18}}[Xx]?)(?![0-9年月岁])"
)
_CUES: Final = (
    (ClueKind.ID_DIGITS, re.compile(r"身份证|身份號|身份号|证件号|身分证")),
    (ClueKind.PHONE_DIGITS, re.compile(r"电话|手机|电話|联系方式|打给")),
)
#: Digits whose cue stands in one of so many clauses before them.
_REACH: Final = 2


def read_numbers(clauses: Sequence[Clause]) -> tuple[Clue, ...]:
    """Digits behind a word that says what they are of, in the answer or in the question.

    A phone may be a relative's; an ID number counts only when it is the resident's own.
    """
    said = (c for c in clauses if c.speaker is not Speaker.WORKER and not c.turn.is_aside)
    by_turn = groupby(said, key=lambda clause: clause.turn)
    return tuple(clue for turn, own in by_turn for clue in _in_turn(turn, list(own)))


def _in_turn(turn: Turn, clauses: Sequence[Clause]) -> Iterator[Clue]:
    """A number may be written in groups, which are clauses of their own."""
    starts = [clause.start - turn.start for clause in clauses]
    for hit in _DIGITS.finditer(turn.words):
        at = bisect_right(starts, hit.start()) - 1
        if at < 0:
            continue
        clause = clauses[at]
        before = "，".join(each.words for each in clauses[max(at - _REACH, 0) : at])
        kind = _kind(clause, hit.start() - starts[at], before)
        if kind is None or (kind is ClueKind.ID_DIGITS and clause.subject is not None):
            continue
        yield Clue(
            kind=kind,
            start=turn.start + hit.start(),
            end=turn.start + hit.end(),
            text=hit.group(),
            speaker=clause.speaker,
            value=_figures(hit.group()),
            confidence=0.8,
        )


def _kind(clause: Clause, at: int, before: str) -> ClueKind | None:
    """What the digits are of: the nearest cue before them, else behind them, else what was asked."""
    words = clause.words
    for where in (f"{before}，{words[:at]}", words[at:], clause.turn.question):
        found = [
            (last.start(), kind) for kind, cue in _CUES for last in list(cue.finditer(where))[-1:]
        ]
        if found:
            return max(found)[1]
    return None


def _figures(text: str) -> str:
    """一三八 and 138 0 as figures."""
    return "".join(_SPOKEN.get(char, char) for char in text if char not in " -").upper()
