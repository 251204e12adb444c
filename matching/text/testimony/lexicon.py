"""Finding many words in one pass (Aho-Corasick): the time does not grow with the number of words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import ahocorasick

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A word of a lexicon in a text, and what the lexicon knows about it."""

    start: int
    end: int
    word: str
    value: T


class Lexicon(Generic[T]):
    """A fixed set of words, each with a value."""

    def __init__(self, words: Mapping[str, T]) -> None:
        """Build the automaton; empty words are left out."""
        self._automaton = ahocorasick.Automaton()
        for word, value in words.items():
            if word:
                self._automaton.add_word(word, (word, value))
        self._is_empty = len(self._automaton) == 0
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Hit[T]]:
        """The words in a text from left to right, the longest where several begin, none overlapping.

        Not the automaton's own `iter_long`: it misses a word behind the failed beginning of another.
        """
        longest: dict[int, Hit[T]] = {}
        for hit in self.every(text):
            known = longest.get(hit.start)
            if known is None or known.end < hit.end:
                longest[hit.start] = hit
        done = 0
        for start in sorted(longest):
            if start >= done:
                done = longest[start].end
                yield longest[start]

    def every(self, text: str) -> Iterator[Hit[T]]:
        """Every occurrence of every word, overlapping ones too, by where they end."""
        if self._is_empty:
            return
        for last, (word, value) in self._automaton.iter(text):
            yield Hit(start=last + 1 - len(word), end=last + 1, word=word, value=value)

    def first(self, text: str) -> Hit[T] | None:
        """The first word in a text, or None."""
        return next(self.find(text), None)

    def is_in(self, text: str) -> bool:
        """Whether any word occurs at all."""
        return next(self.every(text), None) is not None


def word_set(words: object) -> Lexicon[None]:
    """A lexicon of words without values, from a list of a TOML table."""
    if not isinstance(words, list):
        raise TypeError("a list of words is needed")
    return Lexicon(dict.fromkeys(words))
