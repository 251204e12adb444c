"""The next questions to ask, by what is still missing; open ones that name no answer."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from matching.tables import toml_table
from matching.text.testimony.births import birth_of
from matching.text.testimony.clues import Clue, ClueKind
from matching.text.testimony.home import HomeCandidate

_MOST: Final = 3
#: Two homes closer than this (bits) are not told apart.
_UNSURE: Final = 2.0
_TOWN, _COUNTY = 4, 3


def next_questions(
    clues: Sequence[Clue], homes: Sequence[HomeCandidate], *, limit: int = _MOST
) -> tuple[str, ...]:
    """At most `limit` questions in Chinese, the most useful first."""
    asked = (words for gap in _gaps(clues, homes) for words in _questions().get(gap, ()))
    return tuple(dict.fromkeys(asked))[:limit]


def _gaps(clues: Sequence[Clue], homes: Sequence[HomeCandidate]) -> Iterator[str]:
    kinds = {clue.kind for clue in clues}
    names = [c.value for c in clues if c.kind is ClueKind.SELF_NAME]
    yield from _home_gaps(homes)
    if not names:
        yield "name"
    elif all(len(each) == 1 for each in names):
        yield "surname"
    if ClueKind.RELATIVE not in kinds:
        yield "relatives"
    if birth_of(clues) is None:
        yield "age"
    if ClueKind.LANDMARK not in kinds:
        yield "landmarks"


def _home_gaps(homes: Sequence[HomeCandidate]) -> Iterator[str]:
    if not homes:
        yield "home"
        return
    counties = {each.path[:_COUNTY] for each in homes if each.bits > homes[0].bits - _UNSURE}
    if len(counties) > 1:
        yield "unsure_home"
    depth = len(homes[0].path)
    if depth < _COUNTY:
        yield "county"
    elif depth < _TOWN:
        yield "town"
    else:
        yield "village"


@cache
def _questions() -> dict[str, tuple[str, ...]]:
    rows = toml_table("matching.text.testimony", "questions.toml")["question"]
    gaps = dict.fromkeys(row["when"] for row in rows)
    return {gap: tuple(row["asks"] for row in rows if row["when"] == gap) for gap in gaps}
