"""The one currency between comparators: evidence in bits.

Bits are log2 likelihood ratios (Fellegi-Sunter): how many times likelier the two observed
values are if both sides are one person than if they are two. Supporting evidence is positive,
contradicting evidence negative. *Silent* means that one side knows nothing: it is a state of
its own, so that a missing value is never shown or counted as a contradiction.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Self

from matching.errors import BadFactError


class Signal(StrEnum):
    """What was compared. Every member has a comparator and an entry in `docs/glossary.md`."""

    FACE = "face"
    NAME = "name"
    RELATIVES = "relatives"
    HOME = "home"
    SEX = "sex"
    BIRTH = "birth"
    HEIGHT = "height"
    MARKS = "marks"
    DATES = "dates"
    APPARENT_AGE = "apparent_age"
    BLOOD = "blood"
    FOUND_PLACE = "found_place"
    DIALECT = "dialect"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    LANGUAGES = "languages"
    WORK = "work"
    LANDMARKS = "landmarks"


class Stance(StrEnum):
    """Which way a piece of evidence speaks."""

    FOR = "for"
    AGAINST = "against"
    SILENT = "silent"


class Lacks(StrEnum):
    """Whose side knows nothing, so that a signal is silent."""

    RESIDENT = "resident"
    RECORD = "record"
    #: Both know something, but not of the same thing.
    COMMON = "common"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One comparison of one fact, ready to be added up and to be read by a person."""

    signal: Signal
    #: log2 likelihood ratio; exactly 0.0 when silent.
    bits: float
    #: One short Chinese sentence that says what was compared and by which rule.
    detail: str
    probe_value: str | None = None
    candidate_value: str | None = None
    is_silent: bool = False
    #: Of silent evidence, where it is known.
    lacks: Lacks | None = None

    def __post_init__(self) -> None:
        if not isfinite(self.bits) or (self.is_silent and self.bits):
            message = "evidence needs finite bits, and none at all when it is silent"
            raise BadFactError(message)

    @classmethod
    def silent(cls, signal: Signal, why: str, lacks: Lacks = Lacks.RECORD) -> Self:
        """Nothing can be said about `signal`; `why` says so in words."""
        return cls(signal=signal, bits=0.0, detail=why, is_silent=True, lacks=lacks)

    @property
    def stance(self) -> Stance:
        """For, against, or silent; compared but worthless (0 bits) counts as for."""
        if self.is_silent:
            return Stance.SILENT
        return Stance.AGAINST if self.bits < 0 else Stance.FOR
