"""What a face distance is worth: bits and odds, from the curves in `calibration.toml`."""

from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadPolicyError
from matching.tables import toml_table

#: Distances at which the curve is worked out; between them it is a straight line. Two unit-scale
#: vectors of 128 numbers are never farther apart than this in practice.
_GRID: Final = np.linspace(0.0, 1.6, 321)
#: Beginning of the names of engines that a station adds with a manifest.
_ADDED: Final = "onnx:"
_TEN_THOUSAND: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """One engine's curve, falling from `bits(0)` to the bits of total unlikeness."""

    engine: str
    #: Engine and date of the table, recorded with every score.
    version: str
    #: Whether the curve rests on published figures instead of local photos.
    is_assumed: bool
    #: Chinese sentences that every reader of a distance must see.
    warnings: tuple[str, ...]
    #: Bits at every distance of the grid, never rising.
    curve: tuple[float, ...]

    def bits(self, distance: float) -> float:
        """log2 likelihood ratio of one person against two; never rises with the distance."""
        return float(np.interp(distance, _GRID, self.curve))

    def same_odds(self, distance: float, gallery_size: int) -> float:
        """Odds that it is one person, when each of `gallery_size` people was as likely before.

        A gallery of one means even odds before the photos were compared.
        """
        return float(2.0 ** (self.bits(distance) - log2(max(gallery_size, 1))))

    def detail(self, distance: float, gallery_size: int) -> str:
        """One Chinese sentence for the evidence list, for example 人脸距离 0.52（库内 21 万；未校准）."""
        state = "未校准" if self.is_assumed else "已校准"
        return f"人脸距离 {distance:.2f}（库内 {_in_words(gallery_size)}；{state}）"


@cache
def load_calibration(engine: str) -> Calibration:
    """The shipped calibration of an engine.

    Raises:
        BadPolicyError: there is none for this engine, or the table contradicts itself.
    """
    tables = toml_table("matching.face", "calibration.toml")
    if engine.startswith(_ADDED):
        return _uncalibrated(engine, tables)
    try:
        entry = tables["engines"][tables["same_as"].get(engine, engine)]
    except KeyError as missing:
        raise BadPolicyError(f"calibration.toml has no engine named {engine}") from missing
    return Calibration(
        engine=engine,
        version=f"{engine}/{tables['version']}",
        is_assumed=bool(entry["assumed"]),
        warnings=tuple(entry["warnings"]),
        curve=tuple(_curve(entry).tolist()),
    )


def _uncalibrated(engine: str, tables: dict[str, Any]) -> Calibration:
    """An added network says nothing until somebody has measured what its distances mean."""
    return Calibration(
        engine=engine,
        version=f"{engine}/uncalibrated",
        is_assumed=True,
        warnings=tuple(tables["added_engines"]["warnings"]),
        curve=(0.0,) * len(_GRID),
    )


def _curve(entry: dict[str, Any]) -> NDArray[np.float64]:
    """log2 ratio of both densities, made to fall everywhere, within the caps.

    Normal curves have tails that cross again far out on either side; a smaller distance must
    still never speak less for one person than a larger one. The upper cap is soft,
    1 / (1 / ratio + 1 / cap): the curve nears it without ever reaching it, so that smaller
    distances still rank first.
    """
    if entry["least_bits"] >= entry["most_bits"]:
        raise BadPolicyError("least_bits must be below most_bits")
    bits = np.log2(_density(entry["same"])) - np.log2(_density(entry["strangers"]))
    typical_stranger = entry["strangers"][0][1]
    peak = int(np.argmax(bits[: np.searchsorted(_GRID, typical_stranger)]))
    bits[:peak] = bits[peak]
    falling = np.minimum.accumulate(bits)
    capped: NDArray[np.float64] = -np.logaddexp2(-falling, -entry["most_bits"])
    return np.maximum(capped, float(entry["least_bits"]))


def _density(mixture: list[list[float]]) -> NDArray[np.float64]:
    """Sum of weighted normal densities on the grid; never exactly zero."""
    total = np.full_like(_GRID, np.finfo(np.float64).tiny)
    for weight, mean, deviation in mixture:
        z = (_GRID - mean) / deviation
        total += weight * np.exp(-0.5 * z * z) / (deviation * np.sqrt(2.0 * np.pi))
    return total


def _in_words(count: int) -> str:
    """People as Chinese readers count them: 8500 人, 1.6 万, 21 万."""
    if count < _TEN_THOUSAND:
        return f"{count} 人"
    in_ten_thousands = count / _TEN_THOUSAND
    return (
        f"{in_ten_thousands:.0f} 万"
        if count >= 10 * _TEN_THOUSAND
        else f"{in_ten_thousands:.2g} 万"
    )
