"""The numbers that decide: read from `policy.toml`, checked once, and named in every lead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite, log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadPolicyError
from matching.tables import toml_table

#: A share may miss 1 by rounding.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """A comparison with a few outcomes, best first; see `policy.toml`."""

    #: How common each outcome is in pairs that are one person, and in pairs that are not.
    m: tuple[float, ...]
    u: tuple[float, ...]
    #: The largest distance of each outcome but the last; empty where outcomes have names.
    limits: tuple[int, ...] = ()
    source: str

    def __post_init__(self) -> None:
        _check_chances((*self.m, *self.u))
        if len(self.m) != len(self.u) or (self.limits and len(self.limits) + 1 != len(self.m)):
            raise BadPolicyError("every outcome needs its m and its u")
        if any(abs(sum(each) - 1) > _ROUNDING for each in (self.m, self.u)):
            raise BadPolicyError("the shares of all outcomes sum to 1")
        if list(self.limits) != sorted(set(self.limits)):
            raise BadPolicyError("distances grow from outcome to outcome")
        bits = self.bits()
        if not bits[0] >= 0 >= bits[-1]:
            raise BadPolicyError("the best outcome never speaks against, the worst never for")

    def outcome(self, distance: int) -> int:
        """The outcome of a distance."""
        return int(np.searchsorted(self.limits, distance))

    def bits(self, counts: Iterable[int] = (), background: float = 1.0) -> tuple[float, ...]:
        """log2(m/u) of each outcome, never rising from a better one to a worse one.

        `counts`: how many records of the registry have each outcome. They take the place of `u`,
        which then weighs like `background` further records.
        """
        seen = np.array(list(counts) or [0] * len(self.u), np.float64)
        u = (seen + background * np.array(self.u)) / (seen.sum() + background)
        bits = np.minimum.accumulate(np.log2(np.array(self.m) / u))
        bits[-1] = min(bits[-1], 0.0)
        return tuple(bits.tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A comparison by a chance model; see `policy.toml`."""

    slip: float
    most: float
    source: str

    def __post_init__(self) -> None:
        _check_chances((self.slip,))
        _check_directions(agreeing=(self.most,))

    def bits(self, ratio: float) -> float:
        """Bits of a likelihood ratio, between log2(slip) and `most`."""
        return min(log2((1 - self.slip) * ratio + self.slip), self.most)

    def all_bits(self, ratios: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same for many; NaN stays NaN."""
        found: NDArray[np.float64] = np.log2((1 - self.slip) * ratios + self.slip)
        return np.minimum(found, self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWeights:
    """What a mark or a word that both sides name is worth."""

    shared: float
    rare: float
    most: float
    source: str

    def __post_init__(self) -> None:
        _check_chances((self.shared, self.rare))
        _check_directions(agreeing=(self.most,))


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWeights:
    """What digits that somebody remembers are worth."""

    #: The share of remembered fragments that are not in the own number.
    wrong: float
    shortest: int
    most: float
    source: str

    def __post_init__(self) -> None:
        _check_chances((self.wrong,))
        _check_directions(agreeing=(self.most,))
        if self.shortest < 1:
            raise BadPolicyError("a fragment has at least one digit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """Signals that say the same thing again: the strongest counts, the others count a share."""

    signals: frozenset[str]
    #: The share of its bits that each but the strongest counts.
    further: float
    #: What they may say together.
    most: float

    def __post_init__(self) -> None:
        _check_directions(agreeing=(self.most,))
        if not 0 <= self.further <= 1:
            raise BadPolicyError("what is said again counts a share of its bits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Where a lead's band begins."""

    strong: float
    possible: float
    #: Bits that a strong lead needs beside its face.
    strong_without_face: float

    def __post_init__(self) -> None:
        if not 0 < self.possible < self.strong < 1:
            raise BadPolicyError("the bands must be ordered probabilities")
        if not self.strong_without_face > 0:
            raise BadPolicyError("a strong lead needs evidence that is not a face")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a search shows."""

    leads: int
    least_probability: float
    #: Bits that a record needs beside the prior.
    least_evidence: float
    #: A face with so many bits is proposed whatever the total.
    face_worth_a_look: float
    face_cap: float

    def __post_init__(self) -> None:
        if self.leads < 1 or not 0 < self.least_probability < 1:
            raise BadPolicyError("a search shows at least one lead, down to some probability")
        if not (self.face_cap > 0 and isfinite(self.face_worth_a_look + self.least_evidence)):
            raise BadPolicyError("a face may speak for somebody, and every limit is finite")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchPolicy:
    """Everything that turns comparisons into leads."""

    version: str
    share_with_record: float
    #: A smaller registry is a part of one of this size.
    whole_registry: int
    #: The country's frequencies count like so many records of the registry.
    background: float
    limits: Limits
    bands: Bands
    #: The share of its bits that all evidence together counts.
    calibration: float
    caps: tuple[Cap, ...]
    name: Channel
    relatives: Channel
    each_after_first: float
    home: Channel
    #: Chance that a place said parts from the one on record at each level, province first.
    home_parts: tuple[float, ...]
    found_place: Channel
    found_place_parts: tuple[float, ...]
    dialect: Channel
    numbers: NumberWeights
    marks: SharedWeights
    words: SharedWeights
    outcomes: Mapping[str, Outcomes]

    def __post_init__(self) -> None:
        _check_chances((self.calibration, *self.home_parts, *self.found_place_parts))
        if not 0 < self.share_with_record < 1:
            raise BadPolicyError("the share of residents with a record lies between 0 and 1")
        capped = [signal for cap in self.caps for signal in cap.signals]
        if len(capped) > len(set(capped)):
            raise BadPolicyError("a signal is capped in one group at most")
        if self.whole_registry < 1:
            raise BadPolicyError("a registry has at least one record")
        if not (self.background > 0 and isfinite(self.background)):
            raise BadPolicyError("the country's frequencies count like some records")
        if not 0 <= self.each_after_first <= 1:
            raise BadPolicyError("a further relative counts a share of its bits")
        if max(sum(self.home_parts), sum(self.found_place_parts)) >= 1:
            raise BadPolicyError("a place that was said agrees with some chance")

    def prior_bits(self, gallery_size: int) -> float:
        """log2 of the odds that one given record is the resident's against that none is.

        Before any comparison; with `share_with_record` s and N records, at least
        `whole_registry`, (s / N) / (1 - s).
        """
        odds = self.share_with_record / (1 - self.share_with_record)
        return log2(odds / max(gallery_size, self.whole_registry))


@cache
def load_policy() -> MatchPolicy:
    """The policy that comes with the program.

    Raises:
        BadPolicyError: a table or a figure is missing.
    """
    return parse_policy(toml_table("matching", "policy.toml"))


def policy_with(tables: Mapping[str, Any]) -> MatchPolicy:
    """The shipped policy with a station's own figures over it, table by table.

    Raises:
        BadPolicyError: a table that the policy does not have, or figures that contradict themselves.
    """
    own = toml_table("matching", "policy.toml")
    if not tables.keys() <= own.keys():
        raise BadPolicyError("the policy has no such table")
    merged = {
        name: {**shipped, **tables.get(name, {})} if isinstance(shipped, dict) else shipped
        for name, shipped in own.items()
    }
    return parse_policy({**merged, "version": tables.get("version", own["version"])})


def parse_policy(table: Mapping[str, Any]) -> MatchPolicy:
    """A policy from its parsed TOML tables.

    Raises:
        BadPolicyError: a table or a figure is missing or of the wrong kind.
    """
    try:
        return _policy(table)
    except (KeyError, TypeError, ValueError) as error:
        raise BadPolicyError("the policy table is incomplete or contradicts itself") from error


def _policy(table: Mapping[str, Any]) -> MatchPolicy:
    return MatchPolicy(
        version=str(table["version"]),
        share_with_record=float(table["prior"]["share_with_record"]),
        whole_registry=int(table["prior"]["whole_registry"]),
        background=float(table["background"]["records"]),
        limits=Limits(**table["limits"]),
        bands=Bands(**table["bands"]),
        calibration=float(table["calibration"]["share"]),
        caps=tuple(
            Cap(
                signals=frozenset(cap["signals"]),
                further=float(cap["further"]),
                most=float(cap["most"]),
            )
            for cap in table["caps"].values()
        ),
        name=_channel(table["name"]),
        relatives=_channel(table["relatives"]),
        each_after_first=float(table["relatives"]["each_after_first"]),
        home=_channel(table["home"]),
        home_parts=_parts(table["home"]),
        found_place=_channel(table["found_place"]),
        found_place_parts=_parts(table["found_place"]),
        dialect=_channel(table["dialect"]),
        numbers=NumberWeights(**table["numbers"]),
        marks=SharedWeights(**table["marks"]),
        words=SharedWeights(**table["words"]),
        outcomes={name: _outcomes(table[name]) for name in _WITH_OUTCOMES},
    )


_LEVELS = ("province", "city", "county", "town", "village", "hamlet")
_WITH_OUTCOMES = ("sex", "birth", "apparent_age", "height", "dates", "blood")


def _parts(table: Mapping[str, Any]) -> tuple[float, ...]:
    return tuple(float(table[f"parts_at_{level}"]) for level in _LEVELS)


def _outcomes(table: Mapping[str, Any]) -> Outcomes:
    return Outcomes(
        m=tuple(map(float, table["m"])),
        u=tuple(map(float, table["u"])),
        limits=tuple(map(int, table.get("limits", ()))),
        source=str(table["source"]),
    )


def _channel(table: Mapping[str, Any]) -> Channel:
    return Channel(
        slip=float(table["slip"]), most=float(table["most"]), source=str(table["source"])
    )


def _check_chances(chances: Iterable[float]) -> None:
    """Refuse what is no chance; NaN fails every comparison and is refused with the rest."""
    if not all(0 < chance <= 1 for chance in chances):
        raise BadPolicyError("a chance lies above 0 and is at most 1")


def _check_directions(*, agreeing: Iterable[float]) -> None:
    """Refuse bits that speak the wrong way: a cap below zero would turn support against someone."""
    if not all(bits >= 0 and isfinite(bits) for bits in agreeing):
        raise BadPolicyError("agreement never speaks against")
