"""A shifted part of a JPEG is seen, and whole pictures are not called damaged."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from matching.errors import BadPictureError
from matching.face.jpeg_seams import check_seams, jpeg_layout
from tests.picture_files import written
from tests.portraits import astronaut, opened

Pixels = NDArray[np.uint8]
#: Blocks of 16 x 16 pixels across the photo.
ACROSS = 32


def photo() -> Image.Image:
    return opened(astronaut())


def shifted(pixels: Pixels, units: range, levels: tuple[int, int, int]) -> Pixels:
    """Every unit in the range brighter or darker, as a decoder shows a damaged difference."""
    torn = pixels.astype(np.int16)
    for unit in units:
        row, column = divmod(unit, ACROSS)
        torn[row * 16 : row * 16 + 16, column * 16 : column * 16 + 16] += levels
    return np.clip(torn, 0, 255).astype(np.uint8)


def is_refused(data: bytes, pixels: Pixels) -> bool:
    try:
        check_seams(data, pixels)
    except BadPictureError:
        return True
    return False


@pytest.mark.parametrize("start", [7 * ACROSS + 5, 12 * ACROSS + 16, 14 * ACROSS + 25])
@pytest.mark.parametrize("levels", [(30, 30, 30), (-25, -25, -25), (60, 0, -60)])
def test_a_shift_up_to_the_end_is_seen(start: int, levels: tuple[int, int, int]) -> None:
    data = written(photo(), "JPEG")
    pixels = np.asarray(opened(data))
    torn = shifted(pixels, range(start, ACROSS * ACROSS), levels)
    assert is_refused(data, torn)


def test_a_shift_is_seen_on_a_picture_decoded_at_half_size() -> None:
    data = written(photo(), "JPEG")
    torn = shifted(np.asarray(opened(data)), range(333, ACROSS * ACROSS), (30, 30, 30))
    assert is_refused(data, np.asarray(Image.fromarray(torn).reduce(2)))


def test_a_shift_up_to_the_next_restart_marker_is_seen() -> None:
    data = written(photo(), "JPEG", restart_marker_rows=1)
    pixels = np.asarray(opened(data))
    assert not is_refused(data, pixels)
    assert is_refused(data, shifted(pixels, range(10 * ACROSS + 9, 11 * ACROSS), (40, 40, 40)))


@pytest.mark.parametrize("quality", [20, 75, 95])
@pytest.mark.parametrize("restart_rows", [0, 1])
@pytest.mark.parametrize("progressive", [False, True])
def test_no_whole_photo_is_called_damaged(
    quality: int, restart_rows: int, *, progressive: bool
) -> None:
    for image in (photo(), photo().convert("L"), photo().crop((3, 5, 290, 260))):
        data = written(
            image,
            "JPEG",
            quality=quality,
            restart_marker_rows=restart_rows,
            progressive=progressive,
        )
        assert not is_refused(data, np.asarray(opened(data).convert("RGB")))


def test_a_drawing_with_bars_along_the_blocks_is_not_called_damaged() -> None:
    drawing = Image.new("RGB", (512, 512), "white")
    pen = ImageDraw.Draw(drawing)
    pen.rectangle((96, 160, 511, 175), fill="grey")
    pen.rectangle((0, 176, 95, 200), fill="grey")
    data = written(drawing, "JPEG", restart_marker_rows=1)
    assert not is_refused(data, np.asarray(opened(data)))


@pytest.mark.parametrize(("subsampling", "unit"), [(0, (8, 8)), (1, (16, 8)), (2, (16, 16))])
def test_the_layout_is_read_from_the_headers(subsampling: int, unit: tuple[int, int]) -> None:
    data = written(photo(), "JPEG", subsampling=subsampling, restart_marker_blocks=9)
    layout = jpeg_layout(data)
    assert layout is not None
    assert (layout.unit_width, layout.unit_height) == unit
    assert (layout.width, layout.restart_interval) == (512, 9)


def test_a_grey_picture_has_single_blocks() -> None:
    layout = jpeg_layout(written(photo().convert("L"), "JPEG"))
    assert layout is not None
    assert (layout.unit_width, layout.unit_height, layout.restart_interval) == (8, 8, 0)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xda\x00\x02", b"no picture"])
def test_headers_out_of_order_say_nothing(data: bytes) -> None:
    assert jpeg_layout(data) is None
    check_seams(data, np.zeros((64, 64, 3), dtype=np.uint8))
