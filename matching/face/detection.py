"""In which order a photo is searched for faces; the first search that finds any ends it.

Measured by `guitu bench face-order`, frozen in `benchmarks/results/face-order.json`: 33 faces on 25
photos, on a busy machine. Most faces per millisecond has the neural detector on a small picture
(0.0075), but it sees only 18 of the 33, and whoever is missed beside a face that was found is lost.
So first comes the quickest search that sees nearly all: HOG at a working size, 32 of 33 at 0.004;
grey or coloured makes no difference that the run could tell. Next the neural detector, because it
costs 0.08 s, then finer sizes, of which the first won the one photo that was left, and turned
pictures. On that set the neural detector won no photo: it is there for faces half turned away,
tilted or partly covered (`tests/integration/test_no_face_lost.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import numpy as np
from PIL import Image

from matching.face.boxes import clipped, scaled
from matching.face.photo import RgbPixels
from matching.face.reading import Box

#: Photos up to this size are searched as they are, larger ones at half their sides: the smallest
#: face found is then about 70 or 140 pixels wide.
_AS_IT_IS: Final = 1_200_000
#: Never more pixels than this in the first search: 0.2 s.
_FIRST_PIXELS: Final = 4_000_000
_NEURAL_PIXELS: Final = 400_000
_FINER_PIXELS: Final = 3_500_000
_TURNED_PIXELS: Final = 250_000
#: The last searches look for faces of about 40 pixels; sizes beyond these would outlast the desk's
#: patience: 6 s and 2.5 s.
_FINEST_HOG_PIXELS: Final = 20_000_000
_FINEST_NEURAL_PIXELS: Final = 8_000_000
#: A HOG score below this is doubtful. Of the development photos, the false alarms score up to
#: 0.12, a child's shaded face 0.27 to 0.40, faces seen from the front 0.7 and more.
_DOUBTFUL: Final = 0.5
#: From this score on the quick detector's finds are looked into: a child's shaded face beside two
#: men in full light scores -0.08 on a 12-megapixel photo, and what lies below is no face.
BARELY_A_FACE: Final = -0.15
#: Pixels of the crops on which the neural detector judges a doubtful face: 12 and 45 ms.
_JUDGED_PIXELS: Final = (200 * 200, 400 * 400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """A face and the detector's score; the box may reach over the edge of the picture."""

    box: Box
    score: float


class Detector(Protocol):
    """Finds faces of about 80 pixels; each doubling of the picture halves that."""

    def detect(self, pixels: RgbPixels, doublings: int = 0) -> tuple[Detection, ...]:
        """Faces, surest first, in pixels of `pixels`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The faces of a photo, on the photo turned by `quarter_turns` to the left."""

    pixels: RgbPixels
    quarter_turns: int
    detections: tuple[Detection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One look at a photo."""

    detector: Literal["quick", "hog", "neural"]
    #: Pixels of the picture that is searched, at most.
    most: int
    doublings: int = 0
    quarter_turns: int = 0


class FaceFinder:
    """Looks harder, then sideways, while there seems to be no face."""

    def __init__(self, *, quick: Detector, hog: Detector, neural: Detector) -> None:
        """A finder.

        Args:
            quick: looks first.
            hog: looks again, with more care.
            neural: sees faces that the others miss, and judges what they are not sure of.
        """
        self._detectors = {"quick": quick, "hog": hog, "neural": neural}
        self._neural = neural

    def find(self, pixels: RgbPixels) -> Found | None:
        """The faces of a photo; None when no search finds any."""
        for search in searches(pixels.shape[0] * pixels.shape[1]):
            turned = np.ascontiguousarray(np.rot90(pixels, search.quarter_turns))
            detections = self.look(turned, search)
            if detections:
                return Found(
                    pixels=turned, quarter_turns=search.quarter_turns, detections=detections
                )
        return None

    def look(self, pixels: RgbPixels, search: Search) -> tuple[Detection, ...]:
        """What one search sees on a picture that is turned already; doubtful faces are judged."""
        small = _shrunk(pixels, search.most)
        factor_x, factor_y = pixels.shape[1] / small.shape[1], pixels.shape[0] / small.shape[0]
        found = (
            Detection(box=scaled(each.box, factor_x, factor_y), score=each.score)
            for each in self._detectors[search.detector].detect(small, search.doublings)
        )
        is_sure = search.detector == "neural"
        return tuple(each for each in found if is_sure or self._is_face(pixels, each))

    def _is_face(self, pixels: RgbPixels, found: Detection) -> bool:
        """Sure, or confirmed by the neural detector on the surroundings of the box."""
        if found.score >= _DOUBTFUL:
            return True
        crop = _surroundings(pixels, found.box)
        return any(self._neural.detect(_resized(crop, size)) for size in _JUDGED_PIXELS)


def searches(area: int) -> Iterator[Search]:
    """The order for a photo of so many pixels."""
    yield Search(
        detector="quick", most=area if area <= _AS_IT_IS else min(area // 4, _FIRST_PIXELS)
    )
    yield Search(detector="neural", most=_NEURAL_PIXELS)
    yield Search(detector="hog", most=_FINER_PIXELS, doublings=1)
    # A photo that lost its EXIF data: quarter turns first, upside down last.
    for quarter_turns in (3, 1, 2):
        yield Search(detector="neural", most=_TURNED_PIXELS, quarter_turns=quarter_turns)
    if area > _FINER_PIXELS:
        yield Search(detector="hog", most=_FINEST_HOG_PIXELS, doublings=1)
    can_double = 4 * area <= _FINEST_NEURAL_PIXELS
    yield Search(detector="neural", most=_FINEST_NEURAL_PIXELS, doublings=int(can_double))
    for quarter_turns in (3, 1, 2):
        yield Search(detector="hog", most=_AS_IT_IS, doublings=1, quarter_turns=quarter_turns)


def _shrunk(pixels: RgbPixels, most: int) -> RgbPixels:
    """The picture with at most about `most` pixels; C-contiguous."""
    factor = (pixels.shape[0] * pixels.shape[1] / most) ** 0.5
    if factor <= 1:
        return pixels
    if abs(factor - round(factor)) < 0.01:  # noqa: PLR2004 - a whole number but for odd sides
        return np.ascontiguousarray(Image.fromarray(pixels).reduce(round(factor)))
    return _resized(pixels, most)


def _resized(pixels: RgbPixels, area: int) -> RgbPixels:
    factor = (area / (pixels.shape[0] * pixels.shape[1])) ** 0.5
    size = max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor))
    kernel = Image.Resampling.BOX if factor < 1 else Image.Resampling.BILINEAR
    return np.ascontiguousarray(Image.fromarray(pixels).resize(size, kernel))


def _surroundings(pixels: RgbPixels, box: Box) -> RgbPixels:
    height, width, _ = pixels.shape
    around = clipped(
        Box(
            x=box.x - box.width // 2,
            y=box.y - box.height // 2,
            width=2 * box.width,
            height=2 * box.height,
        ),
        width,
        height,
    )
    crop = pixels[around.y : around.y + around.height, around.x : around.x + around.width]
    return np.ascontiguousarray(crop)
