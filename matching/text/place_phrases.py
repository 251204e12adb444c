"""A sentence cut into the stretches in which place names may stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from matching.tables import toml_table
from matching.text.normalize import is_han

_CUT: Final = "\0"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of Chinese characters without filler words; `start` counts code points of the text."""

    start: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What a span in another place, or of another kind, is worth; `place_phrases.toml`."""

    elsewhere: float
    former_parent: float
    slip_most: float
    wrong_order: float
    kind_fits: float
    kind_differs: float
    least_span: float
    least_mention: float
    least_alone: float
    former_name: float


@cache
def place_support() -> Support:
    """The shipped weights."""
    return Support(**_table()["support"])


@cache
def level_shares() -> tuple[float, ...]:
    """How often somebody who says where home is stops at each level, province first."""
    weights = tuple(_table()["levels"].values())
    return tuple(each / sum(weights) for each in weights)


def stretches(text: str, protected: list[tuple[int, int]]) -> Iterator[Stretch]:
    """Every stretch of `text` in order; filler words inside `protected` spans cut nothing."""
    marks = [char if is_han(char) else _CUT for char in text]
    kept = {at for start, end in protected for at in range(start, end)}
    for word in _fillers().finditer(text):
        if not kept.intersection(range(*word.span())):
            marks[word.start() : word.end()] = _CUT * (word.end() - word.start())
    for run in re.finditer(f"[^{_CUT}]+", "".join(marks)):
        yield Stretch(run.start(), run.group())


@cache
def _fillers() -> re.Pattern[str]:
    words = sorted(_table()["fillers"]["words"], key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


@cache
def _table() -> dict[str, Any]:
    return toml_table("matching.text", "place_phrases.toml")
