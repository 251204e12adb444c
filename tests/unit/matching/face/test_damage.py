"""Damaged picture data is told from whole data, and whole data is never called damaged."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from matching.errors import BadPictureError
from matching.face.damage import check_cmyk_jpeg, check_png, check_webp, jpeg_pixels
from matching.face.photo import Photo, PhotoLimits, decode_photo
from tests.picture_files import with_one_bit_flipped
from tests.portraits import astronaut, opened

FLIPS = 60


def portrait(width: int = 160) -> Image.Image:
    image = opened(astronaut()).crop((130, 0, 330, 220))
    image.thumbnail((width, width))
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def is_refused(check: object, data: bytes) -> bool:
    assert callable(check)
    try:
        check(data)
    except BadPictureError:
        return True
    return False


@pytest.mark.parametrize("quality", [5, 40, 75, 100])
@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_pixels_are_pillows(quality: int, subsampling: int, *, progressive: bool) -> None:
    data = saved(
        portrait(), "JPEG", quality=quality, subsampling=subsampling, progressive=progressive
    )
    pixels = jpeg_pixels(data, (1, 1_000))
    assert pixels is not None
    assert np.array_equal(pixels, np.asarray(opened(data)))


def test_a_grey_jpeg_becomes_three_equal_planes() -> None:
    pixels = jpeg_pixels(saved(portrait().convert("L"), "JPEG"), (1, 1_000))
    assert pixels is not None
    assert pixels.shape[2] == 3
    assert np.array_equal(pixels[..., 0], pixels[..., 2])


def test_a_jpeg_that_ends_early_is_damaged() -> None:
    data = saved(portrait(), "JPEG")
    cut = data[: len(data) * 2 // 3] + b"\xff\xd9"
    with pytest.raises(BadPictureError):
        jpeg_pixels(cut, (1, 1_000))


def test_spare_bytes_and_an_odd_version_do_not_cost_a_jpeg() -> None:
    data = saved(portrait(), "JPEG")
    odd = data[:-2] + b"\0" + data[-2:]
    version = odd.index(b"JFIF\0") + 5
    odd = odd[:version] + b"\x09" + odd[version + 1 :]
    assert jpeg_pixels(odd, (1, 1_000)) is None
    photo = decode_photo(odd, PhotoLimits())
    assert isinstance(photo, Photo)
    assert np.array_equal(photo.pixels, np.asarray(opened(data)))


def test_a_cmyk_jpeg_is_checked_too() -> None:
    data = saved(portrait().convert("CMYK"), "JPEG")
    check_cmyk_jpeg(data)
    with pytest.raises(BadPictureError):
        check_cmyk_jpeg(data[: len(data) // 2] + b"\xff\xd9")


def test_every_flipped_bit_of_a_png_is_seen() -> None:
    data = saved(portrait(), "PNG")
    check_png(data)
    seen = [is_refused(check_png, with_one_bit_flipped(data, n, 8)) for n in range(FLIPS)]
    assert all(seen)


@pytest.mark.parametrize("quality", [1, 30, 80, 100])
@pytest.mark.parametrize("method", [0, 4, 6])
@pytest.mark.parametrize("lossless", [False, True])
def test_no_whole_webp_is_called_damaged(quality: int, method: int, *, lossless: bool) -> None:
    for image in (portrait(), portrait().convert("RGBA"), Image.new("RGB", (300, 200), "grey")):
        check_webp(saved(image, "WEBP", quality=quality, method=method, lossless=lossless))


def test_flipped_bits_of_a_webp_are_seen_by_the_decoder_or_by_what_it_leaves_over() -> None:
    data = saved(portrait(), "WEBP", quality=85)
    seen = 0
    for number in range(FLIPS):
        torn = with_one_bit_flipped(data, number, 60)
        try:
            opened(torn)
        except (OSError, ValueError):
            seen += 1
        else:
            seen += is_refused(check_webp, torn)
    # A bit within the last few blocks leaves nothing over, and the face alone.
    assert seen >= FLIPS * 0.95
