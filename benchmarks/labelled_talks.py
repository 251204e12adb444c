"""Labelled records of talks, and how a reading of one is held against its labels.

A stretch is right when it overlaps a labelled stretch of its kind. A name is right when one of its
readings is labelled or is the surname of a labelled name; of labelled names that sound alike either may be written. A year range is right
when most of the years that either side allows are allowed by both.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from pypinyin import lazy_pinyin

from matching.model import Relation, YearRange
from matching.text.testimony.births import birth_of
from matching.text.testimony.clues import Clue, ClueKind, Speaker

OWN: Final = Path(__file__).parent / "data" / "transcripts.jsonl"
#: Twenty talks written after the rules; those with even numbers were never used to mend a rule.
LATER: Final = Path(__file__).parent / "data" / "later_transcripts.jsonl"
#: Inside the development data folder.
DEVELOPMENT: Final = Path("transcripts") / "dev.jsonl"
#: Talks of the development set bear no day.
_SOME_DAY: Final = date(2026, 3, 5)
#: Labels of the own set that are stretches of the text, and the kind that should find them.
STRETCHES: Final[Mapping[str, ClueKind]] = {
    "home_heard": ClueKind.HOME_PLACE,
    "other_places": ClueKind.OTHER_PLACE,
    "landmarks": ClueKind.LANDMARK,
    "body_marks": ClueKind.BODY_MARK,
    "dialect_markers": ClueKind.DIALECT_MARKER,
    "events": ClueKind.EVENT,
    "abduction": ClueKind.POSSIBLE_ABDUCTION,
}
#: Relations of the development set, in its own words.
_RELATIONS: Final[Mapping[str, frozenset[Relation]]] = {
    "父亲": frozenset({Relation.FATHER}),
    "母亲": frozenset({Relation.MOTHER}),
    "妻子": frozenset({Relation.WIFE}),
    "儿子": frozenset({Relation.SON}),
    "女儿": frozenset({Relation.DAUGHTER}),
    "哥哥": frozenset({Relation.ELDER_BROTHER}),
    "弟弟": frozenset({Relation.YOUNGER_BROTHER}),
    "孩子": frozenset({Relation.CHILD, Relation.SON, Relation.DAUGHTER}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledTalk:
    """One record and what a careful reader finds in it."""

    id: str
    on: date
    text: str
    #: Full official names from the province down; empty when no usable place was said.
    home: tuple[str, ...]
    own_names: tuple[str, ...]
    #: The relations that count, and the name.
    relatives: tuple[tuple[frozenset[Relation], str], ...]
    birth: YearRange | None
    #: Kind -> stretches of the text; only kinds that the set labels.
    stretches: Mapping[ClueKind, tuple[str, ...]]


@dataclass(slots=True)
class Tally:
    """Counts over a set: what was said and right, and what was labelled and found."""

    right: int = 0
    said: int = 0
    found: int = 0
    labelled: int = 0

    def add(self, said: Iterable[bool], labelled: Iterable[bool]) -> None:
        """Count one talk: for each clue whether it is right, for each label whether it was found."""
        judged, looked_for = list(said), list(labelled)
        self.right += sum(judged)
        self.said += len(judged)
        self.found += sum(looked_for)
        self.labelled += len(looked_for)

    @property
    def precision(self) -> float:
        """Share of what was said that is right; 1 where nothing was said."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Share of what is labelled that was found; 1 where nothing is labelled."""
        return self.found / self.labelled if self.labelled else 1.0


@dataclass(frozen=True, slots=True)
class Tallies:
    """The counts of a set by kind of clue."""

    of: dict[ClueKind, Tally] = field(default_factory=dict)

    def add(self, talk: LabelledTalk, clues: Sequence[Clue]) -> None:
        """Hold one reading against its labels. What the worker named first counts for nothing."""
        said = [clue for clue in clues if clue.speaker is not Speaker.WORKER]
        for kind, stretches in talk.stretches.items():
            self._tally(kind).add(*_stretches(talk, _of(said, kind), stretches))
        self._tally(ClueKind.SELF_NAME).add(*_names(talk, _of(said, ClueKind.SELF_NAME)))
        self._tally(ClueKind.RELATIVE).add(*_relatives(talk, _of(said, ClueKind.RELATIVE)))
        self._tally(ClueKind.AGE_OR_BIRTH).add(*_births(talk, said))

    def _tally(self, kind: ClueKind) -> Tally:
        return self.of.setdefault(kind, Tally())


def own_talks() -> tuple[LabelledTalk, ...]:
    """The set of the project."""
    return tuple(map(_own, _lines(OWN)))


