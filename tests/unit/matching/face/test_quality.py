import numpy as np
import pytest
from numpy.typing import NDArray

from matching.face.quality import load_limits, measure, verdict
from matching.face.reading import FaceQuality, RejectionCode

LIMITS = load_limits()
GOOD = FaceQuality(eye_distance_px=60.0, sharpness=300.0, brightness=0.5)


def board(dark: int, bright: int) -> NDArray[np.uint8]:
    """A chess board of single pixels."""
    cells = np.indices((150, 150)).sum(axis=0) % 2
    return np.where(cells[:, :, None] == 0, dark, bright).repeat(3, axis=2).astype(np.uint8)


def test_a_flat_chip_has_no_sharpness_and_its_own_brightness() -> None:
    quality = measure(np.full((150, 150, 3), 51, np.uint8), eye_distance_px=47.0, turn=0.0)
    assert quality.sharpness == pytest.approx(0.0)
    assert quality.brightness == pytest.approx(0.2)
    assert quality.eye_distance_px == 47.0


def test_stronger_edges_are_sharper() -> None:
    soft, hard = (measure(board(100, top), eye_distance_px=47.0, turn=0.0) for top in (120, 220))
    assert 0 < soft.sharpness < hard.sharpness


def test_the_laplacian_of_a_chess_board_is_eight_times_half_its_contrast() -> None:
    assert measure(board(100, 120), eye_distance_px=47.0, turn=0.0).sharpness == pytest.approx(
        80.0**2
    )


def test_a_good_face_is_usable() -> None:
    assert verdict(GOOD, LIMITS) is None


@pytest.mark.parametrize(
    ("quality", "code"),
    [
        (FaceQuality(eye_distance_px=12.7, sharpness=300, brightness=0.5), RejectionCode.TOO_SMALL),
        (FaceQuality(eye_distance_px=60, sharpness=1.0, brightness=0.5), RejectionCode.BLURRED),
        (FaceQuality(eye_distance_px=60, sharpness=1.0, brightness=0.05), RejectionCode.DARK),
    ],
)
def test_the_gravest_reason_comes_first(quality: FaceQuality, code: RejectionCode) -> None:
    refusal = verdict(quality, LIMITS)
    assert refusal is not None
    assert refusal.code is code


def test_the_sentence_on_small_faces_names_both_numbers() -> None:
    refusal = verdict(FaceQuality(eye_distance_px=12.7, sharpness=9, brightness=0.5), LIMITS)
    assert refusal is not None
    assert "只有 12 像素，至少要 20 像素" in refusal.message
