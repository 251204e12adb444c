"""No photo on which `face_recognition` finds a face, with either detector, comes back empty.

The photos are the portraits inside ordinary wheels and, where there are any, the development
photos: as they are, lying, upside down, tilted, small, large, dark and blurred.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import face_recognition
import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from matching.face.onnx_engine import OnnxEngine
from matching.face.photo import RgbPixels
from runtime.engine_setup import EngineSetup
from runtime.face_engines import dlib_onnx
from tests.portraits import astronaut, grace_hopper, opened

pytestmark = pytest.mark.slow
Change = Callable[[Image.Image], Image.Image]
#: The peer's neural detector takes seconds per megapixel.
NEURAL_SIDE: Final = 500
CHANGES: Final[dict[str, Change]] = {
    "as it is": lambda image: image,
    "turned left": lambda image: image.transpose(Image.Transpose.ROTATE_90),
    "turned right": lambda image: image.transpose(Image.Transpose.ROTATE_270),
    "upside down": lambda image: image.transpose(Image.Transpose.ROTATE_180),
    "tilted": lambda image: image.rotate(20, Image.Resampling.BICUBIC, expand=True),
    "a third": lambda image: image.reduce(3),
    "a sixth": lambda image: image.reduce(6),
    "doubled": lambda image: image.resize((2 * image.width, 2 * image.height)),
    "dark": lambda image: ImageEnhance.Brightness(image).enhance(0.25),
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(4)),
}


def photos() -> list[Any]:
    known = [pytest.param(None, id="portraits")]
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        return known
    files = sorted(path for path in Path(folder, "faces").iterdir() if path.is_file())
    return known + [pytest.param(path, id=path.stem, marks=pytest.mark.devdata) for path in files]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OnnxEngine:
    setup = EngineSetup(name="dlib-onnx", models=tmp_path_factory.mktemp("models"))
    made = dlib_onnx(setup)
    assert isinstance(made, OnnxEngine)
    return made


def peer_finds(pixels: RgbPixels) -> bool:
    if face_recognition.face_locations(pixels):
        return True
    small = Image.fromarray(pixels)
    small.thumbnail((NEURAL_SIDE, NEURAL_SIDE))
    picture = np.ascontiguousarray(small)
    return bool(
        face_recognition.face_locations(picture, number_of_times_to_upsample=0, model="cnn")
    )


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", photos())
def test_where_face_recognition_finds_a_face_so_do_we(
    engine: OnnxEngine, path: Path | None, change: str
) -> None:
    images = [opened(astronaut()), opened(grace_hopper())] if path is None else [Image.open(path)]
    for image in images:
        pixels = np.ascontiguousarray(CHANGES[change](image.convert("RGB")))
        assert engine.detect_and_embed(pixels) or not peer_finds(pixels)
