"""Finds where a JPEG's brightness or colour breaks off along its blocks: a damaged picture.

A block stores its mean only as the difference to the block before it. A flipped bit in such a
difference leaves a stream without a fault, but shifts everything up to the next restart marker or
the end. The shifted part begins in the middle of a row of blocks, so its upper edge has a step:
in that row from the block on, in the next row up to it. Nothing that a camera sees does that.

Measured: of 44 flipped bits that moved a face by more than 0.1 without a complaint of the decoder,
34 are seen; of 1978 whole photos, cropped, scaled and compressed in many ways, none is refused. Of
drawings whose bars were laid on the blocks on purpose, one in 25 is. `benchmarks.face_damage`
counts what is left.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.errors import BadPictureError

Channels = NDArray[np.float32]
"""Shape (3, block rows, block columns): luminance, red and blue less luminance; levels of grey."""
Positions = NDArray[np.intp]
Shares = NDArray[np.float64]
Truths = NDArray[np.bool_]

_SCAN, _RESTART_INTERVAL = 0xDA, 0xDD
_FRAMES: Final = (0xC0, 0xC1, 0xC2)
_BLOCK: Final = 8
#: Lower blocks than this leave no row that is far enough from the edges.
_LEAST_HEIGHT: Final = 8
#: Steps, in levels of grey, that are looked for: colours are stored coarser than brightness.
_STEPS: Final = ((5, 8, 12, 20, 32), (20, 32), (20, 32))
#: So many times as high as the changes inside the blocks must a step be.
_OUTSTANDING: Final = 2.0
#: Share of the blocks along a seam that show the step, and of those beside it that do not.
_SHARE: Final = 0.6
#: Blocks that must lie along each part of a seam: within a row, and on either side of a row's end.
_IN_A_ROW, _AROUND_THE_END = 8, 3
#: So many blocks before and behind the seam must show no step.
_BESIDE: Final = 8
#: Drawings have steps of their own, but also surfaces without any change inside: of photos at least
#: so large a share has some (measured: 0.48 to 0.99).
_LEAST_TEXTURED: Final = 0.4
#: So large a share along a seam.
_TEXTURED_ALONG: Final = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class JpegLayout:
    """How the blocks of a file lie."""

    #: Pixels of the picture and of one unit of blocks (a minimum coded unit).
    width: int
    unit_width: int
    unit_height: int
    #: Units from one restart marker to the next; 0 when there are none.
    restart_interval: int


def check_seams(data: bytes, pixels: NDArray[np.uint8]) -> None:
    """Raises BadPictureError when the decoded picture breaks off in the middle of a row of blocks.

    Args:
        data: the file.
        pixels: what it was decoded to, RGB, at full size or a whole fraction of it.
    """
    layout = jpeg_layout(data)
    if layout is None:
        return
    shrink = max(1, round(layout.width / pixels.shape[1]))
    width, height = layout.unit_width // shrink, layout.unit_height // shrink
    if height >= _LEAST_HEIGHT and _has_seam(pixels, (width, height), layout.restart_interval):
        raise BadPictureError("a part of the JPEG picture is shifted in brightness or colour")


def jpeg_layout(data: bytes) -> JpegLayout | None:
    """What the headers say; None for headers that are out of order."""
    restart_interval, frame = 0, b""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - every marker begins so
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        content = data[at + 4 : at + 2 + size]
        if marker == _RESTART_INTERVAL:
            restart_interval = int.from_bytes(content[:2], "big")
        elif marker in _FRAMES:
            frame = content
        elif marker == _SCAN:
            return _layout(frame, restart_interval)
        at += 2 + size
    return None


def _layout(frame: bytes, restart_interval: int) -> JpegLayout | None:
    if len(frame) < 6:  # noqa: PLR2004 - precision, height, width, components
        return None
    # One byte per component: how many blocks of it a unit has across and down.
    factors = frame[7::3][: frame[5]]
    is_alone = len(factors) == 1
    return JpegLayout(
        width=int.from_bytes(frame[3:5], "big"),
        unit_width=_BLOCK * max(1 if is_alone else each >> 4 for each in factors),
        unit_height=_BLOCK * max(1 if is_alone else each & 15 for each in factors),
        restart_interval=restart_interval,
    )


def _has_seam(pixels: NDArray[np.uint8], unit: tuple[int, int], restart_interval: int) -> bool:
    width, height = unit
    edges = _changes(pixels, width, height, 0)
    below = np.abs(_changes(pixels, width, height, height // 4))
    above = np.abs(_changes(pixels, width, height, -(height // 4)))
    rows = min(edges.shape[1], below.shape[1], above.shape[1])
    if rows < 2:  # noqa: PLR2004 - a seam ends a row later
        return False
    edges, below, above = edges[:, :rows], below[:, :rows], above[:, :rows]
    inside = _OUTSTANDING * np.maximum(below, above)
    texture = np.minimum(below[0], above[0])
    if np.mean(texture > 0) < _LEAST_TEXTURED:
        return False
    scan = _Scan(texture > 0, restart_interval)
    return any(
        scan.has_seam(change > np.maximum(limit, step), -change > np.maximum(limit, step))
        for channel, limit, steps in zip(edges, inside, _STEPS, strict=True)
        for change in (channel, -channel)
        for step in steps
    )


def _changes(pixels: NDArray[np.uint8], width: int, height: int, offset: int) -> Channels:
    """How far the colour jumps at `offset` rows below the upper edge of every unit but the first row's.

    What a slope would do is taken off: the jump from the row above less the mean change of the two
    rows on either side.
    """
    first = height + offset

    def rows(beside: int) -> NDArray[np.int16]:
        return pixels[first + beside :: height].astype(np.int16)

    count = len(pixels[first + 2 :: height])
    jump = 5 * (rows(0)[:count] - rows(-1)[:count]) + rows(-3)[:count] - rows(2)[:count]
    starts = np.arange(0, jump.shape[1], width)
    sums = np.add.reduceat(jump, starts, axis=1, dtype=np.float32)
    widths = np.minimum(width, jump.shape[1] - starts)
    mean = np.moveaxis(sums / (4 * widths[:, None]), 2, 0)
    grey = mean.mean(axis=0)
    return np.stack([grey, mean[0] - grey, mean[2] - grey])


class _Scan:
    """The units in the order in which they are stored, and where a seam from each would lie.

    Numbers are those of units, of which the first row has no row above it.
    """

    def __init__(self, is_textured: Truths, restart_interval: int) -> None:
        rows, self._columns = is_textured.shape
        count = self._columns * (rows + 1)
        starts = np.arange(1, count)
        interval = restart_interval or count
        stops = np.minimum((starts // interval + 1) * interval, count)
        ends = np.minimum(stops, starts + self._columns)
        is_photo = self._share(_sums(is_textured), starts, ends) >= _TEXTURED_ALONG
        #: Units at which a shift may begin, where it stops, and where its upper edge does.
        self._starts: Positions = starts[is_photo]
        self._stops: Positions = stops[is_photo]
        self._ends: Positions = ends[is_photo]

    def has_seam(self, is_step: Truths, is_step_back: Truths) -> bool:
        """Whether the upper edge of a shifted part shows, and its lower edge where it has one."""
        steps = _sums(is_step)
        stands_out = self._share(steps, self._starts, self._ends) >= _SHARE
        if not stands_out.any():
            return False
        starts, stops = self._starts[stands_out], self._stops[stands_out]
        before = starts - np.minimum(starts % self._columns, _BESIDE)
        begins = self._share(steps, before, starts) <= 1 - _SHARE
        starts, stops, before = starts[begins], stops[begins], before[begins]
        is_short = stops < starts + self._columns
        return bool(
            np.any(is_short & self._is_row(steps, _sums(is_step_back), (before, starts, stops)))
            or np.any(~is_short & self._is_stair(steps, starts))
        )

    def _is_row(
        self, steps: Positions, steps_back: Positions, at: tuple[Positions, Positions, Positions]
    ) -> Truths:
        """Both edges of a shift within a row show, one above the other."""
        before, starts, stops = at
        below = starts + self._columns
        return (
            (self._count(starts, stops) >= _IN_A_ROW)
            & (self._count(below, stops + self._columns) >= _IN_A_ROW)
            & (self._share(steps, starts, stops) >= _SHARE)
            & (self._share(steps_back, below, stops + self._columns) >= _SHARE)
            & (self._share(steps_back, before + self._columns, below) <= 1 - _SHARE)
        )

    def _is_stair(self, steps: Positions, starts: Positions) -> Truths:
        """The edge of a longer shift goes down a row at the start's column, and ends there."""
        row_end = (starts // self._columns + 1) * self._columns
        stop = starts + self._columns
        behind = stop + np.minimum(self._columns - starts % self._columns, _BESIDE)
        return (
            (self._count(starts, row_end) >= _AROUND_THE_END)
            & (self._count(row_end, stop) >= _AROUND_THE_END)
            & (self._share(steps, starts, row_end) >= _SHARE)
            & (self._share(steps, row_end, stop) >= _SHARE)
            & (self._share(steps, stop, behind) <= 1 - _SHARE)
        )

    def _share(self, sums: Positions, begin: Positions, end: Positions) -> Shares:
        """Of the units from `begin` up to `end`, how large a share counts."""
        first, last = self._place(begin, sums), self._place(end, sums)
        shares: Shares = (sums[last] - sums[first]) / np.maximum(last - first, 1)
        return shares

    def _place(self, unit: Positions, sums: Positions) -> Positions:
        """Where a unit stands in the running sums: they begin with the second row."""
        place: Positions = np.clip(unit - self._columns, 0, len(sums) - 1)
        return place

    def _count(self, begin: Positions, end: Positions) -> Positions:
        """Units from `begin` up to `end` that are not in the first row."""
        return np.maximum(end, self._columns) - np.maximum(begin, self._columns)


def _sums(is_so: Truths) -> Positions:
    """Running sums, in the order of storing; the first is 0."""
    return np.concatenate([[0], np.cumsum(is_so.ravel())])
