"""Numbers for words that many records share. Numbers are only ever added, so snapshots share them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matching.text.names import PersonName, split_name


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Text -> number, counting from 0; number 0 is the empty text."""

    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})

    def number(self, text: str) -> int:
        """The number of a text, a new one when it is new."""
        return self.numbers.setdefault(text, len(self.numbers))

    def __len__(self) -> int:
        """How many texts have a number."""
        return len(self.numbers)

    def texts(self) -> Sequence[str]:
        """The texts by number."""
        return tuple(self.numbers)


@dataclass(frozen=True, slots=True, eq=False)
class NameVocabulary:
    """Surnames and given names apart: far fewer than names."""

    surnames: Vocabulary = field(default_factory=Vocabulary)
    given: Vocabulary = field(default_factory=Vocabulary)
    _split: dict[str, tuple[int, int]] = field(default_factory=dict)

    def numbers(self, name: str) -> tuple[int, int]:
        """The numbers of a name's surname and given name."""
        if name not in self._split:
            self._split[name] = self._numbers(split_name(name))
        return self._split[name]

    def _numbers(self, name: PersonName) -> tuple[int, int]:
        return self.surnames.number(name.surname), self.given.number(name.given)
