"""What is still taken from dlib itself: the HOG detector, five landmarks, the aligned chip.

The only module that imports dlib. It does not import `face_recognition`, which would load four
models and change settings of the whole process.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import dlib
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from matching.errors import BadModelError
from matching.face.boxes import point_turned_back
from matching.face.detection import Detection
from matching.face.dlib_graph import CHIP_SIZE
from matching.face.photo import RgbPixels
from matching.face.reading import Box, EyeLine

#: The margin around the face that dlib's recognition network was made for.
_PADDING: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedFace:
    """A face cut out, turned upright and scaled, and the landmarks it was cut by."""

    #: RGB, shape (150, 150, 3).
    chip: NDArray[np.uint8]
    #: Outer and inner corner of one eye, of the other eye, then the base of the nose: shape
    #: (5, 2), x and y in pixels of the photo.
    points: NDArray[np.float64]

    @property
    def eye_distance_px(self) -> float:
        """Between the middles of both eyes, in pixels of the photo."""
        one, other = self.points[0:2].mean(axis=0), self.points[2:4].mean(axis=0)
        return float(np.linalg.norm(one - other))

    def eye_line(self, quarter_turns: int, width: int, height: int) -> EyeLine:
        """The eyes on the photo itself; `width` and `height` are those of the turned photo."""
        middles = self.points[0:2].mean(axis=0), self.points[2:4].mean(axis=0)
        left, right = sorted((float(x), float(y)) for x, y in middles)
        lies = quarter_turns % 2
        return EyeLine(
            left=point_turned_back(left, quarter_turns, width, height),
            right=point_turned_back(right, quarter_turns, width, height),
            width=height if lies else width,
            height=width if lies else height,
        )

    @property
    def turn(self) -> float:
        """How far the nose is off the middle between the eyes, in eye distances: 0 is frontal."""
        one, other = self.points[0:2].mean(axis=0), self.points[2:4].mean(axis=0)
        axis = one - other
        length = float(axis @ axis)
        if not length:
            return 1.0
        return float(abs((self.points[4] - (one + other) / 2) @ axis) / length)


class HogDetector:
    """dlib's frontal face detector; implements `matching.face.detection.Detector`."""

    def __init__(self, *, is_grey: bool = False, least_score: float = 0.0) -> None:
        """A detector.

        Args:
            is_grey: a quarter quicker, finds the same, and is a little less sure.
            least_score: what scores less is no face; 0 is dlib's own bar.
        """
        self._detector = dlib.get_frontal_face_detector()
        self._is_grey = is_grey
        self._least_score = least_score

    def detect(self, pixels: RgbPixels, doublings: int = 0) -> tuple[Detection, ...]:
        """Faces, surest first."""
        picture = np.asarray(Image.fromarray(pixels).convert("L")) if self._is_grey else pixels
        rectangles, scores, _ = self._detector.run(picture, doublings, self._least_score)
        return tuple(
            Detection(box=box_of(rectangle), score=float(score))
            for rectangle, score in zip(rectangles, scores, strict=True)
        )


class Aligner:
    """Cuts faces out the way `face_recognition` does with `model="small"`."""

    def __init__(self, landmarks: Path) -> None:
        """Load the five-point predictor. Raises BadModelError."""
        try:
            self._predictor = dlib.shape_predictor(str(landmarks))
        except RuntimeError as error:
            raise BadModelError("dlib cannot load the landmark model") from error

    def align(self, pixels: RgbPixels, box: Box) -> AlignedFace:
        """The face in a box; `pixels` must be C-contiguous."""
        return aligned(pixels, self._predictor(pixels, rectangle_of(box)))


def aligned(pixels: RgbPixels, landmarks: Any) -> AlignedFace:
    """The chip that dlib's recognition network is fed for these five landmarks."""
    chip = dlib.get_face_chip(pixels, landmarks, size=CHIP_SIZE, padding=_PADDING)
    points = [(point.x, point.y) for point in landmarks.parts()]
    return AlignedFace(chip=chip, points=np.array(points, dtype=np.float64))


def box_of(rectangle: Any) -> Box:
    """A dlib rectangle counts its last row and column in; a box does not need to."""
    return Box(
        x=rectangle.left(), y=rectangle.top(), width=rectangle.width(), height=rectangle.height()
    )


def rectangle_of(box: Box) -> Any:
    """The dlib rectangle of a box."""
    return dlib.rectangle(box.x, box.y, box.x + box.width - 1, box.y + box.height - 1)
