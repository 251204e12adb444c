"""Talks taken apart, for tests of single readers."""

from matching.text.testimony.clauses import Clause, read_clauses
from matching.text.testimony.clues import Clue
from matching.text.testimony.turns import read_turns


def clauses_of(text: str) -> tuple[Clause, ...]:
    return read_clauses(read_turns(text))


def values(clues: tuple[Clue, ...]) -> list[str]:
    return [clue.value for clue in clues]
