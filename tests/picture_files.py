"""One small portrait in every format, colour mode and orientation that a clerk may upload."""

import random
from io import BytesIO
from typing import Final

import numpy as np
import pillow_heif
from PIL import Image

from tests.portraits import astronaut, opened

FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF", "MPO")
ORIENTATION: Final = 0x0112
#: The portrait's face is about 90 pixels wide.
_CROP: Final = (130, 0, 330, 220)


def portrait() -> Image.Image:
    return opened(astronaut()).crop(_CROP)


def written(image: Image.Image, kind: str, *, orientation: int = 1, **options: object) -> bytes:
    """The file of a picture that is to be seen as `image` is."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored = as_stored(image, orientation)
    buffer = BytesIO()
    if kind == "HEIF":
        # Registering the plug-in would change what every other test can open.
        file = pillow_heif.from_pillow(stored)
        file.save(buffer, exif=exif.tobytes(), **{"quality": 90, **options})
    elif kind == "MPO":
        more = [stored.resize((64, 64))]
        stored.save(buffer, "MPO", save_all=True, append_images=more, exif=exif, quality=90)
    else:
        stored.save(buffer, kind, exif=exif, **{"quality": 90, **options})
    return buffer.getvalue()


def as_stored(image: Image.Image, orientation: int) -> Image.Image:
    """The pixels that a viewer turns back into `image`, as the EXIF standard defines the number."""
    if orientation == 1:
        return image
    upright = np.asarray(image)
    lying = {
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.swapaxes(0, 1),
        6: np.rot90(upright, 1),
        7: np.rot90(upright, 2).swapaxes(0, 1),
        8: np.rot90(upright, 3),
    }[orientation]
    return Image.fromarray(np.ascontiguousarray(lying))


def deep_grey(image: Image.Image) -> Image.Image:
    """Grey in sixteen bits."""
    return Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)


def with_a_clear_corner(image: Image.Image) -> Image.Image:
    """The picture with a see-through corner."""
    clear = image.convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 12, 12))
    return clear


def with_one_bit_flipped(data: bytes, seed: int, start: int = 0) -> bytes:
    """The file with one bit from byte `start` on turned over."""
    rng = random.Random(seed)
    torn = bytearray(data)
    torn[rng.randrange(start, len(data))] ^= 1 << rng.randrange(8)
    return bytes(torn)
