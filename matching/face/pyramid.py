"""The tiled picture pyramid that dlib's neural detector looks at, level by level the same.

dlib puts a picture and its smaller copies into one big one and runs the network once. A level is
made from the level before it, so rounding builds up: only the same sizes, the same interpolation
and the same places of the tiles give the same boxes.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.face.photo import RgbPixels

Planes = NDArray[np.float32]
"""Shape (3, rows, columns)."""

#: Each level is five sixths of the one before (dlib's `pyramid_down<6>`).
_RATE: Final = 6
_GAP: Final = 10
_MARGIN: Final = 11
_LOWEST_HEIGHT: Final = 5
_UP: Final = 1.2
_SHIFT: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """Where a level lies on the tiled picture; pixels, half-open."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiling:
    """Tiles from the full-size level down, and the size of the picture they lie on."""

    tiles: tuple[Tile, ...]
    width: int
    height: int


def tiling(width: int, height: int) -> Tiling:
    """Where dlib lays the levels of a picture: down the left, then up along the right edge."""
    sizes = _level_sizes(width, height)
    column = _first_column_height(sizes)
    tiles = []
    y = _MARGIN
    for level_width, level_height in sizes:
        if y >= column + _MARGIN:
            break
        tiles.append(Tile(x=_MARGIN, y=y, width=level_width, height=level_height))
        y += level_height + _GAP
    tiles.extend(_right_edge(sizes[len(tiles) :], tiles[0], y - _GAP))
    return Tiling(tiles=tuple(tiles), width=width + 2 * _MARGIN, height=column + 2 * _MARGIN)


def _level_sizes(width: int, height: int) -> list[tuple[int, int]]:
    sizes = [(width, height)]
    while True:
        width, height = width * (_RATE - 1) // _RATE, height * (_RATE - 1) // _RATE
        if width == 0 or height < _LOWEST_HEIGHT:
            return sizes
        sizes.append((width, height))


def _first_column_height(sizes: list[tuple[int, int]]) -> int:
    """Rows of the first column: until the next level fits beside the one before it."""
    full_width, full_height = sizes[0]
    total = sum(height + _GAP for _, height in sizes) - 2 * _GAP
    column = 0
    previous_width = 0
    for width, height in sizes:
        fits = width <= full_width - previous_width - _GAP
        if fits and (column - full_height) * 2 >= total - full_height:
            break
        column += height + _GAP
        previous_width = width
    return column - _GAP


def _right_edge(sizes: list[tuple[int, int]], first: Tile, bottom: int) -> list[Tile]:
    """The remaining levels upwards from `bottom`, until one would touch the full-size level."""
    tiles: list[Tile] = []
    right = _MARGIN + first.width
    for width, height in sizes:
        tile = Tile(x=right - width, y=bottom - height, width=width, height=height)
        if tile.y < first.y + first.height:
            break
        tiles.append(tile)
        bottom = tile.y - _GAP
    return tiles


def tiled_pyramid(pixels: RgbPixels, means: tuple[float, float, float], plan: Tiling) -> Planes:
    """The network's input: float32 (3, rows, columns), `(pixel - mean) / 256`, 0 between tiles."""
    picture = np.zeros((3, plan.height, plan.width), np.float32)
    level = np.ascontiguousarray(pixels.transpose(2, 0, 1)).astype(np.float32)
    level -= np.array(means, np.float32).reshape(3, 1, 1)
    level *= np.float32(1 / 256)
    for number, tile in enumerate(plan.tiles):
        if number:
            level = resized(level, tile.height, tile.width)
        picture[:, tile.y : tile.y + tile.height, tile.x : tile.x + tile.width] = level
    return picture


def resized(planes: Planes, rows: int, columns: int) -> Planes:
    """Bilinear, corner on corner, as dlib's `resize_bilinear`: in single precision."""
    return _stretched(_stretched(planes, rows, 1), columns, 2)


def _stretched(planes: Planes, size: int, axis: int) -> Planes:
    before = planes.shape[axis]
    step = np.float32((before - 1) / max(size - 1, 1))
    position = np.arange(size, dtype=np.float32) * step
    low = np.floor(position).astype(np.intp)
    low = np.minimum(low, before - 1)
    high = np.minimum(low + 1, before - 1)
    share = (position - low).astype(np.float32)
    start: Planes = planes.take(low, axis=axis)
    change: Planes = planes.take(high, axis=axis)
    change -= start
    change *= share[:, None] if axis == 1 else share
    change += start
    return change


def tile_of(plan: Tiling, x: float, y: float) -> int:
    """The number of the tile at a point of the tiled picture, or of the nearest one."""
    gaps = [
        max(tile.x - x, x - (tile.x + tile.width - 1), 0.0) ** 2
        + max(tile.y - y, y - (tile.y + tile.height - 1), 0.0) ** 2
        for tile in plan.tiles
    ]
    return gaps.index(min(gaps))


def on_full_size(value: float, level: int) -> float:
    """A coordinate of a level as one of the full-size level."""
    for _ in range(level):
        value = value * _UP + _SHIFT
    return value
