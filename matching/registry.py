"""The candidates of a search in memory: who could it be at all?

A resident whose name was misheard must still reach the record by home, relatives or face, and the
other way round: the shortlist is the union of what each strong signal reaches by itself. Queries
that must find a record: its name in homophones (刘福生 for 刘福胜), its county in homophones
(龙回 for 隆回), a brother's name, a face. A query that names only a province finds nothing here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from matching.errors import BadFactError
from matching.frequencies import Frequencies
from matching.model import Candidate, PersonFacts, Probe
from matching.text.names import split_name
from matching.text.pinyin import Syllables, fold, readings
from matching.text.places import HeardPlaces, Path, PlaceIndex, merge_heard

#: A county or town narrows enough to be a way in; a province or city does not.
_NARROW: Final = 3
#: How many names one syllable away are looked at.
_NEAR_NAMES: Final = 60
_NAME_SYLLABLES: Final = 2


@dataclass(frozen=True, slots=True)
class _NameKeys:
    """Records by folded reading, and the readings once more as strings for near look-ups."""

    by_reading: Mapping[Syllables, tuple[str, ...]]
    #: One private character for each syllable, so that an edit is a syllable.
    alphabet: Mapping[str, str]
    coded: Mapping[str, Syllables]

    @classmethod
    def build(cls, named: Iterable[tuple[str, str]]) -> "_NameKeys":
        lists: dict[Syllables, list[str]] = {}
        for record_id, name in named:
            for reading in _readings(name):
                lists.setdefault(reading, []).append(record_id)
        sounds = sorted({sound for reading in lists for sound in reading})
        alphabet = {sound: chr(0xF0000 + index) for index, sound in enumerate(sounds)}
        coded = {"".join(alphabet[s] for s in reading): reading for reading in lists}
        return cls({key: tuple(ids) for key, ids in lists.items()}, alphabet, coded)

    def reach(self, name: str) -> Iterator[str]:
        """Record ids whose name sounds like `name`, surest first."""
        for reading in _readings(name):
            yield from self.by_reading.get(reading, ())
        for reading in _readings(name):
            yield from self._near(reading)

    def _near(self, reading: Syllables) -> Iterator[str]:
        if len(reading) <= _NAME_SYLLABLES:
            return
        query = "".join(self.alphabet.get(sound, "?") for sound in reading)
        found = process.extract(
            query,
            list(self.coded),
            scorer=Levenshtein.distance,
            score_cutoff=1,
            limit=_NEAR_NAMES,
        )
        for text, _, _ in found:
            yield from self.by_reading[self.coded[text]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """A read-only snapshot; changing it makes a new one, so readers are never disturbed."""

    candidates: Mapping[str, Candidate] = field(default_factory=dict)
    frequencies: Frequencies = field(default_factory=Frequencies)
    _names: _NameKeys
    _given: Mapping[str, tuple[str, ...]]
    _relatives: _NameKeys
    _places: PlaceIndex
    _residents_of: Mapping[Path, tuple[str, ...]]

    @classmethod
    def build(cls, candidates: Iterable[Candidate]) -> "Registry":
        """Index candidates by every way in."""
        kept = {each.record_id: each for each in candidates}
        people = tuple(kept.values())
        paths = [home.path for each in people for home in each.facts.homes if home.path]
        return cls(
            candidates=kept,
            frequencies=Frequencies.count(people),
            _names=_NameKeys.build(
                (each.record_id, name) for each in people for name in each.facts.names
            ),
            _given=_by_given_character(people),
            _relatives=_NameKeys.build(
                (each.record_id, relative.name)
                for each in people
                for relative in each.facts.relatives
                if relative.name and len(relative.name) > 1
            ),
            _places=PlaceIndex.build(paths),
            _residents_of=_by_narrow_place(people),
        )

    def updated(self, changed: Iterable[Candidate]) -> "Registry":
        """A new snapshot with some candidates added or replaced."""
        return Registry.build({**self.candidates, **{c.record_id: c for c in changed}}.values())

    @property
    def size(self) -> int:
        """How many candidates there are."""
        return len(self.candidates)

    def get(self, record_id: str) -> Candidate:
        """One candidate.

        Raises:
            BadFactError: it is not in this snapshot.
        """
        if record_id not in self.candidates:
            raise BadFactError("no such candidate in this snapshot")
        return self.candidates[record_id]

    def hear_homes(self, facts: PersonFacts) -> HeardPlaces:
        """Every place of the registry that the person's words may name."""
        return merge_heard(self._places.hear(home.text) for home in facts.homes)

    def shortlist(self, probe: Probe, *, extra: Iterable[str], limit: int) -> tuple[str, ...]:
        """Record ids worth a full comparison: the ways in take turns until `limit` is reached."""
        facts = probe.facts
        ways = (
            (record_id for record_id in extra if record_id in self.candidates),
            chain.from_iterable(self._names.reach(name) for name in facts.names),
            chain.from_iterable(
                self._relatives.reach(each.name) for each in facts.relatives if each.name
            ),
            self._at_home(facts),
            self._by_pet_name(facts.names),
        )
        found: dict[str, None] = {}
        for turn in zip_longest(*ways):
            found.update((record_id, None) for record_id in turn if record_id is not None)
            if len(found) >= limit:
                break
        return tuple(found)[:limit]

    def _at_home(self, facts: PersonFacts) -> Iterator[str]:
        """Records at the narrowest places heard, surest hearing first."""
        heard = self.hear_homes(facts).heard
        narrow = [path for path in heard if len(path) >= _NARROW]
        supported = {path: sum(path[:d] in heard for d in range(1, len(path))) for path in narrow}
        order = sorted(narrow, key=lambda p: (-supported[p], -len(p), -heard[p], p))
        for path in order:
            yield from self._residents_of.get(path, ())

    def _by_pet_name(self, names: Iterable[str]) -> Iterator[str]:
        for name in map(split_name, names):
            if name.is_pet_name:
                yield from self._given.get(name.given, ())


def _readings(name: str) -> tuple[Syllables, ...]:
    parts = split_name(name)
    if parts.is_pet_name or not parts.given:
        return ()
    found = [fold(each) for each in readings(parts.surname, parts.given)]
    return tuple(dict.fromkeys(found))


def _by_given_character(people: Iterable[Candidate]) -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {}
    for each in people:
        for name in each.facts.names[:1]:
            for char in dict.fromkeys(split_name(name).given):
                lists.setdefault(char, []).append(each.record_id)
    return {char: tuple(ids) for char, ids in lists.items()}


def _by_narrow_place(people: Iterable[Candidate]) -> dict[Path, tuple[str, ...]]:
    lists: dict[Path, list[str]] = {}
    for each in people:
        for home in each.facts.homes:
            for depth in range(_NARROW, len(home.path) + 1):
                lists.setdefault(home.path[:depth], []).append(each.record_id)
    return {path: tuple(ids) for path, ids in lists.items()}
