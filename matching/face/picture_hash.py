"""Recognises copies of one photo: the signs of brightness steps on a coarse grid (dHash).

Two different photos of one person are evidence; the same photo twice is not, it is an alarm: a
clerk's slip, or someone passing off a published photo as their own.
Source: N. Krawetz, "Kind of Like That", 2013; here with 16 x 16 steps, 256 bits.
"""

from typing import Final

import numpy as np
from PIL import Image

from matching.face.photo import RgbPixels

_SIDE: Final = 16
_ENOUGH: Final = 250


def picture_hash(pixels: RgbPixels) -> str:
    """256 bits as 64 hex digits."""
    # The grid is coarse: a few hundred pixels a side are more than it can see.
    step = max(1, min(pixels.shape[:2]) // _ENOUGH)
    few = np.ascontiguousarray(pixels[::step, ::step])
    small = Image.fromarray(few).convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.BOX)
    steps = np.diff(np.asarray(small, dtype=np.int16), axis=1) > 0
    return np.packbits(steps).tobytes().hex()
