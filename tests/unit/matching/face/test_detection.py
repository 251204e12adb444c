"""In which order a photo is searched: with detectors that answer as the test says."""

from dataclasses import dataclass, field

import numpy as np

from matching.face.detection import Detection, FaceFinder
from matching.face.photo import RgbPixels
from matching.face.reading import Box


@dataclass(slots=True)
class Told:
    """Finds a face of this score when the picture is at least so many pixels wide."""

    score: float | None = None
    from_width: int = 0
    seen: list[tuple[int, int]] = field(default_factory=list)

    def detect(self, pixels: RgbPixels, doublings: int = 0) -> tuple[Detection, ...]:
        assert doublings >= 0
        height, width, _ = pixels.shape
        self.seen.append((width, height))
        if self.score is None or width < self.from_width:
            return ()
        return (Detection(box=Box(x=1, y=2, width=30, height=40), score=self.score),)


def photo(width: int = 400, height: int = 300) -> RgbPixels:
    return np.zeros((height, width, 3), dtype=np.uint8)


def test_a_sure_face_of_the_quick_detector_ends_the_search() -> None:
    quick, hog, neural = Told(1.5), Told(), Told()
    found = FaceFinder(quick=quick, hog=hog, neural=neural).find(photo())
    assert found is not None
    assert len(found.detections) == 1
    assert hog.seen == neural.seen == []


def test_the_neural_detector_looks_when_the_quick_one_sees_nothing() -> None:
    quick, hog, neural = Told(), Told(), Told(1.0)
    found = FaceFinder(quick=quick, hog=hog, neural=neural).find(photo())
    assert found is not None
    assert len(quick.seen) >= 1
    assert len(neural.seen) >= 1


def test_a_doubtful_face_that_the_neural_detector_denies_is_dropped() -> None:
    quick = Told(0.1)
    assert FaceFinder(quick=quick, hog=Told(), neural=Told()).find(photo()) is None


def test_every_quarter_turn_is_tried_before_giving_up() -> None:
    neural = Told()
    assert FaceFinder(quick=Told(), hog=Told(), neural=neural).find(photo()) is None
    upright = {width > height for width, height in neural.seen}
    assert upright == {True, False}


def test_a_large_photo_is_never_searched_at_full_size_first() -> None:
    quick = Told(1.0)
    FaceFinder(quick=quick, hog=Told(), neural=Told()).find(photo(6000, 4000))
    assert quick.seen[0][0] < 6000
