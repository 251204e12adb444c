"""How somebody speaks, by what they call it themselves and by what notes say of the accent."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from matching.tables import toml_table
from matching.text.testimony.clauses import Clause, clue_in
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.lexicon import Lexicon, word_set


def read_languages(clauses: Sequence[Clause]) -> tuple[Clue, ...]:
    """Languages named (讲白话), accents noted (口音像湖南), sounds spoken otherwise."""
    heard = (c for c in clauses if c.speaker is not Speaker.WORKER or c.turn.is_aside)
    return tuple(clue for clause in heard if clause.subject is None for clue in _in_clause(clause))


def speech_named(value: str) -> Mapping[str, float] | None:
    """The dialect groups that the value of a marker clue may mean, with weights; None when it names none."""
    return _weights().get(value)


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
