"""Signs of abduction, sale or forced labour: a flag that protects, never a finding.

A miss may send somebody back to a buyer; a false flag only makes a supervisor and the police look
before anything is published. So every sign counts by itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Final

from matching.tables import toml_table
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.turns import Turn, agrees

_SENTENCE: Final = re.compile(r"[^。；;！!？?\n]+")
#: Longer stretches without a stop are looked at piece by piece.
_LONGEST_SENTENCE: Final = 400


@dataclass(frozen=True, slots=True)
class Sign:
    """One kind of sign and the expressions that show it."""

    name: str
    #: In Chinese words, for pages and files.
    said: str
    pattern: re.Pattern[str]


@cache
def signs() -> tuple[Sign, ...]:
    """The shipped table."""
    rows = toml_table("matching.text.testimony", "abduction.toml")["sign"]
    return tuple(
        Sign(row["name"], row["said"], re.compile("|".join(row["patterns"]))) for row in rows
    )


def sign_words() -> Mapping[str, str]:
    """What each sign is called in Chinese."""
    return {sign.name: sign.said for sign in signs()}


def read_abduction(turns: Sequence[Turn]) -> tuple[Clue, ...]:
    """Every sign in what the resident says, in notes, and in questions that were agreed to."""
    found: list[Clue] = []
    for turn, following in zip_longest(turns, turns[1:]):
        is_said = turn.speaker is not Speaker.WORKER or turn.is_aside
        if is_said or (following is not None and agrees(following.words)):
            found.extend(_in_turn(turn))
    return tuple(found)


def _in_turn(turn: Turn) -> Iterator[Clue]:
    for sentence in _SENTENCE.finditer(turn.words):
        for offset in range(0, len(sentence.group()), _LONGEST_SENTENCE):
            words = sentence.group()[offset : offset + _LONGEST_SENTENCE]
            if not _pardon().search(words):
                yield from _in_sentence(turn, sentence.start() + offset, words)


def _in_sentence(turn: Turn, start: int, words: str) -> Iterator[Clue]:
    for sign in signs():
        for found in sign.pattern.finditer(words):
            at = turn.start + start + found.start()
            yield Clue(
                kind=ClueKind.POSSIBLE_ABDUCTION,
                start=at,
                end=at + len(found.group()),
                text=found.group(),
                speaker=turn.speaker,
                value=sign.name,
                confidence=0.8 if turn.speaker is Speaker.RESIDENT else 0.6,
            )


@cache
def _pardon() -> re.Pattern[str]:
    rows = toml_table("matching.text.testimony", "abduction.toml")["pardon"]
    return re.compile("|".join(pattern for row in rows for pattern in row["patterns"]))
