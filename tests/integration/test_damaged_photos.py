"""Four hundred damaged photos, through the face process: none ends it, none passes as whole.

Every file is a valid one, cut short or with one bit flipped. JPEG and HEIF keep no checksum, and a
flipped bit may leave a file without a fault: what such a file says is another picture. Those are
counted, and the count may not grow.
"""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from matching.face.embedding import distance
from matching.face.reading import PhotoReading
from runtime.engine_setup import EngineSetup
from runtime.face_process import FaceProcess
from tests.picture_files import FORMATS, portrait, written

pytestmark = pytest.mark.slow
CUTS = FLIPS = 40
NEAR = 0.1
#: How many of the flipped ones may show another face than the original. A JPEG whose stored difference of
#: brightness changed, and an HEIF stream that lost its place, are valid pictures to every decoder.
UNSEEN = {"JPEG": 6, "MPO": 6, "HEIF": 12, "PNG": 0, "WEBP": 0}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaceProcess]:
    models = tmp_path_factory.mktemp("models")
    process = FaceProcess(setup=EngineSetup(name="dlib-onnx", models=models))
    yield process
    process.close()


def cut(data: bytes, seed: int) -> bytes:
    return data[: random.Random(seed).randrange(len(data))]


def flipped(data: bytes, seed: int) -> bytes:
    rng = random.Random(seed)
    torn = bytearray(data)
    torn[rng.randrange(len(torn))] ^= 1 << rng.randrange(8)
    return bytes(torn)


def outcome(reading: PhotoReading, original: PhotoReading) -> str:
    if reading.rejected is not None:
        # "Handling failed" would mean that the process ended over it.
        assert "出错" not in reading.rejected.message
        return "refused"
    (kept,) = original.faces
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
    seen = Counter(outcome(reader.read(flipped(whole, seed)), original) for seed in range(FLIPS))
    assert seen["far"] <= UNSEEN[kind]
