"""dlib's neural face detector (max-margin object detection) without dlib: the same boxes.

The network gives one score per 8 x 8 pixels of the tiled pyramid; a positive score is an
80 x 80 window there. Reference: dlib's `loss_mmod_`, King, arXiv:1502.00046.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.face.detection import Detection
from matching.face.dlib_weights import Network
from matching.face.photo import RgbPixels
from matching.face.pyramid import (
    Planes,
    Tiling,
    on_full_size,
    resized,
    tile_of,
    tiled_pyramid,
    tiling,
)
from matching.face.reading import Box

Scores = Callable[[Planes], NDArray[np.float32]]
"""Runs the network: (1, 3, rows, columns) -> (1, 1, rows', columns')."""

#: Pixels of the tiled picture per score, and the pixel of the first one.
_STEP: Final = 8
_FIRST: Final = 14
#: dlib's `pyramid_up` for `pyramid_down<2>`: where a coordinate of the doubled picture was.
_HALF_X: Final = 1.25
_HALF_Y: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corners:
    """A rectangle that counts its last row and column in."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        """Pixels; 0 when the corners have crossed."""
        return max(0, self.right - self.left + 1) * max(0, self.bottom - self.top + 1)


class MmodDetector:
    """Finds faces of about 80 pixels and more."""

    def __init__(self, network: Network, scores: Scores) -> None:
        """A detector.

        Args:
            network: as read from dlib's file; its means, window and overlap limit are used.
            scores: runs the graph made from that network.
        """
        self._means = network.means
        width, height = network.loss_numbers[:2]
        self._reach = (width - 1) / 2, (height - 1) / 2
        self._overlap = network.loss_numbers[5]
        self._scores = scores

    def detect(self, pixels: RgbPixels, doublings: int = 0) -> tuple[Detection, ...]:
        """Faces, surest first; `doublings` enlarges the picture first, for smaller faces."""
        for _ in range(doublings):
            pixels = doubled(pixels)
        height, width, _ = pixels.shape
        plan = tiling(width, height)
        scores = self._scores(tiled_pyramid(pixels, self._means, plan)[None])[0, 0]
        kept: list[tuple[_Corners, float]] = []
        for corners, score in self._candidates(scores, plan):
            if not any(overlap(corners, other) > self._overlap for other, _ in kept):
                kept.append((corners, score))
        return tuple(
            Detection(box=_box(_halved(corners, doublings)), score=score) for corners, score in kept
        )

    def _candidates(
        self, scores: NDArray[np.float32], plan: Tiling
    ) -> Iterable[tuple[_Corners, float]]:
        """Windows with a positive score, surest first; of equal ones the later cell, as dlib."""
        rows, columns = np.nonzero(scores > 0)
        values = scores[rows, columns]
        for at in np.lexsort((rows, columns, values))[::-1]:
            x, y = float(_STEP * columns[at] + _FIRST), float(_STEP * rows[at] + _FIRST)
            yield self._window(plan, x, y), float(values[at])

    def _window(self, plan: Tiling, x: float, y: float) -> _Corners:
        level = tile_of(plan, x, y)
        tile = plan.tiles[level]
        reach_x, reach_y = self._reach
        left, right = x - tile.x - reach_x, x - tile.x + reach_x
        top, bottom = y - tile.y - reach_y, y - tile.y + reach_y
        return _Corners(
            left=_rounded(on_full_size(left, level)),
            top=_rounded(on_full_size(top, level)),
            right=_rounded(on_full_size(right, level)),
            bottom=_rounded(on_full_size(bottom, level)),
        )


def doubled(pixels: RgbPixels) -> RgbPixels:
    """Enlarge as dlib's `pyramid_up` does: a little over twice the size, values cut off to whole numbers."""
    height, width, _ = pixels.shape
    planes = np.ascontiguousarray(pixels.transpose(2, 0, 1)).astype(np.float32)
    larger = resized(planes, 2 * height + 1, 2 * width + 2)
    return np.ascontiguousarray(larger.astype(np.uint8).transpose(1, 2, 0))


def overlap(one: _Corners, other: _Corners) -> float:
    """Shared area over the area of the smallest rectangle around both."""
    shared = _Corners(
        left=max(one.left, other.left),
        top=max(one.top, other.top),
        right=min(one.right, other.right),
        bottom=min(one.bottom, other.bottom),
    )
    around = _Corners(
        left=min(one.left, other.left),
        top=min(one.top, other.top),
        right=max(one.right, other.right),
        bottom=max(one.bottom, other.bottom),
    )
    return shared.area / around.area


def _halved(corners: _Corners, times: int) -> _Corners:
    for _ in range(times):
        corners = _Corners(
            left=_rounded(corners.left / 2 - _HALF_X),
            top=_rounded(corners.top / 2 - _HALF_Y),
            right=_rounded(corners.right / 2 - _HALF_X),
            bottom=_rounded(corners.bottom / 2 - _HALF_Y),
        )
    return corners


def _box(corners: _Corners) -> Box:
    return Box(
        x=corners.left,
        y=corners.top,
        width=corners.right - corners.left + 1,
        height=corners.bottom - corners.top + 1,
    )


def _rounded(value: float) -> int:
    """To the nearest whole number, halves away from zero."""
    return floor(value + 0.5) if value >= 0 else -floor(0.5 - value)
