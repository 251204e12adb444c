"""A snapshot of everyone who is looked for, ready to be compared with one person at once.

Every record is compared: there is no blocking that could lose the right one. What a record's words
are worth is worked out once for each distinct word, then gathered by the records that have it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadFactError
from matching.model import Candidate
from matching.registry.people import People
from matching.registry.places import PlaceColumn
from matching.registry.ragged import Ragged
from matching.registry.rows import Numbers, Rows, Several, Single, Vocabularies
from matching.registry.vocabulary import NameVocabulary, Vocabulary
from matching.text.name_parts import NameParts


@dataclass(frozen=True, eq=False)
class NameColumn:
    """V names of records: surname and given name by number, and what each number stands for."""

    surnames: NameParts
    given: NameParts
    surname_of: Numbers
    given_of: Numbers

    @classmethod
    def of(cls, words: NameVocabulary, surname_of: Numbers, given_of: Numbers) -> "NameColumn":
        """Names by their numbers in a vocabulary."""
        return cls(
            NameParts.surnames(words.surnames.texts()),
            NameParts.given(words.given.texts()),
            surname_of,
            given_of,
        )

    def part(self, surname_of: Numbers, given_of: Numbers) -> "NameColumn":
        """Only these names of the column, each part weighed as among all of the column's."""
        surnames, of_surnames = self.surnames.part(surname_of)
        given, of_given = self.given.part(given_of)
        return NameColumn(surnames, given, of_surnames, of_given)


@dataclass(frozen=True, slots=True, eq=False)
class WordColumn:
    """D distinct words of records, and which of them each value is."""

    texts: tuple[str, ...]
    #: Shape (V,).
    word_of: NDArray[np.intp]

    @classmethod
    def of(cls, words: Vocabulary, values: Numbers) -> "WordColumn":
        """`values`: numbers in the vocabulary."""
        numbers, word_of = np.unique(values, return_inverse=True)
        texts = words.texts()
        return cls(tuple(texts[each] for each in numbers.tolist()), word_of.astype(np.intp))


@dataclass(frozen=True, eq=False)
class Registry:
    """A read-only snapshot; changing it makes a new one, so readers are never disturbed."""

    candidates: People
    rows: Rows
    words: Vocabularies
    #: What this is a part of: its words are weighed as among all of the whole's.
    whole: "Registry | None" = None

    @classmethod
    def build(cls, candidates: Iterable[Candidate]) -> "Registry":
        """Of candidates with one record id the last counts."""
        kept = tuple({each.record_id: each for each in candidates}.values())
        words = Vocabularies()
        return cls(People.of(kept), Rows.of(kept, words), words)

    def updated(self, changed: Iterable[Candidate]) -> "Registry":
        """A new snapshot with some candidates added or replaced; only these are read anew."""
        new = tuple({each.record_id: each for each in changed}.values())
        if not new:
            return self
        stay = self.without(each.record_id for each in new)
        people = stay.candidates.followed_by(People.of(new))
        return Registry(people, stay.rows.followed_by(Rows.of(new, self.words)), self.words)

    def without(self, record_ids: Iterable[str]) -> "Registry":
        """As if these had never been in it; ids that are not here are passed over."""
        stays = np.ones(self.size, np.bool_)
        stays[self.candidates.ids.rows_of(record_ids)] = False
        stay = np.flatnonzero(stays)
        return Registry(self.candidates.kept(stay), self.rows.kept(stay), self.words)

    def part(self, record_ids: Iterable[str]) -> "Registry":
        """Some of the candidates by themselves, in the order of the whole; unknown ids are passed over."""
        at = self.candidates.ids.rows_of(record_ids)
        return Registry(self.candidates.kept(at), self.rows.kept(at), self.words, self)

    def worked_out(self) -> "Registry":
        """The same records with every column at hand, to be read by other processes.

        The vocabularies, by which a snapshot grows, stay behind.
        """
        self.rows_of(())
        found = replace(self, words=Vocabularies())
        # As `cached_property` keeps them.
        vars(found).update({name: getattr(self, name) for name in _COLUMNS})
        for column in (found.homes, found.missing_places):
            column.work_out()
        return found

    @property
    def size(self) -> int:
        """How many candidates there are."""
        return len(self.candidates)

    def get(self, record_id: str) -> Candidate:
        """One candidate.

        Raises:
            BadFactError: it is not in this snapshot.
        """
        row = self.rows_of([record_id]).get(record_id)
        if row is None:
            raise BadFactError("no such candidate in this snapshot")
        return self.candidates[row]

    def rows_of(self, record_ids: Iterable[str]) -> dict[str, int]:
        """The rows of those that are in this snapshot."""
        return self.candidates.rows_of(record_ids)

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
            return self.whole.names.part(values[:, 0], values[:, 1])
        return NameColumn.of(self.words.names, values[:, 0], values[:, 1])

    @cached_property
    def relatives(self) -> NameColumn:
        """Relatives' names."""
        values = self.several(Several.RELATIVES).values
        if self.whole is not None:
            return self.whole.relatives.part(values[:, 1], values[:, 2])
        return NameColumn.of(self.words.relatives, values[:, 1], values[:, 2])

    @cached_property
    def languages(self) -> WordColumn:
        """Ways of speaking, in words."""
        return WordColumn.of(self.words.languages, self.several(Several.LANGUAGES).values[:, 0])

    @cached_property
    def work(self) -> WordColumn:
        """Kinds of work."""
        return WordColumn.of(self.words.work, self.several(Several.WORK).values[:, 0])

    @cached_property
    def landmarks(self) -> WordColumn:
        """Landmarks near home."""
        return WordColumn.of(self.words.landmarks, self.several(Several.LANDMARKS).values[:, 0])

    @cached_property
    def homes(self) -> PlaceColumn:
        """Homes by distinct division."""
        return PlaceColumn.of(self.several(Several.HOMES).values[:, 0])

    @cached_property
    def missing_places(self) -> PlaceColumn:
        """Places of going missing by distinct division."""
        return PlaceColumn.of(self.several(Several.MISSING_PLACES).values[:, 0])


_COLUMNS: Final = (
    "names",
    "relatives",
    "languages",
    "work",
    "landmarks",
    "homes",
    "missing_places",
)
