"""dlib's networks on ONNX Runtime against dlib itself: vectors, boxes, and damaged files."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import dlib
import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.errors import BadModelError
from matching.face.dlib_faces import Aligner
from matching.face.dlib_graph import detection_graph, embedding_graph
from matching.face.dlib_weights import read_network
from matching.face.engine import FaceEngine
from matching.face.mmod_detector import MmodDetector
from matching.face.onnx_format import model_bytes
from matching.face.onnx_session import OnnxSession
from matching.face.photo import RgbPixels
from runtime.engine_setup import EngineSetup
from runtime.face_engines import DETECTION, LANDMARKS, RECOGNITION, dlib_onnx
from runtime.model_files import weight_file
from runtime.onnx_files import converted
from tests.portraits import astronaut, development_photo, grace_hopper, opened

PARITY = 1e-5


@cache
def recognition() -> OnnxSession:
    network = read_network(weight_file(RECOGNITION).read_bytes())
    return OnnxSession(model_bytes(embedding_graph(network)), threads=1)


@cache
def detector() -> MmodDetector:
    network = read_network(weight_file(DETECTION).read_bytes())
    session = OnnxSession(model_bytes(detection_graph(network)), threads=1)
    return MmodDetector(network, session.run)


@cache
def oracle() -> object:
    return dlib.face_recognition_model_v1(str(weight_file(RECOGNITION)))


def vectors_of(chips: list[RgbPixels]) -> np.ndarray:
    return np.array([oracle().compute_face_descriptor(chip) for chip in chips])  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> FaceEngine:
    return dlib_onnx(EngineSetup(name="dlib-onnx", models=tmp_path_factory.mktemp("models")))


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
@settings(max_examples=6)
def test_vectors_of_any_chip_are_dlibs(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    chips = [rng.integers(0, 256, (150, 150, 3), dtype=np.uint8) for _ in range(count)]
    ours = recognition().run(np.stack(chips))
    assert np.abs(ours - vectors_of(chips)).max() < PARITY


@pytest.mark.parametrize("photo", [grace_hopper, astronaut], ids=["hopper", "astronaut"])
def test_vectors_of_real_faces_are_face_recognitions(engine: FaceEngine, photo: object) -> None:
    import face_recognition  # noqa: PLC0415 - loads four models

    assert callable(photo)
    pixels = np.asarray(opened(photo()))
    (face, *_) = engine.detect_and_embed(pixels)
    box = face.box
    # face_recognition names the last pixel of a box, not the first one after it.
    css = (box.y, box.x + box.width - 1, box.y + box.height - 1, box.x)
    (theirs,) = face_recognition.face_encodings(pixels, [css], num_jitters=1, model="small")
    assert np.abs(np.array(face.embedding) - theirs).max() < PARITY


@pytest.mark.parametrize("photo", [grace_hopper, astronaut], ids=["hopper", "astronaut"])
def test_boxes_are_those_of_dlibs_own_detector(photo: object) -> None:
    assert callable(photo)
    image = opened(photo())
    image.thumbnail((400, 400))
    pixels = np.ascontiguousarray(image)
    theirs = dlib.cnn_face_detection_model_v1(str(weight_file(DETECTION)))(pixels, 0)
    ours = detector().detect(pixels)
    assert [(d.box.x, d.box.y, d.box.width, d.box.height) for d in ours] == [
        (r.rect.left(), r.rect.top(), r.rect.width(), r.rect.height()) for r in theirs
    ]
    assert [d.score for d in ours] == pytest.approx([r.confidence for r in theirs], abs=1e-4)


@pytest.mark.devdata
@pytest.mark.parametrize(
    "name", ["obama.jpg", "obama_partial_face2.jpg", "two_people.jpg", "32bit.png"]
)
def test_no_face_of_the_development_photos_is_lost(engine: FaceEngine, name: str) -> None:
    import face_recognition  # noqa: PLC0415 - loads four models

    pixels = np.asarray(opened(development_photo(name)))
    theirs = face_recognition.face_locations(pixels)
    assert len(engine.detect_and_embed(pixels)) >= max(1, len(theirs))


def test_the_graphs_are_what_the_standard_says() -> None:
    for name, draw in ((RECOGNITION, embedding_graph), (DETECTION, detection_graph)):
        model = model_bytes(draw(read_network(weight_file(name).read_bytes())))
        onnx.checker.check_model(onnx.load_model_from_string(model), full_check=True)


@pytest.mark.parametrize("cut", [0, 1, 100, 10_000, -1])
def test_torn_weights_are_refused(cut: int) -> None:
    whole = weight_file(DETECTION).read_bytes()
    with pytest.raises(BadModelError):
        read_network(whole[:cut])


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(BadModelError):
        OnnxSession(b"not a model", threads=1)


def test_a_kept_model_is_used_again_and_a_damaged_one_made_anew(tmp_path: Path) -> None:
    weights = weight_file(DETECTION).read_bytes()
    model = converted(weights, detection_graph, tmp_path, "detection")
    kept = tmp_path / "detection.onnx"
    assert kept.read_bytes() == model
    before = kept.stat().st_mtime_ns
    assert converted(weights, detection_graph, tmp_path, "detection") == model
    assert kept.stat().st_mtime_ns == before
    kept.write_bytes(model[:-1] + b"\x00\x01")
    assert converted(weights, detection_graph, tmp_path, "detection") == model
    assert sha256(kept.read_bytes()).digest() == sha256(model).digest()
    assert {path.name for path in tmp_path.iterdir()} == {"detection.onnx", "detection.json"}


def test_a_face_is_aligned_to_dlibs_own_chip() -> None:
    pixels = np.asarray(opened(astronaut()))
    found = dlib.get_frontal_face_detector()(pixels, 0)[0]
    shape = dlib.shape_predictor(str(weight_file(LANDMARKS)))(pixels, found)
    chip = dlib.get_face_chip(pixels, shape, size=150, padding=0.25)
    from matching.face.dlib_faces import box_of  # noqa: PLC0415 - beside the oracle it mirrors

    ours = Aligner(weight_file(LANDMARKS)).align(pixels, box_of(found))
    assert np.array_equal(ours.chip, chip)
