"""The figures of `parameters.toml`, and what another world overrides of them."""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent
#: (bound, figure), bounds growing.
Steps = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who goes missing."""

    with_record: float
    found_year: int
    minors: float
    adults: float
    adult_mode_age: float
    elderly_mean_age: float
    elderly_spread: float
    oldest: int
    men_minors: float
    men_adults: float
    men_elderly: float
    gap_years: Steps
    nickname: float
    former_name: float
    one_character: Steps
    mark: float
    marks_at_most: int
    height_men: float
    height_women: float
    height_spread: float
    height_gain: float
    shrinks_after: int
    shrinks: float
    works: float
    landmarks_near: int
    missing_near_home: float
    strong_dialect: Steps
    blood: Mapping[str, float]
    provinces: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalikes:
    """Shares of residents beside whom somebody else's record is put."""

    sibling: float
    twin: float
    namesake: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a family writes: the section `record`."""

    pet_name: float
    former_name: float
    miswritten: float
    sex_wrong: float
    no_birth: float
    birth_off_by_one: float
    vague_birth: float
    no_home: float
    elsewhere: float
    depth: Steps
    no_height: float
    height_error: float
    mark: float
    no_date: float
    no_missing_place: float
    relative: float
    reporter: float
    no_photo: float
    poor_photo: float
    blood: float
    id_number: float
    phone: float
    language: float
    work: float
    landmark: float
    photo_age: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How much one kind of resident tells: a section below `resident`."""

    share: float
    #: Of children below `young`.
    share_young: float
    own_name: float
    surname_only: float
    pet_name: float
    another_name: float
    writes: float
    home: float
    depth: Steps
    wrong_home: float
    relative: float
    relative_wrong: float
    age: float
    age_error: float
    dialect: float
    id_number: float
    phone: float
    language: float
    work: float
    landmark: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """What a station sees: the figures of the section `resident`."""

    young: int
    sex_wrong: float
    height_error: float
    no_height: float
    no_photo: float
    useless_photo: float
    poor_photo: float
    apparent_age_error: float
    apparent_age_error_minors: float
    looks_older: float
    blood_tested: float
    mark_seen: float
    mark_side_wrong: float
    found_same_city: float
    found_same_province: float
    found_home_province: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """From what is said to what is written down."""

    by_dialect: float
    homophone_given: float
    homophone_surname: float
    homophone_place: float
    homophone_county: float
    drops_province: float
    drops_city: float
    drops_suffix: float
    nominal_age: float
    heaped_age: float
    birth_year_said: float
    other_work: float
    named_landmark: float
    wrong_digit: float
    right_group: float
    near_group: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """Distances and correlations of the vectors."""

    strangers: float
    same: float
    decay: float
    minors_scale: float
    minors_from_adults: float
    sexes: float
    siblings: float
    twins: float
    identical: float
    kept: Steps
    kept_minor: Steps
    poor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """One world."""

    version: str
    seeds: Mapping[str, int]
    people: People
    family: Mapping[str, Any]
    lookalikes: Lookalikes
    record: Filing
    station: Station
    tellings: Mapping[str, Telling]
    hearing: Hearing
    faces: Faces


@cache
def usual() -> Parameters:
    """The world of `parameters.toml`."""
    return parameters_of(_read("parameters.toml"))


@cache
def shifted() -> Parameters:
    """The same with the overrides of `shifted.toml`."""
    return parameters_of(_overridden(_read("parameters.toml"), _read("shifted.toml")))


def parameters_of(table: Mapping[str, Any]) -> Parameters:
    """A world from its parsed tables; a figure too few or too many is a TypeError."""
    resident = table["resident"]
    return Parameters(
        version=table["version"],
        seeds=table["seeds"],
        people=People(**table["people"]),
        family=table["family"],
        lookalikes=Lookalikes(**table["lookalikes"]),
        record=Filing(**table["record"]),
        station=Station(**{k: v for k, v in resident.items() if not isinstance(v, dict)}),
        tellings={k: Telling(**v) for k, v in resident.items() if isinstance(v, dict)},
        hearing=Hearing(**table["hearing"]),
        faces=Faces(**table["faces"]),
    )


def stepped(steps: Steps, value: float) -> float:
    """The figure of the first bound above `value`; the last one beyond."""
    return next((figure for bound, figure in steps if value < bound), steps[-1][1])


def interpolated(steps: Steps, value: float) -> float:
    """The figure between the bounds around `value`; level outside them."""
    low = max(0, min(bisect_right([bound for bound, _ in steps], value) - 1, len(steps) - 2))
    (x0, y0), (x1, y1) = steps[low], steps[low + 1]
    return y0 + (y1 - y0) * min(1.0, max(0.0, (value - x0) / (x1 - x0)))


def drawn(rows: Steps, rng: Random) -> int:
    """Which row, each as likely as its second figure says."""
    totals = list(accumulate(weight for _, weight in rows))
    return min(bisect_right(totals, rng.random() * totals[-1]), len(rows) - 1)


def _read(file: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / file).read_text(encoding="utf-8"))


def _overridden(table: Mapping[str, Any], by: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(table)
    for key, value in by.items():
        if key not in table:
            raise KeyError(key)
        merged[key] = _overridden(table[key], value) if isinstance(value, dict) else value
    return merged
