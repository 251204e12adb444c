from itertools import pairwise

import numpy as np
import pytest

from matching.errors import BadPolicyError
from matching.face.calibration import load_calibration

CALIBRATION = load_calibration("face-recognition")


def test_bits_never_rise_with_the_distance() -> None:
    bits = [CALIBRATION.bits(gap) for gap in np.linspace(0.0, 3.0, 1001)]
    assert all(near >= far for near, far in pairwise(bits))


def test_a_near_face_speaks_for_and_a_far_one_against() -> None:
    assert CALIBRATION.bits(0.35) > 8.0
    assert CALIBRATION.bits(0.85) < -3.0


def test_no_distance_says_more_than_the_measured_tail_of_strangers_supports() -> None:
    assert CALIBRATION.bits(0.0) < np.log2(1 / 0.0005) + 0.05


def test_smaller_distances_among_the_good_ones_still_rank_first() -> None:
    assert CALIBRATION.bits(0.36) > CALIBRATION.bits(0.42) > CALIBRATION.bits(0.48)


def test_a_bigger_gallery_lowers_the_odds_in_proportion() -> None:
    alone = CALIBRATION.same_odds(0.45, 1)
    assert alone == pytest.approx(2 ** CALIBRATION.bits(0.45))
    assert CALIBRATION.same_odds(0.45, 20_000) == pytest.approx(alone / 20_000)


def test_a_face_alone_is_never_likely_in_a_gallery_of_twenty_thousand() -> None:
    assert CALIBRATION.same_odds(0.0, 20_000) < 0.11


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 人"), (8500, "8500 人"), (15_500, "1.6 万"), (20_000, "2 万"), (210_000, "21 万")],
)
def test_the_sentence_names_distance_gallery_and_state(size: int, words: str) -> None:
    assert CALIBRATION.detail(0.52, size) == f"人脸距离 0.52（库内 {words}；未校准）"


def test_an_assumed_calibration_says_so() -> None:
    assert CALIBRATION.is_assumed
    assert any("校准" in warning for warning in CALIBRATION.warnings)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(BadPolicyError):
        load_calibration("nobody")
