"""Under which conditions two photos were taken, and when a distance says less for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.errors import BadPolicyError


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
