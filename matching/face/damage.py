"""Tells damaged picture data from whole data: decoders show a torn photo as if it were one.

A flipped bit shifts colours or smears whole rows, and the face is then embedded with the damage
in it. Every format has a tell-tale: PNG carries checksums; a JPEG decoder warns of codes that do
not fit; and a decoder of WebP or HEVC that lost its place either runs out of data (it says so) or
has data left over, which shows when it does not miss the last bytes.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image

from matching.errors import BadPictureError
from matching.face.heif_streams import NalUnits, coded_pictures
from matching.face.hevc_complaints import can_complain, complaints

_PNG_SIGNATURE: Final = 8
_RIFF_HEADER: Final = 12
_CHUNK_HEADER: Final = 8
#: Encoders pad a WebP stream by a few bytes: of 400 pictures, large and tiny, rough and fine, none
#: could be decoded without its last four; a decoder that lost its place is hundreds off.
_WEBP_TAIL: Final = 5
#: Without so many bytes the last block of an HEVC picture cannot be decoded; by chance (once in
#: hundreds of tiny pictures) it can, but hardly without any of them.
_HEVC_TAILS: Final = (4, 6, 8)
#: What an encoder may append to a slice that is shorter than the standard asks for.
_HEVC_FILLING: Final = b"\0\3"
#: Some cameras leave a byte or two behind the picture data; a decoder that lost its place, more.
_SPARE_BYTES: Final = 2
#: What the JPEG decoder says of odd headers that every viewer accepts.
_ODD_HEADERS: Final = ("Warning: unknown JFIF revision", "Unknown Adobe color transform")
_EXTRANEOUS: Final = re.compile(r"(\d+) extraneous bytes")


def check_png(data: bytes) -> None:
    """Raises BadPictureError when a chunk is not what its checksum says."""
    at = _PNG_SIGNATURE
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        end = at + _CHUNK_HEADER + size
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise BadPictureError("a chunk of the PNG file is damaged")
        if data[at + 4 : at + 8] == b"IEND":
            return
        at = end + 4


def check_webp(data: bytes) -> None:
    """Raises BadPictureError when the decoder does not need the picture's last bytes."""
    for name, content in _riff_chunks(data):
        if name in {b"VP8 ", b"VP8L"} and len(content) > 2 * _WEBP_TAIL:
            if _is_decodable(_webp_of(name, content[:-_WEBP_TAIL])):
                raise BadPictureError("the WebP decoder lost its place in the data")
            return


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _RIFF_HEADER
    while at + _CHUNK_HEADER <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], data[at + _CHUNK_HEADER : at + _CHUNK_HEADER + size]
        at += _CHUNK_HEADER + size + size % 2


def _webp_of(name: bytes, content: bytes) -> bytes:
    chunk = name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)
    return b"RIFF" + (len(chunk) + 4).to_bytes(4, "little") + b"WEBP" + chunk


def _is_decodable(data: bytes) -> bool:
    try:
        with Image.open(BytesIO(data), formats=["WEBP"]) as image:
            image.load()
    except (OSError, ValueError):
        return False
    return True


def check_heif(data: bytes) -> None:
    """Raises BadPictureError when the decoder complains, or does not need a picture's last bytes."""
    for units in coded_pictures(data) if can_complain() else ():
        if complaints(units) or not any(complaints(cut) for cut in _without_tail(units)):
            raise BadPictureError("the HEVC decoder lost its place in the data")


def _without_tail(units: NalUnits) -> Iterator[NalUnits]:
    last = units[-1].rstrip(_HEVC_FILLING)
    return ((*units[:-1], last[:-tail]) for tail in _HEVC_TAILS)


def jpeg_pixels(data: bytes, least: tuple[int, int]) -> NDArray[np.uint8] | None:
    """Decode a grey or coloured JPEG: the same pixels as Pillow's, or none.

    Args:
        data: the file.
        least: columns and rows; the decoder takes the smallest of its scales that has as many.

    Returns:
        RGB, or None for a picture that is whole but for an oddity at which this decoder stops.

    Raises:
        BadPictureError: there are codes that do not fit, or too few or too many of them.
    """
    columns, rows = least
    return _decoded(data, "RGB", min_width=columns, min_height=rows)


def check_cmyk_jpeg(data: bytes) -> None:
    """As `jpeg_pixels`, for pictures in printer's colours, which Pillow then decodes."""
    _decoded(data, "CMYK")


def _decoded(data: bytes, colours: str, **least: int) -> NDArray[np.uint8] | None:
    try:
        pixels = simplejpeg.decode_jpeg(
            data, colours, fastdct=False, fastupsample=False, strict=True, **least
        )
    except ValueError as error:
        if _is_harmless(str(error)):
            return None
        raise BadPictureError("the JPEG data is damaged") from error
    return np.asarray(pixels)


def _is_harmless(warning: str) -> bool:
    """Whether the decoder warned of something that does not touch the picture."""
    if warning.startswith(_ODD_HEADERS):
        return True
    spare = _EXTRANEOUS.search(warning)
    return spare is not None and int(spare[1]) <= _SPARE_BYTES
