"""How somebody speaks, by what they call it themselves and by what notes say of the accent."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from matching.tables import toml_table
from matching.text.testimony.clauses import Clause, clue_in
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.lexicon import Lexicon, word_set

#: Share of the probability that a name or an accent leaves to every other group together.
_DOUBT: Final = 0.15
_GUESS: Final = re.compile(r"口音|腔|说话|讲话")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """A dialect group and how likely it is, of all groups that were named."""

    group: str
    probability: float


def read_languages(clauses: Sequence[Clause]) -> tuple[Clue, ...]:
    """Languages named (讲白话), accents noted (口音像湖南), sounds spoken otherwise."""
    heard = (c for c in clauses if c.speaker is not Speaker.WORKER or c.turn.is_aside)
    return tuple(clue for clause in heard if clause.subject is None for clue in _in_clause(clause))


def dialect_groups(clues: Sequence[Clue]) -> tuple[GroupShare, ...]:
    """Groups that the markers speak for, best first; empty when nothing was named.

    Each marker is one independent witness; every group it does not name keeps a small share.
    """
    weights = [_weights()[clue.value] for clue in clues if clue.value in _weights()]
    if not weights:
        return ()
    groups = sorted({group for each in weights for group in each})
    scores = [
        sum(
            math.log((1 - _DOUBT) * each.get(g, 0.0) / sum(each.values()) + _DOUBT / 20)
            for each in weights
        )
        for g in groups
    ]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    shares = (
        GroupShare(group=g, probability=round(odd / sum(odds), 4))
        for g, odd in zip(groups, odds, strict=True)
    )
    return tuple(sorted(shares, key=lambda each: (-each.probability, each.group)))


def _in_clause(clause: Clause) -> Iterator[Clue]:
    words = clause.words
    named = list(_names().find(words))
    for hit in named:
        verb = re.search(r"(?:讲|说|会)$", words[: hit.start])
        start = verb.start() if verb else hit.start
        yield _clue(clause, start, hit.end, hit.word)
    if named:
        return
    if _cues().is_in(words):
        regions = list(_regions().find(words))
        for hit in regions:
            yield _clue(clause, 0, len(words), hit.word)


def _clue(clause: Clause, start: int, end: int, value: str) -> Clue:
    confidence = 0.9 if clause.speaker is Speaker.RESIDENT else 0.6
    return replace(clue_in(clause, ClueKind.DIALECT_MARKER, start, end, confidence), value=value)


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    table = toml_table("matching.text.testimony", "languages.toml")
    weights: dict[str, Mapping[str, float]] = {**table["regions"], **table["names"]}
    return weights


@cache
def _names() -> Lexicon[None]:
    return Lexicon(dict.fromkeys(toml_table("matching.text.testimony", "languages.toml")["names"]))


@cache
def _regions() -> Lexicon[None]:
    return Lexicon(
        dict.fromkeys(toml_table("matching.text.testimony", "languages.toml")["regions"])
    )


@cache
def _cues() -> Lexicon[None]:
    return word_set(toml_table("matching.text.testimony", "languages.toml")["cues"]["speech"])
