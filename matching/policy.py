"""The numbers that decide: read from `policy.toml`, checked once, and named in every lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import isfinite, log2
from typing import Any

from matching.errors import BadPolicyError
from matching.tables import toml_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Bits by how far two numbers are apart."""

    #: (largest difference, bits), differences growing.
    within: tuple[tuple[int, float], ...]
    beyond: float

    def __post_init__(self) -> None:
        limits = [limit for limit, _ in self.within]
        bits = [*(bits for _, bits in self.within), self.beyond]
        falls = all(a >= b for a, b in pairwise(bits)) and all(map(isfinite, bits))
        if limits != sorted(set(limits)) or not falls:
            raise BadPolicyError("a step table must grow in distance and fall in bits")

    def bits(self, difference: int) -> float:
        """The bits of a difference."""
        return next((bits for limit, bits in self.within if difference <= limit), self.beyond)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWeights:
    """What names are worth beside their rarity."""

    #: outcome -> chance of it when both names are one person's.
    m: Mapping[str, float]
    different: float
    most: float
    rarest: float

    def __post_init__(self) -> None:
        _check_chances((*self.m.values(), self.rarest))
        _check_directions(agreeing=(self.most,), differing=(self.different,))


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeWeights:
    """What a relative with a name is worth."""

    same_name: float
    homophone: float
    surname: float
    different: float
    #: A second relative that agrees counts this share of its bits: families share surnames.
    each_after_first: float
    most: float

    def __post_init__(self) -> None:
        if not self.same_name >= self.homophone >= self.surname:
            raise BadPolicyError("a relative's name is worth less the less of it agrees")
        if not 0 <= self.each_after_first <= 1:
            raise BadPolicyError("a further relative counts a share of its bits")
        _check_directions(agreeing=(self.surname, self.most), differing=(self.different,))


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeWeights:
    """What a home place is worth beside its rarity."""

    m: Mapping[str, float]
    province_only_conflict: float
    county_conflict: float
    most: float

    def __post_init__(self) -> None:
        _check_chances(self.m.values())
        conflicts = (self.province_only_conflict, self.county_conflict)
        _check_directions(agreeing=(self.most,), differing=conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """Signals that say the same thing twice may together say no more than `most`."""

    signals: frozenset[str]
    most: float

    def __post_init__(self) -> None:
        _check_directions(agreeing=(self.most,), differing=())


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPolicy:
    """Everything that turns comparisons into leads."""

    version: str
    share_with_record: float
    leads: int
    least_bits: float
    #: A face with so many bits is proposed whatever the total.
    face_worth_a_look: float
    face_cap: float
    strong: float
    possible: float
    strong_without_face: float
    caps: tuple[Cap, ...]
    name: NameWeights
    relatives: RelativeWeights
    home: HomeWeights
    sex_same: float
    sex_different: float
    birth: Steps
    height: Steps
    marks_shared: float
    marks_most: float
    dates_in_order: float
    dates_reversed: float

    def __post_init__(self) -> None:
        if not 0 < self.share_with_record < 1:
            raise BadPolicyError("the share of residents with a record lies between 0 and 1")
        if not 0 < self.possible < self.strong < 1:
            raise BadPolicyError("the bands must be ordered probabilities")
        if not (self.strong_without_face > 0 and self.face_cap > 0):
            raise BadPolicyError("a strong lead needs evidence that is not a face")
        if self.leads < 1 or not isfinite(self.least_bits):
            raise BadPolicyError("a search shows at least one lead, down to a finite total")
        _check_directions(
            agreeing=(self.sex_same, self.marks_shared, self.marks_most, self.dates_in_order),
            differing=(self.sex_different, self.dates_reversed),
        )

    def prior_bits(self, gallery_size: int) -> float:
        """log2 odds that one given record of a gallery is the resident's, before any comparison."""
        odds = self.share_with_record / (1 - self.share_with_record)
        return log2(odds / max(gallery_size, 1))


@cache
def load_policy() -> MatchPolicy:
    """The policy that comes with the program.

    Raises:
        BadPolicyError: a table or a figure is missing.
    """
    return parse_policy(toml_table("matching", "policy.toml"))


def parse_policy(table: Mapping[str, Any]) -> MatchPolicy:
    """A policy from its parsed TOML tables.

    Raises:
        BadPolicyError: a table or a figure is missing or of the wrong kind.
    """
    try:
        return MatchPolicy(
            version=str(table["version"]),
            share_with_record=float(table["prior"]["share_with_record"]),
            leads=int(table["limits"]["leads"]),
            least_bits=float(table["limits"]["least_bits"]),
            face_worth_a_look=float(table["limits"]["face_worth_a_look"]),
            face_cap=float(table["limits"]["face_cap"]),
            strong=float(table["bands"]["strong"]),
            possible=float(table["bands"]["possible"]),
            strong_without_face=float(table["bands"]["strong_without_face"]),
            caps=tuple(
                Cap(signals=frozenset(cap["signals"]), most=float(cap["most"]))
                for cap in table["caps"].values()
            ),
            name=_name(table["name"]),
            relatives=RelativeWeights(**table["relatives"]),
            home=_home(table["home"]),
            sex_same=float(table["sex"]["same"]),
            sex_different=float(table["sex"]["different"]),
            birth=_steps(table["birth"]),
            height=_steps(table["height"]),
            marks_shared=float(table["marks"]["shared"]),
            marks_most=float(table["marks"]["most"]),
            dates_in_order=float(table["dates"]["missing_before_found"]),
            dates_reversed=float(table["dates"]["found_before_missing"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadPolicyError("the policy table is incomplete or contradicts itself") from error


def _check_chances(chances: Iterable[float]) -> None:
    """Refuse what is no chance; NaN fails every comparison and is refused with the rest."""
    if not all(0 < chance <= 1 for chance in chances):
        raise BadPolicyError("a chance lies above 0 and is at most 1")


def _check_directions(*, agreeing: Iterable[float], differing: Iterable[float]) -> None:
    """Refuse bits that speak the wrong way: a cap below zero would turn support against someone."""
    speaks_for = all(bits >= 0 and isfinite(bits) for bits in agreeing)
    speaks_against = all(bits <= 0 and isfinite(bits) for bits in differing)
    if not (speaks_for and speaks_against):
        raise BadPolicyError("agreement never speaks against, contradiction never for")


def _name(table: Mapping[str, Any]) -> NameWeights:
    outcomes = ("exact", "homophone", "near", "pet_name", "surname")
    return NameWeights(
        m={each: float(table[each]["m"]) for each in outcomes},
        different=float(table["different"]),
        most=float(table["most"]),
        rarest=float(table["rarest"]),
    )


def _home(table: Mapping[str, Any]) -> HomeWeights:
    return HomeWeights(
        m={each: float(table[each]["m"]) for each in ("exact", "homophone", "near")},
        province_only_conflict=float(table["province_only_conflict"]),
        county_conflict=float(table["county_conflict"]),
        most=float(table["most"]),
    )


def _steps(table: Mapping[str, Any]) -> Steps:
    within = tuple((int(limit), float(bits)) for limit, bits in table["within"])
    return Steps(within=within, beyond=float(table["beyond"]))
