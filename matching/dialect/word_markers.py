"""Words that give a dialect away: a learned table, and one written by hand for what the learned one lacks."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.dialect.groups import dialect_groups, group_numbers
from matching.tables import toml_table, tsv_rows

LogOdds = NDArray[np.float64]

#: Characters of the longest learned run.
LONGEST: Final = 3
#: The likelihood ratio of a learned run in a group of the source that is not listed with it.
UNHEARD: Final = 0.5
#: The likelihood ratio of a word by hand in a group that it is listed under, and in any other. House figures.
_LISTED: Final = 8.0
_UNLISTED: Final = 0.4


@dataclass(frozen=True, slots=True, eq=False)
class WordMarker:
    """A word of the tables, as found in a text: `[start, end)` in code points."""

    word: str
    start: int
    end: int

    @property
    def log_odds(self) -> LogOdds:
        """ln(P(said | group) / P(said | any group)), shape (G,)."""
        return _table()[self.word]


def find_markers(text: str) -> tuple[WordMarker, ...]:
    """Markers in a text, each word once, in order; of those that overlap the longest."""
    found: dict[str, WordMarker] = {}
    at = 0
    while at < len(text):
        word = next((text[at : at + n] for n in _lengths() if text[at : at + n] in _table()), "")
        if word:
            found.setdefault(word, WordMarker(word, at, at + len(word)))
        at += len(word) or 1
    return tuple(found.values())


@cache
def _table() -> Mapping[str, LogOdds]:
    return _learned() | _by_hand()


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in _table()}, reverse=True))


def _learned() -> dict[str, LogOdds]:
    rows = tsv_rows("matching.dialect", "word_markers.tsv")
    pairs = {run: dict(_pair(each) for each in text.split()) for run, text in rows}
    sampled = {group for ratios in pairs.values() for group in ratios}
    return {run: _of_ratios(ratios, sampled) for run, ratios in pairs.items()}


def _of_ratios(ratios: Mapping[str, float], sampled: Iterable[str]) -> LogOdds:
    """A group that the source has no sample of stands half for its family, half for anybody."""
    heard = {group: ratios.get(group, UNHEARD) for group in sampled}
    found = [
        heard.get(each.id) or (1 + _of_family(each.family, heard)) / 2 for each in dialect_groups()
    ]
    return np.log(found)


def _of_family(family: str, heard: Mapping[str, float]) -> float:
    own = [
        heard[each.id] for each in dialect_groups() if each.family == family and each.id in heard
    ]
    return sum(own) / len(own) if own else 1.0


def _by_hand() -> dict[str, LogOdds]:
    found: dict[str, LogOdds] = {}
    for group, block in toml_table("matching.dialect", "word_markers_by_hand.toml")[
        "groups"
    ].items():
        for word in block["words"]:
            own = found.setdefault(word, np.full(len(dialect_groups()), math.log(_UNLISTED)))
            own[group_numbers()[group]] = math.log(_LISTED)
    return {word: each - math.log(np.exp(each).mean()) for word, each in found.items()}


def _pair(text: str) -> tuple[str, float]:
    group, _, ratio = text.partition("=")
    return group, float(ratio)
