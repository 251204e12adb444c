import subprocess
import sys
from pathlib import Path

import face_recognition
import numpy as np
import pytest
from PIL import Image, ImageFile

from matching.face.embedding import distance
from matching.face.engine import read_photo
from matching.face.face_recognition_engine import FaceRecognitionEngine
from matching.face.photo import PhotoLimits, RgbPixels
from matching.face.reading import PhotoReading
from tests.portraits import as_png, astronaut, development_photo, grace_hopper, opened

LIMITS = PhotoLimits()
ENGINE = FaceRecognitionEngine()
DLIB_WEIGHTS = "55533b28a95800a5"


def read(data: bytes) -> PhotoReading:
    reading = read_photo(data, ENGINE, LIMITS)
    assert reading.rejected is None
    return reading


def pixels_of(data: bytes) -> RgbPixels:
    return np.ascontiguousarray(opened(data))


def off_centre() -> Image.Image:
    """A wide sheet whose only face is near the right edge, below the middle."""
    sheet = Image.new("RGB", (1400, 700), (90, 110, 130))
    sheet.paste(opened(astronaut()).crop((100, 0, 380, 280)), (1100, 380))
    return sheet


def test_importing_the_engine_leaves_cut_off_photos_refused() -> None:
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_the_model_id_names_engine_and_weights() -> None:
    assert ENGINE.model_id == f"face-recognition:{DLIB_WEIGHTS}"
    assert ENGINE.model_sha256.startswith(DLIB_WEIGHTS)
    assert len(ENGINE.model_sha256) == 64


@pytest.mark.parametrize("photo", [grace_hopper, astronaut])
def test_vectors_are_those_of_face_recognition(photo: object) -> None:
    assert callable(photo)
    data = photo()
    (face,) = read(data).faces
    theirs = face_recognition.face_encodings(pixels_of(data))
    assert min(np.abs(face.embedding - each).max() for each in theirs) < 1e-6
    assert len(face.embedding) == 128


def test_boxes_are_left_top_width_height() -> None:
    (face,) = read(as_png(off_centre())).faces
    # In the portrait the face is at 175, 76 and 91 pixels wide.
    assert face.box.x == pytest.approx(1100 + 75, abs=15)
    assert face.box.y == pytest.approx(380 + 76, abs=15)
    assert face.box.width == pytest.approx(91, abs=15)
    assert face.box.height == pytest.approx(91, abs=15)


@pytest.mark.parametrize("quarter_turns", [1, 2, 3])
def test_a_photo_that_lies_on_its_side_is_read_and_its_box_lies_too(quarter_turns: int) -> None:
    upright = pixels_of(grace_hopper())
    (face,) = read(grace_hopper()).faces
    lying = Image.fromarray(np.ascontiguousarray(np.rot90(upright, quarter_turns)))
    (same,) = read(as_png(lying)).faces
    assert distance(face.embedding, same.embedding) < 0.1
    patch = np.zeros(upright.shape[:2])
    patch[face.box.y : face.box.y + face.box.height, face.box.x : face.box.x + face.box.width] = 1
    turned = np.rot90(patch, quarter_turns)
    box = same.box
    inside = turned[box.y : box.y + box.height, box.x : box.x + box.width].sum()
    assert inside / patch.sum() > 0.7


def test_a_pattern_that_only_one_detector_takes_for_a_face_is_left_out() -> None:
    assert len(face_recognition.face_locations(pixels_of(astronaut()))) == 2
    assert len(read(astronaut()).faces) == 1


def test_the_biggest_face_comes_first() -> None:
    portrait = opened(grace_hopper())
    sheet = Image.new("RGB", (900, 700), (90, 110, 130))
    sheet.paste(portrait.resize((256, 300)), (20, 20))
    sheet.paste(portrait, (330, 50))
    first, second = read(as_png(sheet)).faces
    assert first.box.x > second.box.x
    assert first.box.width > second.box.width
    assert distance(first.embedding, second.embedding) < 0.4


def test_eye_distance_grows_with_the_photo() -> None:
    portrait = opened(grace_hopper())
    (face,) = read(grace_hopper()).faces
    (half,) = read(as_png(portrait.resize((256, 300)))).faces
    assert half.quality.eye_distance_px == pytest.approx(face.quality.eye_distance_px / 2, rel=0.1)


@pytest.mark.slow
def test_a_face_on_a_big_photo_keeps_all_its_pixels() -> None:
    sheet = Image.new("RGB", (3600, 2000), (90, 110, 130))
    sheet.paste(opened(grace_hopper()), (2500, 900))
    (face,) = read(as_png(sheet)).faces
    (alone,) = read(grace_hopper()).faces
    assert distance(face.embedding, alone.embedding) < 0.2
    assert face.quality.eye_distance_px == pytest.approx(alone.quality.eye_distance_px, abs=4)
    assert 2500 < face.box.x < 2500 + 512
    assert 900 < face.box.y < 900 + 600


def test_a_landscape_has_no_face() -> None:
    sky = np.tile(np.linspace(40, 220, 300).astype(np.uint8)[:, None, None], (1, 400, 3))
    assert ENGINE.detect_and_embed(np.ascontiguousarray(sky)) == ()


def test_missing_models_are_an_import_error_and_not_the_end_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "face_recognition").mkdir()
    (tmp_path / "face_recognition" / "__init__.py").write_text("quit()\n")
    done = subprocess.run(
        [sys.executable, "-c", "import matching.face.face_recognition_engine"],
        env={"PYTHONPATH": f"{tmp_path}:{Path.cwd()}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "ImportError: face_recognition cannot load its models" in done.stderr


@pytest.mark.devdata
def test_one_man_on_two_photos_is_nearer_than_two_men() -> None:
    first, second, other = (
        read(development_photo(name)).faces[0].embedding
        for name in ("obama.jpg", "obama2.jpg", "biden.jpg")
    )
    assert distance(first, second) < 0.45
    assert distance(first, other) > 0.7


@pytest.mark.devdata
@pytest.mark.parametrize(
    ("name", "count"),
    [("two_people.jpg", 2), ("32bit.png", 1), ("obama_and_biden.jpg", 3), ("obama-240p.jpg", 1)],
)
def test_every_person_on_a_photo_is_found(name: str, count: int) -> None:
    assert len(read(development_photo(name)).faces) == count


@pytest.mark.devdata
@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["obama.jpg", "obama3.jpg", "biden.jpg", "two_people.jpg", "obama_partial_face.jpg"]
)
def test_photos_that_need_no_shrinking_give_face_recognitions_vectors(name: str) -> None:
    data = development_photo(name)
    theirs = face_recognition.face_encodings(pixels_of(data))
    ours = read(data).faces
    assert len(ours) == len(theirs)
    for face in ours:
        assert min(np.abs(face.embedding - each).max() for each in theirs) < 1e-6
