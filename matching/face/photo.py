"""Uploaded bytes to RGB pixels, or a refusal. Everything here runs on hostile input.

The size is checked on the header, before anything is decoded; only still-photo formats are
opened; what a viewer would show is what comes out: turned as EXIF says, transparency over white,
16 bits scaled to 8. Pillow reads the headers and decodes, but for JPEG data, which a stricter decoder
of the same library takes; a caller that wants HEIF registers it first, which is done only inside
the face process.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile

from matching.face.damage import (
    check_cmyk_jpeg,
    check_heif,
    check_png,
    check_webp,
    jpeg_pixels,
)
from matching.face.jpeg_seams import check_seams
from matching.face.reading import Rejection
from matching.face.rejections import rejection

RgbPixels = NDArray[np.uint8]
"""Shape (height, width, 3), C-contiguous: the only form dlib takes without surprises."""

_FORMATS: Final[tuple[str, ...]] = ("JPEG", "PNG", "WEBP", "HEIF")
#: Phones write several pictures into one JPEG file; Pillow reports those under another name.
_ANSWERED_FORMATS: Final[tuple[str, ...]] = (*_FORMATS, "MPO")
_JPEG_FORMATS: Final = ("JPEG", "MPO")
#: Raise BadPictureError for data that a decoder would show although it is damaged.
_CHECKS: Final = {"PNG": check_png, "WEBP": check_webp, "HEIF": check_heif}
_MOST_HALVINGS: Final = 3
_ORIENTATION_TAG: Final = 0x0112
#: EXIF orientation -> what turns the picture upright; 1 is upright already.
_TURNINGS: Final[dict[object, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: Those that swap width and height.
_SWAPPING: Final = frozenset(_TURNINGS[lying] for lying in (5, 6, 7, 8))


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLimits:
    """How much work one upload may cause."""

    max_bytes: int = 25_000_000
    #: A 24-megapixel camera is let through; decoded it takes 72 MB.
    max_pixels: int = 24_500_000
    #: dlib's detectors fail on pictures of a few pixels.
    min_side: int = 40
    #: A JPEG with a longer side is decoded at 1/2, 1/4 or 1/8 size, but never below this.
    enough_side: int = 2400


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A decoded photo. `pixels` may be a fraction of the photo's size, never larger."""

    pixels: RgbPixels
    #: Size of the photo as given, after EXIF turning.
    width: int
    height: int


def decode_photo(data: bytes, limits: PhotoLimits) -> Photo | Rejection:
    """Decode an uploaded file; whatever is wrong with it comes back as a refusal."""
    if len(data) > limits.max_bytes:
        return rejection("too_many_bytes", megabytes=limits.max_bytes // 1_000_000)
    # face_recognition switches this on for the whole process when it is imported: half an
    # upload would then be accepted, and its grey half embedded.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # broken metadata is no reason to lose a photo
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _decode(data, limits)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            return _too_many_pixels(Image.MAX_IMAGE_PIXELS or 0, limits)
        except Exception:  # noqa: BLE001 - decoders raise every kind of error on hostile bytes
            return rejection("unreadable")


def _decode(data: bytes, limits: PhotoLimits) -> Photo | Rejection:
    Image.init()
    known = [name for name in _FORMATS if name in Image.OPEN]
    with Image.open(BytesIO(data), formats=known) as image:
        if image.format not in _ANSWERED_FORMATS:
            return rejection("unreadable")
        width, height = image.size
        if width * height > limits.max_pixels:
            return _too_many_pixels(width * height, limits)
        if min(width, height) < limits.min_side:
            return rejection("photo_too_small", pixels=limits.min_side)
        turning = _turning(image)
        rgb = _decoded(image, data, limits.enough_side)
    if turning is not None:
        rgb = rgb.transpose(turning)
    if turning in _SWAPPING:
        width, height = height, width
    return Photo(pixels=np.ascontiguousarray(rgb), width=width, height=height)


def _too_many_pixels(pixels: int, limits: PhotoLimits) -> Rejection:
    return rejection(
        "too_many_pixels",
        megapixels=round(pixels / 1e6),
        limit=limits.max_pixels // 1_000_000,
    )


def _decoded(image: Image.Image, data: bytes, enough: int) -> Image.Image:
    """What a viewer would show. Raises BadPictureError, and whatever decoders raise."""
    if image.format in _JPEG_FORMATS:
        return _decoded_jpeg(image, data, enough)
    check = _CHECKS.get(image.format or "")
    if check is not None:
        check(data)
    return _as_rgb(image)


def _decoded_jpeg(image: Image.Image, data: bytes, enough: int) -> Image.Image:
    if image.mode == "CMYK":
        check_cmyk_jpeg(data)
        return _as_rgb(image)
    least = _fraction(image.size, enough)
    pixels = jpeg_pixels(data, least)
    if pixels is None:
        image.draft(None, least)
        pixels = np.asarray(_as_rgb(image))
    check_seams(data, pixels)
    return Image.fromarray(pixels)


def _fraction(size: tuple[int, int], enough: int) -> tuple[int, int]:
    """Columns and rows at the smallest of 1/1, 1/2, 1/4, 1/8 whose longer side is `enough`.

    A JPEG decoder skips the detail that is left out, and most of its work.
    """
    width, height = size
    halvings = 0
    while halvings < _MOST_HALVINGS and max(size) >> (halvings + 1) >= enough:
        halvings += 1
    return -(-width >> halvings), -(-height >> halvings)


def _turning(image: Image.Image) -> Image.Transpose | None:
    """How to turn the picture upright; None also when its metadata cannot be read."""
    try:
        return _TURNINGS.get(image.getexif().get(_ORIENTATION_TAG))
    except Exception:  # noqa: BLE001 - metadata that no parser understands must not cost the photo
        return None


def _as_rgb(image: Image.Image) -> Image.Image:
    """The picture over white paper, in eight bits; decodes it."""
    image.load()
    if image.mode.startswith("I"):
        return _scaled_to_8_bits(image).convert("RGB")
    if image.has_transparency_data:
        colour = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, colour).convert("RGB")
    return image.convert("RGB")


def _scaled_to_8_bits(image: Image.Image) -> Image.Image:
    """16-bit grey to 8-bit grey; Pillow's own conversion would clip everything above 255."""
    scaled = np.asarray(image, dtype=np.float64) / 257.0
    return Image.fromarray(np.clip(np.rint(scaled), 0, 255).astype(np.uint8))