def later_talks(*, is_mended: bool) -> tuple[LabelledTalk, ...]:
    """The talks written after the rules: those that rules were mended with, or those never used so."""
    talks = map(_own, _lines(LATER))
    return tuple(talk for talk in talks if bool(int(talk.id[1:]) % 2) is is_mended)


def development_talks(folder: Path) -> tuple[LabelledTalk, ...]:
    """The set of the development data folder; empty when the folder holds none."""
    file = folder / DEVELOPMENT
    return tuple(map(_development, _lines(file))) if file.exists() else ()


def _lines(file: Path) -> Iterator[Mapping[str, Any]]:
    return (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line)


def _own(row: Mapping[str, Any]) -> LabelledTalk:
    gold = row["gold"]
    return LabelledTalk(
        id=row["id"],
        on=date.fromisoformat(row["on"]),
        text=row["text"],
        home=tuple(gold["home"] or ()),
        own_names=tuple(gold["self"]),
        relatives=tuple((frozenset({Relation(r)}), name) for r, name in gold["relatives"]),
        birth=_years(gold["birth"]),
        stretches={kind: tuple(gold[label]) for label, kind in STRETCHES.items()},
    )


def _development(row: Mapping[str, Any]) -> LabelledTalk:
    gold = row["gold"]
    return LabelledTalk(
        id=row["id"],
        on=_SOME_DAY,
        text=row["text"],
        home=tuple(gold["home"]),
        own_names=tuple(gold["self"]),
        relatives=tuple((_RELATIONS[word], name) for word, name in gold["relatives"]),
        birth=_years(gold.get("birth_year")),
        stretches={},
    )


def _years(pair: Sequence[int] | None) -> YearRange | None:
    return YearRange(earliest=pair[0], latest=pair[1]) if pair else None


def _of(clues: Iterable[Clue], kind: ClueKind) -> list[Clue]:
    return [clue for clue in clues if clue.kind is kind]


def _stretches(
    talk: LabelledTalk, clues: Sequence[Clue], stretches: Sequence[str]
) -> tuple[list[bool], list[bool]]:
    """Each stretch may stand several times; finding it once is enough."""
    places = {stretch: list(_places(talk.text, stretch)) for stretch in stretches}
    said = [any(_overlap(clue, at) for each in places.values() for at in each) for clue in clues]
    found = [any(_overlap(clue, at) for clue in clues for at in each) for each in places.values()]
    return said, found


def _places(text: str, stretch: str) -> Iterator[tuple[int, int]]:
    at = text.find(stretch)
    while at >= 0:
        yield at, at + len(stretch)
        at = text.find(stretch, at + 1)


def _overlap(clue: Clue, at: tuple[int, int]) -> bool:
    return clue.start < at[1] and at[0] < clue.end


def _names(talk: LabelledTalk, clues: Sequence[Clue]) -> tuple[list[bool], list[bool]]:
    labelled = set(talk.own_names)
    read = {reading for clue in clues for reading in clue.readings} & labelled
    sounds = {_sound(name) for name in read}
    said = [any(_is_of(reading, labelled) for reading in clue.readings) for clue in clues]
    return said, [_sound(name) in sounds for name in talk.own_names]


def _is_of(reading: str, labelled: Iterable[str]) -> bool:
    """One of the names, or the surname of one."""
    return any(name == reading or name.startswith(reading) for name in labelled)


def _sound(name: str) -> str:
    return " ".join(lazy_pinyin(name))


def _relatives(talk: LabelledTalk, clues: Sequence[Clue]) -> tuple[list[bool], list[bool]]:
    def fits(clue: Clue, label: tuple[frozenset[Relation], str]) -> bool:
        return clue.relation in label[0] and label[1] in clue.readings

    said = [any(fits(clue, label) for label in talk.relatives) for clue in clues]
    return said, [any(fits(clue, label) for clue in clues) for label in talk.relatives]


def _births(talk: LabelledTalk, clues: Sequence[Clue]) -> tuple[list[bool], list[bool]]:
    read = birth_of(clues)
    is_right = read is not None and talk.birth is not None and _agree(read, talk.birth)
    return [is_right] if read else [], [is_right] if talk.birth else []


def _agree(one: YearRange, other: YearRange) -> bool:
    """At least half of the years that either allows are allowed by both."""
    common = min(one.latest, other.latest) - max(one.earliest, other.earliest) + 1
    either = max(one.latest, other.latest) - min(one.earliest, other.earliest) + 1
    return common * 2 >= either
