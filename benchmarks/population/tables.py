"""The tables in `data/` (made by scripts/draw_population_tables.py) and the words of `words.toml`."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final

from matching.model import Sex
from matching.text.pinyin import syllables
from scripts.dialects.homophones import mandarin_homophone

_FOLDER: Final = Path(__file__).parent
_DECADES: Final = (
    (1960, "1930_1959"),
    (1970, "1960_1969"),
    (1980, "1970_1979"),
    (1990, "1980_1989"),
    (2000, "1990_1999"),
    (9999, "2000_2008"),
)


@dataclass(frozen=True, slots=True)
class Shares:
    """Things, each as often drawn as its weight says."""

    items: Sequence[str]
    totals: Sequence[float]

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> "Shares":
        return cls(tuple(weights), tuple(accumulate(weights.values())))

    def draw(self, rng: Random) -> str:
        return rng.choices(self.items, cum_weights=self.totals)[0]


@dataclass(frozen=True, slots=True)
class Speech:
    """How people of a county speak: the dialect group, and the held-back point they sound like."""

    group: str
    point: str


@cache
def surnames() -> Shares:
    """By how many people bear them."""
    return Shares.of({row["surname"]: float(row["per_million"]) for row in _rows("surnames.tsv")})


def given_characters(sex: Sex, born: int) -> Shares:
    """Characters of given names, by sex and decade of birth."""
    decade = next(name for before, name in _DECADES if born < before)
    return _given_characters(sex, decade)


@cache
def _given_characters(sex: Sex, decade: str) -> Shares:
    rows = _rows("given_characters.tsv")
    return Shares.of({row["character"]: float(row[sex]) * float(row[decade]) for row in rows})


@cache
def speech() -> Mapping[tuple[str, str, str], Speech]:
    """`province, city, county` -> how people speak there."""
    rows = _rows("speech.tsv")
    return {
        (row["province"], row["city"], row["county"]): Speech(row["group"], row["point"])
        for row in rows
    }


@cache
def groups_of_province() -> Mapping[str, tuple[str, ...]]:
    """The dialect groups spoken in each province, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    for (province, *_), spoken in speech().items():
        found[province].add(spoken.group)
    return {province: tuple(sorted(groups)) for province, groups in found.items()}


@cache
def hearings() -> Mapping[str, Mapping[str, str]]:
    """Held-back point -> meant character -> the character that a stranger hears."""
    found = {}
    for row in _rows("hearings.tsv"):
        pairs = row["meant_and_heard"]
        found[row["point"]] = dict(zip(pairs[::2], pairs[1::2], strict=True))
    return found


@cache
def marks() -> tuple[tuple[str, ...], ...]:
    """Each mark in its wordings."""
    return tuple(tuple(wordings) for wordings in _words()["marks"])


@dataclass(frozen=True, slots=True)
class Work:
    """What people do, and how both sides put it."""

    share: float
    wordings: Sequence[str]


@cache
def works() -> tuple[Work, ...]:
    """Every kind of work."""
    return tuple(Work(**row) for row in _words()["works"])


@cache
def landmarks() -> tuple[str, ...]:
    """What may stand near somebody's home."""
    return tuple(_words()["near_home"]["landmarks"])


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((_FOLDER / "words.toml").read_text(encoding="utf-8"))


def _by_syllable(weights: Mapping[str, float]) -> dict[str, Shares]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for char, weight in weights.items():
        found[syllables(char)[0]][char] = weight
    return {syllable: Shares.of(each) for syllable, each in found.items()}


@cache
def _names_by_syllable() -> Mapping[str, Shares]:
    rows = _rows("given_characters.tsv")
    return _by_syllable({r["character"]: float(r["male"]) + float(r["female"]) for r in rows})


@cache
def _surnames_by_syllable() -> Mapping[str, Shares]:
    """Surnames of one character by their usual reading (单 is dan here: a clerk who guesses)."""
    rows = _rows("surnames.tsv")
    weights = {r["surname"]: float(r["per_million"]) for r in rows if len(r["surname"]) == 1}
    return _by_syllable(weights)


def surname_homophone(char: str, rng: Random) -> str:
    """How a clerk writes what sounds like `char` where a surname must be: a surname, if one sounds so."""
    known = _surnames_by_syllable().get(syllables(char)[0])
    return known.draw(rng) if known else name_homophone(char, rng)


def name_homophone(char: str, rng: Random) -> str:
    """How a clerk writes what sounds like `char` in a name: a common character of names."""
    sound = syllables(char)[0]
    known = _names_by_syllable().get(sound)
    return known.draw(rng) if known else mandarin_homophone(char, sound, rng)


def place_homophone(char: str, rng: Random) -> str:
    """The same for the name of a place: any common character."""
    return mandarin_homophone(char, syllables(char)[0], rng)


@cache
def _rows(file: str) -> tuple[dict[str, str], ...]:
    return tuple(_read(file))


def _read(file: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / "data" / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")
