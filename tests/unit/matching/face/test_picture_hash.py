"""A photo is recognised when it comes again, and only then."""

import io
from dataclasses import replace

import numpy as np
from PIL import Image

from matching.face.picture_hash import picture_hash
from matching.face.reading import PhotoReading
from tests.portraits import astronaut, grace_hopper, opened


def reading_of(image: Image.Image) -> PhotoReading:
    pixels = np.ascontiguousarray(image)
    return PhotoReading(photo_sha256="0" * 64, picture_hash=picture_hash(pixels))


def recompressed(image: Image.Image) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=40)
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")


def test_the_same_photo_shrunk_and_recompressed_is_a_copy() -> None:
    image = opened(astronaut())
    again = recompressed(image.resize((image.width // 2, image.height // 2)))
    assert reading_of(image).is_copy_of(reading_of(again))


def test_another_photo_is_no_copy() -> None:
    assert not reading_of(opened(astronaut())).is_copy_of(reading_of(opened(grace_hopper())))


def test_what_could_not_be_read_is_a_copy_of_nothing() -> None:
    known = reading_of(opened(astronaut()))
    assert not known.is_copy_of(replace(known, picture_hash=None))
