from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageFile

from matching.face.photo import Photo, PhotoLimits, decode_photo
from matching.face.reading import Rejection, RejectionCode
from tests.portraits import as_png

LIMITS = PhotoLimits()
ORIENTATION = 0x0112


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def two_halves(width: int = 80, height: int = 60) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), (255, 0, 0))
    image.paste((0, 0, 255), (width // 2, 0, width, height))
    return image


def accepted(data: bytes, limits: PhotoLimits = LIMITS) -> Photo:
    photo = decode_photo(data, limits)
    assert isinstance(photo, Photo)
    assert photo.pixels.flags.c_contiguous
    assert photo.pixels.dtype == np.uint8
    assert photo.pixels.ndim == 3
    assert photo.pixels.shape[2] == 3
    return photo


def refused(data: bytes, limits: PhotoLimits = LIMITS) -> Rejection:
    refusal = decode_photo(data, limits)
    assert isinstance(refusal, Rejection)
    return refusal


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_still_photo_formats_are_read(kind: str) -> None:
    photo = accepted(saved(two_halves(), kind))
    assert (photo.width, photo.height) == (80, 60)
    assert photo.pixels[30, 10, 0] > 200
    assert photo.pixels[30, 70, 2] > 200


def test_several_pictures_in_one_jpeg_count_as_the_first() -> None:
    data = saved(two_halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (80, 60))])
    assert accepted(data).pixels[30, 10, 0] > 200


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PPM", "ICO", "PDF"])
def test_other_formats_are_refused(kind: str) -> None:
    assert refused(saved(two_halves(), kind)).code is RejectionCode.UNREADABLE


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"x" * 4000])
def test_junk_is_refused(data: bytes) -> None:
    assert refused(data).code is RejectionCode.UNREADABLE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cut_off_photo_is_refused_whatever_other_libraries_have_switched_on(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3), dtype=np.uint8)
    data = saved(Image.fromarray(noise), kind)
    assert refused(data[: len(data) // 2]).code is RejectionCode.UNREADABLE


def test_a_40_megapixel_photo_is_refused_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = as_png(Image.new("RGB", (8000, 5000)))

    def decode(_: object) -> None:
        raise AssertionError("the picture was decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decode)
    refusal = refused(data)
    assert refusal.code is RejectionCode.TOO_LARGE
    assert "40 百万像素" in refusal.message
    assert "24 百万像素" in refusal.message


def test_a_photo_beyond_pillows_own_limit_is_too_large_as_well() -> None:
    assert refused(as_png(Image.new("1", (20000, 10000)))).code is RejectionCode.TOO_LARGE


def test_a_file_with_too_many_bytes_is_not_opened_at_all() -> None:
    refusal = refused(b"x" * 25_000_001)
    assert refusal.code is RejectionCode.TOO_LARGE
    assert "25 MB" in refusal.message


def test_a_thumbnail_is_refused() -> None:
    assert refused(as_png(two_halves(39, 100))).code is RejectionCode.TOO_SMALL


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_are_turned_upright(orientation: int) -> None:
    upright = np.array(two_halves())
    as_stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, 1),
        7: np.rot90(upright, 2).transpose(1, 0, 2),
        8: np.rot90(upright, 3),
    }[orientation]
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored = Image.fromarray(np.ascontiguousarray(as_stored))
    photo = accepted(saved(stored, "PNG", exif=exif))
    assert (photo.width, photo.height) == (80, 60)
    assert np.array_equal(photo.pixels, upright)


def test_broken_metadata_does_not_cost_the_photo() -> None:
    data = saved(two_halves(), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff garbage")
    assert accepted(data).width == 80


def test_16_bit_grey_is_scaled_and_not_clipped() -> None:
    ramp = np.linspace(0, 65535, 80).astype(np.uint16)
    photo = accepted(as_png(Image.fromarray(np.tile(ramp, (60, 1)))))
    assert np.array_equal(photo.pixels[0, :, 0], np.rint(ramp / 257).astype(np.uint8))


def test_transparent_parts_are_white() -> None:
    image = two_halves().convert("RGBA")
    image.putpixel((0, 0), (9, 9, 9, 0))
    photo = accepted(as_png(image))
    assert photo.pixels[0, 0].tolist() == [255, 255, 255]
    assert photo.pixels[30, 10].tolist() == [255, 0, 0]


def test_a_palette_with_a_transparent_colour_is_read() -> None:
    image = two_halves().convert("P")
    photo = accepted(saved(image, "PNG", transparency=image.getpixel((79, 0))))
    assert photo.pixels[30, 10].tolist() == [255, 0, 0]
    assert photo.pixels[30, 70].tolist() == [255, 255, 255]


@pytest.mark.parametrize("mode", ["L", "LA", "1", "CMYK", "YCbCr"])
def test_other_colour_models_become_rgb(mode: str) -> None:
    kind = "PNG" if mode in {"L", "LA", "1"} else "JPEG"
    photo = accepted(saved(Image.new("RGB", (64, 64), "white").convert(mode), kind))
    assert photo.pixels.min() > 250


def test_a_big_jpeg_is_decoded_at_a_fraction_and_keeps_its_size() -> None:
    photo = accepted(saved(two_halves(800, 400), "JPEG"), PhotoLimits(enough_side=200))
    assert photo.pixels.shape == (100, 200, 3)
    assert (photo.width, photo.height) == (800, 400)
