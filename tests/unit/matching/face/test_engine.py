from hashlib import sha256
from io import BytesIO

from PIL import Image

from matching.face.engine import read_photo
from matching.face.photo import PhotoLimits, RgbPixels
from matching.face.reading import Box, DetectedFace, FaceQuality, RejectionCode
from tests.portraits import as_png

PHOTO = as_png(Image.new("RGB", (100, 80), "grey"))


class ScriptedEngine:
    """Finds the boxes it was given."""

    name = "scripted"
    model_id = "scripted:0"

    def __init__(self, *boxes: Box, sharpness: float = 300.0) -> None:
        self._boxes = boxes
        self._sharpness = sharpness

    def detect_and_embed(self, pixels: RgbPixels) -> tuple[DetectedFace, ...]:
        assert pixels.size
        return tuple(
            DetectedFace(
                box=box,
                confidence=1.0,
                quality=FaceQuality(
                    eye_distance_px=30.0, sharpness=self._sharpness, brightness=0.5
                ),
                embedding=(1.0, 2.0),
                engine=self.name,
                model_id=self.model_id,
            )
            for box in self._boxes
        )


def test_a_reading_names_the_file_its_size_and_its_faces() -> None:
    box = Box(x=10, y=20, width=30, height=40)
    reading = read_photo(PHOTO, ScriptedEngine(box), PhotoLimits())
    assert reading.photo_sha256 == sha256(PHOTO).hexdigest()
    assert (reading.width, reading.height) == (100, 80)
    assert [face.box for face in reading.faces] == [box]
    assert reading.rejected is None
    assert reading.faces[0].unusable is None


def test_a_photo_without_a_face_says_so_and_keeps_its_size() -> None:
    reading = read_photo(PHOTO, ScriptedEngine(), PhotoLimits())
    assert reading.rejected is not None
    assert reading.rejected.code is RejectionCode.NO_FACE
    assert reading.width == 100


def test_a_file_that_cannot_be_read_has_no_size() -> None:
    reading = read_photo(b"junk", ScriptedEngine(), PhotoLimits())
    assert reading.rejected is not None
    assert reading.rejected.code is RejectionCode.UNREADABLE
    assert reading.width is None


def test_a_blurred_face_keeps_its_vector_and_is_marked() -> None:
    box = Box(x=10, y=20, width=30, height=40)
    (face,) = read_photo(PHOTO, ScriptedEngine(box, sharpness=0.5), PhotoLimits()).faces
    assert face.embedding == (1.0, 2.0)
    assert face.unusable is not None
    assert face.unusable.code is RejectionCode.BLURRED


def test_a_box_over_the_edge_is_cut_to_the_photo() -> None:
    over = ScriptedEngine(Box(x=-5, y=60, width=30, height=40))
    (face,) = read_photo(PHOTO, over, PhotoLimits()).faces
    assert face.box == Box(x=0, y=60, width=25, height=20)


def test_measures_are_those_of_the_photo_as_given_also_when_it_was_decoded_smaller() -> None:
    jpeg = _big_jpeg()
    engine = ScriptedEngine(Box(x=10, y=20, width=30, height=40))
    (face,) = read_photo(jpeg, engine, PhotoLimits(enough_side=200)).faces
    assert face.box == Box(x=40, y=80, width=120, height=160)
    assert face.quality.eye_distance_px == 120.0


def _big_jpeg() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (800, 800), "grey").save(buffer, "JPEG")
    return buffer.getvalue()
