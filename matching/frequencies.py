"""How common a value is in the registry at hand: agreement on a rare one says more."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2

from matching.model import Candidate
from matching.text.names import PersonName, split_name
from matching.text.pinyin import Syllables, syllables
from matching.text.places import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """Counts over a registry. Shares are smoothed, so that an unseen value is rare, not impossible."""

    size: int = 0
    surnames: Mapping[Syllables, int] = field(default_factory=dict)
    given: Mapping[Syllables, int] = field(default_factory=dict)
    #: How many records have a character in their given name.
    given_characters: Mapping[str, int] = field(default_factory=dict)
    #: How many records have a home at or below a place.
    places: Mapping[Path, int] = field(default_factory=dict)

    @classmethod
    def count(cls, candidates: Iterable[Candidate]) -> "Frequencies":
        """Count surnames, given names (by sound) and places."""
        surnames: Counter[Syllables] = Counter()
        given: Counter[Syllables] = Counter()
        characters: Counter[str] = Counter()
        places: Counter[Path] = Counter()
        size = 0
        for candidate in candidates:
            size += 1
            for name in candidate.facts.names[:1]:
                parts = split_name(name)
                surnames[syllables(parts.surname)] += 1
                given[syllables(parts.given)] += 1
                characters.update(set(parts.given))
            for home in candidate.facts.homes:
                places.update(home.path[:depth] for depth in range(1, len(home.path) + 1))
        return cls(
            size=size,
            surnames=surnames,
            given=given,
            given_characters=characters,
            places=places,
        )

    def surname_share(self, name: PersonName) -> float:
        """The share of records whose surname sounds like this one."""
        return self._share(self.surnames.get(syllables(name.surname), 0))

    def given_share(self, name: PersonName) -> float:
        """The share of records whose given name sounds like this one."""
        return self._share(self.given.get(syllables(name.given), 0))

    def character_share(self, char: str) -> float:
        """The share of records whose given name has this character."""
        return self._share(self.given_characters.get(char, 0))

    def place_share(self, path: Path) -> float:
        """The share of records at home at or below a place."""
        return self._share(self.places.get(path, 0))

    def _share(self, count: int) -> float:
        return (count + 0.5) / (self.size + 1)


def rarity_bits(chance: float, share: float, rarest: float) -> float:
    """log2(m / u): m the chance of agreement in one person, u the share that agrees by accident."""
    return log2(chance / max(share, rarest))
