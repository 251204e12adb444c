"""Under which conditions two photos were taken, and when a distance says less for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from matching.errors import BadPolicyError
from matching.model import Candidate, Probe, YearRange

_DAYS_A_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceConditions:
    """What is known of a pair of photos besides their distance; None where unknown."""

    #: Years between the photos.
    years_apart: float | None = None
    #: The person's age on the photo where they are younger.
    youngest_age: float | None = None
    #: How many of the two are below the limits of `quality.toml`.
    poor_photos: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One row of the table: from when on, and what it does (`calibration.toml` says how)."""

    #: A field of FaceConditions.
    what: str
    at_least: float
    below: float
    shift: float
    most_bits: float
    least_bits: float
    #: For the reader, in Chinese.
    words: str
    is_assumed: bool

    def holds(self, under: FaceConditions) -> bool:
        """Whether it applies to such photos; what is unknown does not."""
        value = getattr(under, self.what)
        return value is not None and self.at_least <= value < self.below


def conditions_between(probe: Probe, candidate: Candidate, poor_photos: int) -> FaceConditions:
    """What the two files tell of their photos.

    A station photographs whoever comes in; a family's photo was taken before the person went
    missing, so that the years between are at least those of the absence.
    """
    taken = [day for day in (candidate.missing_since, probe.found_on) if day is not None]
    birth = candidate.facts.birth or probe.facts.birth
    return FaceConditions(
        years_apart=_years_between(candidate.missing_since, probe.found_on),
        youngest_age=None if birth is None or not taken else min(taken).year - _middle(birth),
        poor_photos=poor_photos,
    )


def _years_between(earlier: date | None, later: date | None) -> float | None:
    if earlier is None or later is None:
        return None
    return max((later - earlier).days, 0) / _DAYS_A_YEAR


def _middle(years: YearRange) -> float:
    return (years.earliest + years.latest) / 2


def conditions_of(entry: Mapping[str, Any]) -> tuple[Condition, ...]:
    """The conditions of one engine's table. Raises BadPolicyError."""
    return tuple(_condition(row) for row in entry.get("conditions", ()))


def _condition(row: Mapping[str, Any]) -> Condition:
    if row.get("what") not in FaceConditions.__dataclass_fields__:
        raise BadPolicyError("a condition must name something that is known of photos")
    try:
        found = Condition(
            what=row["what"],
            at_least=float(row.get("from", float("-inf"))),
            below=float(row.get("below", float("inf"))),
            shift=float(row["shift"]),
            most_bits=float(row["most_bits"]),
            least_bits=float(row["least_bits"]),
            words=str(row["words"]),
            is_assumed=bool(row.get("assumed", True)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadPolicyError("a condition of a calibration table is incomplete") from error
    if found.shift < 0 or found.least_bits > 0 or found.most_bits < 0:
        raise BadPolicyError("a condition can only make a distance say less")
    return found
