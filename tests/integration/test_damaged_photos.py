"""Four hundred damaged photos of each format, through the face process: none ends it.

Every file is a valid one, cut short or with one bit flipped. It is refused, or shows the same face.
JPEG and WebP keep no checksum, and a few flipped bits leave a small file without a fault and without
a seam: what it says is another picture. Those are counted, and the count may not grow.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from matching.face.embedding import distance
from matching.face.reading import PhotoReading
from runtime.engine_setup import EngineSetup
from runtime.face_process import FaceProcess
from tests.picture_files import FORMATS, portrait, with_one_bit_flipped, written

pytestmark = pytest.mark.slow
CUTS = FLIPS = 200
NEAR = 0.1
#: How many of the flipped ones show another face than the original. The portrait is 13 blocks wide,
#: where a shift of brightness leaves the least of a seam; on photos of usual size none is left.
UNSEEN = {"JPEG": 5, "MPO": 4, "HEIF": 0, "PNG": 0, "WEBP": 1}
PHOTOS = ("obama.jpg", "obama2.jpg", "two_people.jpg")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaceProcess]:
    models = tmp_path_factory.mktemp("models")
    process = FaceProcess(setup=EngineSetup(name="dlib-onnx", models=models))
    yield process
    process.close()


def cut(data: bytes, seed: int) -> bytes:
    return data[: random.Random(seed).randrange(len(data))]


def outcome(reading: PhotoReading, original: PhotoReading) -> str:
    if reading.rejected is not None:
        # "Handling failed" would mean that the process ended over it.
        assert "出错" not in reading.rejected.message
        return "refused"
    kept = original.faces[0]
    gap = min(distance(face.embedding, kept.embedding) for face in reading.faces)
    return "near" if gap < NEAR else "far"


@pytest.mark.parametrize("kind", FORMATS)
def test_a_photo_cut_short_is_refused_or_shows_the_same_face(
    reader: FaceProcess, kind: str
) -> None:
    whole = written(portrait(), kind)
    original = reader.read(whole)
    seen = Counter(outcome(reader.read(cut(whole, seed)), original) for seed in range(CUTS))
    assert seen["far"] == 0


@pytest.mark.parametrize("kind", FORMATS)
def test_a_photo_with_a_flipped_bit_ends_nothing_and_seldom_passes_as_whole(
    reader: FaceProcess, kind: str
) -> None:
    whole = written(portrait(), kind)
    original = reader.read(whole)
    seen = Counter(
        outcome(reader.read(with_one_bit_flipped(whole, seed)), original) for seed in range(FLIPS)
    )
    assert seen["far"] <= UNSEEN[kind]


@pytest.mark.devdata
@pytest.mark.parametrize("name", PHOTOS)
def test_no_flipped_bit_of_a_photo_of_usual_size_shows_another_face(
    reader: FaceProcess, name: str
) -> None:
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        pytest.skip("GUITU_DEVDATA names no development data folder")
    whole = Path(folder, "faces", name).read_bytes()
    original = reader.read(whole)
    torn = (with_one_bit_flipped(whole, seed) for seed in range(FLIPS // 2))
    seen = Counter(outcome(reader.read(each), original) for each in torn)
    assert seen["far"] == 0
    assert seen["refused"] > 0
