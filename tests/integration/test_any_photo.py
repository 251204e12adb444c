"""Whatever the file format, the colour mode and the way the phone was held: the same face."""

from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from matching.face.boxes import shared_part
from matching.face.embedding import distance
from matching.face.reading import DetectedFace
from runtime.engine_setup import EngineSetup
from runtime.face_process import FaceProcess
from tests.picture_files import FORMATS, deep_grey, portrait, with_a_clear_corner, written

#: Lossy compression and lost colour move a vector a little; strangers begin at 0.6.
SAME_PICTURE, SAME_FACE = 0.1, 0.35


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaceProcess]:
    models = tmp_path_factory.mktemp("models")
    process = FaceProcess(setup=EngineSetup(name="dlib-onnx", models=models))
    yield process
    process.close()


@pytest.fixture(scope="module")
def original(reader: FaceProcess) -> DetectedFace:
    return face_in(reader, written(portrait(), "PNG"))


def face_in(reader: FaceProcess, data: bytes) -> DetectedFace:
    reading = reader.read(data)
    assert reading.rejected is None
    assert (reading.width, reading.height) == portrait().size
    (face,) = reading.faces
    return face


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", FORMATS)
def test_a_face_is_found_upright_however_the_phone_was_held(
    reader: FaceProcess, original: DetectedFace, kind: str, orientation: int
) -> None:
    face = face_in(reader, written(portrait(), kind, orientation=orientation))
    assert distance(face.embedding, original.embedding) < SAME_PICTURE
    assert shared_part(face.box, original.box) > 0.6


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("JPEG", lambda image: image.convert("CMYK")),
        ("JPEG", lambda image: image.convert("L")),
        ("PNG", deep_grey),
        ("PNG", lambda image: image.convert("P")),
        ("PNG", lambda image: image.quantize(256)),
        ("PNG", with_a_clear_corner),
        ("PNG", lambda image: image.convert("LA")),
        ("WEBP", with_a_clear_corner),
        ("HEIF", with_a_clear_corner),
    ],
    ids=[
        "cmyk",
        "grey",
        "deep-grey",
        "web-palette",
        "palette",
        "alpha",
        "grey-alpha",
        "webp-alpha",
        "heif-alpha",
    ],
)
def test_a_face_is_the_same_in_every_colour_mode(
    reader: FaceProcess,
    original: DetectedFace,
    kind: str,
    made: Callable[[Image.Image], Image.Image],
) -> None:
    face = face_in(reader, written(made(portrait()), kind))
    assert distance(face.embedding, original.embedding) < SAME_FACE


def test_a_progressive_jpeg_is_read(reader: FaceProcess, original: DetectedFace) -> None:
    face = face_in(reader, written(portrait(), "JPEG", progressive=True))
    assert distance(face.embedding, original.embedding) < SAME_PICTURE
