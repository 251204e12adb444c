"""A calibration measured from pairs: the truth behind them is found again."""

import tomllib
from itertools import pairwise
from math import log2

import numpy as np
import pytest

from matching.errors import BadFactError
from matching.face.calibration import calibration_of
from matching.face.evaluation import PairDistances
from matching.face.measured_curve import calibration_table, measured_points

RANDOM = np.random.default_rng(11)
PAIRS = PairDistances(
    RANDOM.normal(0.4, 0.1, 3000).tolist(), RANDOM.normal(0.8, 0.1, 6000).tolist()
)


def true_bits(gap: float) -> float:
    """log2 of both densities' ratio."""
    return ((gap - 0.8) ** 2 - (gap - 0.4) ** 2) / (2 * 0.01) * log2(np.e)


def test_bits_fall_with_the_distance() -> None:
    points = measured_points(PAIRS)
    assert all(near[0] < far[0] and near[1] > far[1] for near, far in pairwise(points))


def test_where_there_are_pairs_of_both_kinds_the_bits_are_the_true_ones() -> None:
    distances, bits = zip(*measured_points(PAIRS), strict=True)
    for gap in (0.55, 0.6, 0.65):
        assert np.interp(gap, distances, bits) == pytest.approx(true_bits(gap), abs=1.2)


def test_the_table_is_one_that_the_program_reads() -> None:
    text = calibration_table("dlib-onnx", "2026-11-25", PAIRS, ["pairs.csv"])
    entry = tomllib.loads(text)["engines"]["dlib-onnx"]
    calibration = calibration_of("dlib-onnx", "2026-11-25", entry, ())
    assert not calibration.is_assumed
    assert calibration.bits(0.3) > 4
    assert calibration.bits(0.9) < -4
    assert calibration.same_odds(0.3, 1000) < calibration.same_odds(0.3, 10)


def test_nothing_is_claimed_beyond_what_so_many_pairs_can_show() -> None:
    assert max(bits for _, bits in measured_points(PAIRS)) < log2(2 * 6000)


def test_a_handful_of_pairs_makes_no_table() -> None:
    few = PairDistances([0.3] * 49, [0.8] * 1000)
    with pytest.raises(BadFactError):
        measured_points(few)
