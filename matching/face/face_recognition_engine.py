"""The engine of `face_recognition` itself, the oracle of the others. Only this module imports it.

Faces are looked for on a picture of moderate size; landmarks and vectors are then taken from the
full picture, so that a small face keeps every pixel it has. On a photo that needs no shrinking
the vectors are those of `face_recognition.face_encodings` with its default arguments.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageFile

from matching.face.boxes import clipped, scaled, turned_back
from matching.face.dlib_faces import aligned, box_of, rectangle_of
from matching.face.photo import RgbPixels
from matching.face.quality import measure
from matching.face.reading import Box, DetectedFace

try:
    import face_recognition_models
    from face_recognition import api
except SystemExit as stop:  # face_recognition quits the program when its models are missing
    raise ImportError("face_recognition cannot load its models: run `make setup` again") from stop

# Importing face_recognition switched this on for the whole process: half an upload would be read
# as a photo with a grey half.
ImageFile.LOAD_TRUNCATED_IMAGES = False

#: Pixels of the picture that is searched first, and of the second look at big photos (small
#: faces in a crowd). The detector takes about 0.3 s per megapixel, and old builds of it crashed
#: on 8 megapixels (davisking/dlib#1104).
FIRST_PIXELS: Final = 3_500_000
SECOND_PIXELS: Final = 7_000_000
#: Pixels when the photo may be lying on its side or upside down: three more searches.
TURNED_PIXELS: Final = 1_000_000
#: How often the detector doubles the picture; 1 is face_recognition's default and finds faces
#: of about 40 pixels.
UPSAMPLE: Final = 1
#: A detector score below this is doubtful. Of the development photos, the false alarms score up
#: to 0.12, a child's shaded face 0.40, faces seen from the front 0.7 and more.
DOUBTFUL: Final = 0.5
#: Pixels of the crop on which the second detector judges a doubtful face: about 0.4 s.
DOUBTFUL_PIXELS: Final = 270 * 270


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A detection on the picture itself, perhaps reaching over its edge."""

    box: Box
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """One attempt: the size of the searched picture, and turns by 90° to the left."""

    pixels: int
    quarter_turns: int = 0


class FaceRecognitionEngine:
    """`matching.face.engine.FaceEngine` over face_recognition's detector and 128-d network."""

    def __init__(self) -> None:
        weights = Path(face_recognition_models.face_recognition_model_location())
        with weights.open("rb") as handle:
            #: SHA-256 of the network's weight file, hex.
            self.model_sha256: Final = file_digest(handle, "sha256").hexdigest()

    @property
    def name(self) -> str:
        """Its name in settings and on the command line."""
        return "face-recognition"

    @property
    def model_id(self) -> str:
        """Name and the first 16 hex digits of the weights' SHA-256."""
        return f"{self.name}:{self.model_sha256[:16]}"

    def detect_and_embed(self, pixels: RgbPixels) -> tuple[DetectedFace, ...]:
        """Every face, biggest first; looks harder, then sideways, when there seems to be none."""
        for search in _searches(pixels):
            turned = np.ascontiguousarray(np.rot90(pixels, search.quarter_turns))
            found = [each for each in _detect(turned, search.pixels) if _is_face(turned, each)]
            if found:
                faces = [self._describe(turned, each, search.quarter_turns) for each in found]
                return tuple(sorted(faces, key=_bigger_first))
        return ()

    def _describe(self, turned: RgbPixels, found: _Found, quarter_turns: int) -> DetectedFace:
        height, width, _ = turned.shape
        landmarks = api.pose_predictor_5_point(turned, rectangle_of(found.box))
        face = aligned(turned, landmarks)
        vector = api.face_encoder.compute_face_descriptor(turned, landmarks, 1)
        return DetectedFace(
            box=turned_back(found.box, quarter_turns, width, height),
            confidence=found.score,
            quality=measure(
                face.chip,
                eye_distance_px=face.eye_distance_px,
                turn=face.turn,
                eyes=face.eye_line(quarter_turns, width, height),
            ),
            embedding=tuple(np.asarray(vector, dtype=np.float32).tolist()),
            engine=self.name,
            model_id=self.model_id,
        )


def _searches(pixels: RgbPixels) -> Iterator[_Search]:
    yield _Search(pixels=FIRST_PIXELS)
    if _area(pixels) > FIRST_PIXELS:
        yield _Search(pixels=SECOND_PIXELS)
    # A photo that lost its EXIF data: quarter turns first, upside down last.
    for quarter_turns in (3, 1, 2):
        yield _Search(pixels=TURNED_PIXELS, quarter_turns=quarter_turns)


def _area(pixels: RgbPixels) -> int:
    height, width, _ = pixels.shape
    return int(height * width)


def _detect(pixels: RgbPixels, most: int) -> list[_Found]:
    """What the HOG detector finds on a copy of at most `most` pixels, on the scale of `pixels`."""
    small = _shrunk(pixels, most)
    factor_x, factor_y = pixels.shape[1] / small.shape[1], pixels.shape[0] / small.shape[0]
    rectangles, scores, _ = api.face_detector.run(small, UPSAMPLE, 0.0)
    return [
        _Found(box=scaled(box_of(rectangle), factor_x, factor_y), score=float(score))
        for rectangle, score in zip(rectangles, scores, strict=True)
    ]


def _is_face(pixels: RgbPixels, found: _Found) -> bool:
    """Sure, or confirmed by the slower neural detector on the surroundings of the box."""
    if found.score >= DOUBTFUL:
        return True
    height, width, _ = pixels.shape
    box = found.box
    around = clipped(
        Box(x=box.x - box.width, y=box.y - box.height, width=3 * box.width, height=3 * box.height),
        width,
        height,
    )
    crop = pixels[around.y : around.y + around.height, around.x : around.x + around.width]
    return len(api.cnn_face_detector(_shrunk(crop, DOUBTFUL_PIXELS), 0)) > 0


def _shrunk(pixels: RgbPixels, most: int) -> RgbPixels:
    """The picture with at most about `most` pixels; C-contiguous."""
    factor = (most / _area(pixels)) ** 0.5
    if factor >= 1:
        return np.ascontiguousarray(pixels)
    size = max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor))
    return np.ascontiguousarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))


def _bigger_first(face: DetectedFace) -> tuple[int, int, int]:
    return -face.box.width * face.box.height, face.box.y, face.box.x
