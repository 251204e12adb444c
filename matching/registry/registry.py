"""A snapshot of everyone who is looked for, ready to be compared with one person at once.

Every record is compared: there is no blocking that could lose the right one. What a record's words
are worth is worked out once for each distinct word, then gathered by the records that have it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matching.errors import BadFactError
from matching.model import Candidate
from matching.registry.places import PlaceColumn
from matching.registry.ragged import Ragged
from matching.registry.rows import Numbers, Rows, Several, Single, Vocabularies
from matching.text.name_parts import NameParts


@dataclass(frozen=True, eq=False)
class NameColumn:
    """V names of records: surname and given name by number, and what each number stands for."""

    surnames: NameParts
    given: NameParts
    surname_of: Numbers
    given_of: Numbers


@dataclass(frozen=True, eq=False)
class Registry:
    """A read-only snapshot; changing it makes a new one, so readers are never disturbed."""

    candidates: tuple[Candidate, ...]
    rows: Rows
    words: Vocabularies
    row_of: Mapping[str, int]
    #: What this is a part of: its words are weighed as among all of the whole's.
    whole: "Registry | None" = None

    @classmethod
    def build(cls, candidates: Iterable[Candidate]) -> "Registry":
        """Of candidates with one record id the last counts."""
        kept = tuple({each.record_id: each for each in candidates}.values())
        words = Vocabularies()
        return cls(kept, Rows.of(kept, words), words, _row_of(kept))

    def updated(self, changed: Iterable[Candidate]) -> "Registry":
        """A new snapshot with some candidates added or replaced; only these are read anew."""
        new = tuple({each.record_id: each for each in changed}.values())
        if not new:
            return self
        replaced = {each.record_id for each in new}
        stay = [at for at, each in enumerate(self.candidates) if each.record_id not in replaced]
        people = (*(self.candidates[at] for at in stay), *new)
        rows = self.rows.kept(np.array(stay, np.intp)).followed_by(Rows.of(new, self.words))
        return Registry(people, rows, self.words, _row_of(people))

    def part(self, record_ids: Iterable[str]) -> "Registry":
        """Some of the candidates by themselves; ids that are not here are passed over."""
        at = [self.row_of[each] for each in record_ids if each in self.row_of]
        people = tuple(self.candidates[row] for row in at)
        rows = self.rows.kept(np.array(at, np.intp))
        return Registry(people, rows, self.words, _row_of(people), self)

    @property
    def size(self) -> int:
        """How many candidates there are."""
        return len(self.candidates)

    def get(self, record_id: str) -> Candidate:
        """One candidate.

        Raises:
            BadFactError: it is not in this snapshot.
        """
        if record_id not in self.row_of:
            raise BadFactError("no such candidate in this snapshot")
        return self.candidates[self.row_of[record_id]]

    def single(self, fact: Single) -> Numbers:
        """One column, shape (N,)."""
        return self.rows.single[fact]

    def several(self, fact: Several) -> Ragged:
        """One ragged column."""
        return self.rows.several[fact]

    @cached_property
    def names(self) -> NameColumn:
        """Own names."""
        values = self.several(Several.NAMES).values
        if self.whole is not None:
            parts = self.whole.names
            return NameColumn(parts.surnames, parts.given, values[:, 0], values[:, 1])
        words = self.words.names
        return NameColumn(
            NameParts.surnames(words.surnames.texts()),
            NameParts.given(words.given.texts()),
            values[:, 0],
            values[:, 1],
        )

    @cached_property
    def relatives(self) -> NameColumn:
        """Relatives' names."""
        values = self.several(Several.RELATIVES).values
        if self.whole is not None:
            parts = self.whole.relatives
            return NameColumn(parts.surnames, parts.given, values[:, 1], values[:, 2])
        words = self.words.relatives
        return NameColumn(
            NameParts.surnames(words.surnames.texts()),
            NameParts.given(words.given.texts()),
            values[:, 1],
            values[:, 2],
        )

    @cached_property
    def homes(self) -> PlaceColumn:
        """Homes by distinct division."""
        return PlaceColumn.of(self.several(Several.HOMES).values[:, 0])

    @cached_property
    def missing_places(self) -> PlaceColumn:
        """Places of going missing by distinct division."""
        return PlaceColumn.of(self.several(Several.MISSING_PLACES).values[:, 0])


def _row_of(people: Iterable[Candidate]) -> dict[str, int]:
    return {each.record_id: row for row, each in enumerate(people)}
