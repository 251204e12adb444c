"""What a face distance is worth: bits and odds, from the curves in `calibration.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import erfc, log2, sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadPolicyError
from matching.face.conditions import Condition, FaceConditions, conditions_of
from matching.face.crowd import Crowd
from matching.tables import toml_table

#: Distances at which the curve is worked out; between them it is a straight line. Two unit-scale
#: vectors of 128 numbers are never farther apart than this in practice.
_GRID: Final = np.linspace(0.0, 1.6, 321)
#: Beginning of the names of engines that a station adds with a manifest.
_ADDED: Final = "onnx:"
_TEN_THOUSAND: Final = 10_000
_ORDINARY: Final = FaceConditions()

Mixture = tuple[tuple[float, float, float], ...]
"""Normal densities: (weight, mean, standard deviation)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Where the bits of a distance come from: two mixtures, or measured points."""

    same: Mixture = ()
    strangers: Mixture = ()
    #: (distance, bits), by distance; used instead of the mixtures when there are any.
    points: tuple[tuple[float, float], ...] = ()
    most_bits: float = 0.0
    least_bits: float = 0.0
    #: Up to this distance the strangers of a gallery are counted; 0 for never.
    counted_within: float = 0.0

    def share_within(self, distance: float) -> float:
        """The share of strangers who are at least as near."""
        return sum(
            weight * 0.5 * erfc((mean - distance) / (deviation * sqrt(2.0)))
            for weight, mean, deviation in self.strangers
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What one engine's distances say, and under which conditions they say less."""

    engine: str
    #: Engine and date of the table, recorded with every score.
    version: str
    #: Whether the curve rests on published figures instead of local photos.
    is_assumed: bool
    #: Chinese sentences that every reader of a distance must see.
    warnings: tuple[str, ...]
    curve: Curve = field(default_factory=Curve)
    conditions: tuple[Condition, ...] = ()

    def bits(
        self, distance: float, under: FaceConditions = _ORDINARY, crowd: Crowd | None = None
    ) -> float:
        """log2 likelihood ratio of one person against two; never rises with the distance.

        With `crowd`, a distance says more where fewer of the gallery are near than the table expects.
        Suppose the strangers nearer than d are Poisson with an unknown mean, which is Gamma distributed
        with shape 1 around N T(d), the table's. After c of them were counted its mean is
        N T(d) (1 + c) / (1 + N T(d)), so the bits gain

            log2((1 + N T(d)) / (1 + c)):

        nothing in a small gallery and nothing where the table was right. They never lose any: where
        more are near than expected, each of them is a rival in the search already.
        """
        limits = self._limits(under)
        plain = float(np.interp(distance, _GRID, _bits_on_grid(self.curve, limits)))
        nearer = crowd.nearer_than(distance) if crowd and self.counts_at(distance) else None
        if crowd is None or nearer is None:
            return plain
        alone = _bits_if_nearest(self.curve, limits, crowd.gallery_size)
        return max(plain, float(np.interp(distance, _GRID, alone)) - log2(1 + nearer))

    def counts_at(self, distance: float) -> bool:
        """Whether it matters at such a distance who else of the gallery is near."""
        return distance <= self.curve.counted_within

    def same_odds(
        self, distance: float, gallery_size: int, under: FaceConditions = _ORDINARY
    ) -> float:
        """Odds that it is one person, when each of `gallery_size` people was as likely before.

        A gallery of one means even odds before the photos were compared.
        """
        return float(2.0 ** (self.bits(distance, under) - log2(max(gallery_size, 1))))

    def strangers_within(self, distance: float, gallery_size: int) -> float | None:
        """How many strangers of such a gallery are expected to be at least as near.

        None when the table has no curve of strangers.
        """
        return gallery_size * self.curve.share_within(distance) if self.curve.strangers else None

    def is_assumed_under(self, under: FaceConditions) -> bool:
        """Whether anything that the bits of such photos rest on was not measured."""
        return self.is_assumed or any(each.is_assumed for each in self._met(under))

    def detail(
        self,
        distance: float,
        gallery_size: int,
        under: FaceConditions = _ORDINARY,
        crowd: Crowd | None = None,
    ) -> str:
        """One Chinese sentence for the evidence list.

        For example 人脸距离 0.52（库内 21 万；未校准；陌生人里估计也有约 60 人这么近；实际另有 2 人更近）.
        """
        parts = [
            f"库内 {in_words(gallery_size)}",
            "未校准" if self.is_assumed_under(under) else "已校准",
        ]
        strangers = self.strangers_within(distance, gallery_size)
        if strangers is not None and strangers >= 1:
            parts.append(f"陌生人里估计也有约 {in_words(round(strangers))}这么近")
        nearer = crowd.nearer_than(distance) if crowd else None
        if nearer is not None:
            parts.append(f"实际另有 {nearer} 人更近" if nearer else "实际没有别人更近")
        parts += [each.words for each in self._told(under)]
        return f"人脸距离 {distance:.2f}（{'；'.join(parts)}）"

    def _limits(self, under: FaceConditions) -> "_Limits":
        met = self._met(under)
        return _Limits(
            shift=sum(each.shift for each in met),
            most=min([self.curve.most_bits, *(each.most_bits for each in met)]),
            least=max([self.curve.least_bits, *(each.least_bits for each in met)]),
        )

    def _met(self, under: FaceConditions) -> tuple[Condition, ...]:
        return tuple(each for each in self.conditions if each.holds(under))

    def _told(self, under: FaceConditions) -> tuple[Condition, ...]:
        """Of each kind of condition the gravest."""
        gravest: dict[str, Condition] = {}
        for each in self._met(under):
            known = gravest.get(each.what)
            if known is None or each.most_bits < known.most_bits:
                gravest[each.what] = each
        return tuple(gravest.values())


