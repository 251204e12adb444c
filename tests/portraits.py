"""The two public-domain portraits that lie inside ordinary wheels, and the development photos."""

import os
from importlib.metadata import files
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image


def grace_hopper() -> bytes:
    return _inside("matplotlib", "grace_hopper.jpg")


def astronaut() -> bytes:
    return _inside("scikit-image", "astronaut.png")


def development_photo(name: str) -> bytes:
    if "GUITU_DEVDATA" not in os.environ:
        pytest.skip("GUITU_DEVDATA names no development data folder")
    return Path(os.environ["GUITU_DEVDATA"], "faces", name).read_bytes()


def as_png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def _inside(distribution: str, name: str) -> bytes:
    entry = next(entry for entry in files(distribution) or [] if entry.name == name)
    return Path(str(entry.locate())).read_bytes()
