"""Marking in a transcript the words that matching drew on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matching.model import PersonFacts


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not. The pieces of a text join up to it exactly."""

    text: str
    marked: bool


def heard_words(facts: PersonFacts) -> tuple[str, ...]:
    """Names and places as they were heard."""
    relatives = (relative.name for relative in facts.relatives if relative.name)
    return (*facts.names, *(home.text for home in facts.homes), *relatives)


def marked_pieces(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """Split `text` where any of `words` stands; of overlapping words the longest is marked."""
    longest_first = sorted({word for word in words if word}, key=len, reverse=True)
    if not longest_first:
        return (Piece(text, marked=False),)
    pattern = re.compile(f"({'|'.join(map(re.escape, longest_first))})")
    return tuple(
        Piece(part, marked=index % 2 == 1) for index, part in enumerate(pattern.split(text)) if part
    )