@cache
def load_calibration(engine: str) -> Calibration:
    """The shipped calibration of an engine.

    Raises:
        BadPolicyError: there is none for this engine, or the table contradicts itself.
    """
    tables = toml_table("matching.face", "calibration.toml")
    entry = tables["engines"].get(table_name(engine))
    if entry is None and engine.startswith(_ADDED):
        return _uncalibrated(engine, tables)
    if entry is None:
        raise BadPolicyError(f"calibration.toml has no engine named {engine}")
    return calibration_of(engine, str(tables["version"]), entry, conditions_of(entry))


def has_calibration(engine: str) -> bool:
    """Whether anything is known of what this engine's distances mean."""
    engines = toml_table("matching.face", "calibration.toml")["engines"]
    return engine.startswith(_ADDED) or table_name(engine) in engines


def table_name(engine: str) -> str:
    """Under which name the table of an engine stands: engines with the same vectors share one."""
    same_as = toml_table("matching.face", "calibration.toml")["same_as"]
    return str(same_as.get(engine, engine))


def calibration_of(
    engine: str, version: str, entry: Mapping[str, Any], conditions: tuple[Condition, ...]
) -> Calibration:
    """The calibration that one engine's table describes.

    Raises:
        BadPolicyError: the table is incomplete or contradicts itself.
    """
    try:
        curve = Curve(
            same=_mixture(entry.get("same", ())),
            strangers=_mixture(entry.get("strangers", ())),
            points=tuple((float(d), float(bits)) for d, bits in entry.get("points", ())),
            most_bits=float(entry["most_bits"]),
            least_bits=float(entry["least_bits"]),
            counted_within=float(entry.get("counted_within", 0.0)),
        )
        found = Calibration(
            engine=engine,
            version=f"{engine}/{version}",
            is_assumed=bool(entry["assumed"]),
            warnings=tuple(entry["warnings"]),
            curve=curve,
            conditions=conditions,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadPolicyError(f"the calibration table of {engine} is incomplete") from error
    _check(found)
    return found


def in_words(count: int) -> str:
    """People as Chinese readers count them: 8500 人, 1.6 万, 21 万."""
    if count < _TEN_THOUSAND:
        return f"{count} 人"
    in_ten_thousands = count / _TEN_THOUSAND
    return (
        f"{in_ten_thousands:.0f} 万"
        if count >= 10 * _TEN_THOUSAND
        else f"{in_ten_thousands:.2g} 万"
    )


def _uncalibrated(engine: str, tables: Mapping[str, Any]) -> Calibration:
    """An added network says nothing until somebody has measured what its distances mean."""
    return Calibration(
        engine=engine,
        version=f"{engine}/uncalibrated",
        is_assumed=True,
        warnings=tuple(tables["added_engines"]["warnings"]),
    )


def _check(calibration: Calibration) -> None:
    curve = calibration.curve
    if curve.least_bits >= curve.most_bits:
        raise BadPolicyError("least_bits must be below most_bits")
    if not curve.points and not (curve.same and curve.strangers):
        raise BadPolicyError("a calibration needs both curves, or points")
    if curve.counted_within and not curve.strangers:
        raise BadPolicyError("strangers can only be counted against a curve of strangers")
    distances = [distance for distance, _ in curve.points]
    if distances != sorted(set(distances)):
        raise BadPolicyError("the points of a calibration go by rising distance")


def _mixture(rows: Any) -> Mixture:
    return tuple((float(weight), float(mean), float(deviation)) for weight, mean, deviation in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limits:
    """What the conditions of a pair of photos make of a curve."""

    shift: float
    most: float
    least: float


@cache
def _bits_on_grid(curve: Curve, limits: _Limits) -> NDArray[np.float64]:
    """log2 ratio of both densities, made to fall everywhere, within the caps.

    Normal curves have tails that cross again far out on either side; a smaller distance must
    still never speak less for one person than a larger one. The upper cap is soft,
    1 / (1 / ratio + 1 / cap): the curve nears it without ever reaching it, so that smaller
    distances still rank first.
    """
    if not curve.points and not curve.same:
        return np.zeros_like(_GRID)
    raw = _points(curve) if curve.points else _ratio(curve, limits.shift)
    falling = np.minimum.accumulate(raw)
    capped: NDArray[np.float64] = -np.logaddexp2(-falling, -limits.most)
    return np.maximum(capped, limits.least)


@lru_cache(maxsize=256)
def _bits_if_nearest(curve: Curve, limits: _Limits, gallery_size: int) -> NDArray[np.float64]:
    """Bits on the grid when nobody of the gallery is nearer; falling, within `counted_within`."""
    expected = gallery_size * np.array([curve.share_within(each) for each in _GRID.tolist()])
    bits = _bits_on_grid(curve, limits) + np.log2(1 + expected)
    bits = np.where(curve.counted_within >= _GRID, bits, -np.inf)
    # Nobody within a longer distance is more to say than nobody within a shorter one.
    falling: NDArray[np.float64] = np.maximum.accumulate(bits[::-1])[::-1]
    return falling


def _points(curve: Curve) -> NDArray[np.float64]:
    """Measured bits, level beyond the first and the last point."""
    distances, bits = zip(*curve.points, strict=True)
    raw: NDArray[np.float64] = np.interp(_GRID, distances, bits)
    return raw


def _ratio(curve: Curve, shift: float) -> NDArray[np.float64]:
    """log2 ratio of the mixtures, level from its peak on towards 0."""
    bits = np.log2(_density(curve.same, shift)) - np.log2(_density(curve.strangers, 0.0))
    typical_stranger = curve.strangers[0][1]
    peak = int(np.argmax(bits[: np.searchsorted(_GRID, typical_stranger)]))
    bits[:peak] = bits[peak]
    return bits


def _density(mixture: Mixture, shift: float) -> NDArray[np.float64]:
    """Sum of weighted normal densities on the grid; never exactly zero."""
    total = np.full_like(_GRID, np.finfo(np.float64).tiny)
    for weight, mean, deviation in mixture:
        z = (_GRID - mean - shift) / deviation
        total += weight * np.exp(-0.5 * z * z) / (deviation * np.sqrt(2.0 * np.pi))
    return total
