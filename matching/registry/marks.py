"""Marks in words as numbers: the part of the body and the kind of mark."""

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import product

from matching.tables import toml_table


def marks_in(words: Iterable[str]) -> frozenset[int]:
    """The numbers of every mark that some descriptions name; a part or a kind alone is none."""
    return frozenset(number for text in words for number in _marks(text))


def mark_words(number: int) -> str:
    """左手疤痕, from a number."""
    parts, kinds = _names()
    return parts[number // len(kinds)] + kinds[number % len(kinds)]


@lru_cache(maxsize=100_000)
def _marks(text: str) -> frozenset[int]:
    parts, kinds = _tables()
    part_names, kind_names = _names()
    return frozenset(
        part_names.index(part) * len(kind_names) + kind_names.index(kind)
        for (part, part_words), (kind, kind_words) in product(parts.items(), kinds.items())
        if any(word in text for word in part_words) and any(word in text for word in kind_words)
    )


@cache
def _tables() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    table = toml_table("matching.registry", "marks.toml")
    return table["parts"], table["kinds"]


@cache
def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts, kinds = _tables()
    return tuple(parts), tuple(kinds)
