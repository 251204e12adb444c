from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import BadPolicyError
from matching.face.calibration import calibration_of, load_calibration
from matching.face.conditions import FaceConditions, conditions_of
from matching.face.crowd import Crowd

CALIBRATION = load_calibration("face-recognition")

distances = st.floats(0.0, 2.0)
conditions = st.builds(
    FaceConditions,
    years_apart=st.none() | st.floats(0, 60),
    youngest_age=st.none() | st.floats(0, 90),
    poor_photos=st.integers(0, 2),
)
MEASURED = {
    "assumed": False,
    "warnings": [],
    "most_bits": 9.0,
    "least_bits": -4.0,
    "points": [[0.3, 8.0], [0.5, 2.0], [0.8, -3.0]],
}


@given(distances, distances, conditions)
def test_bits_never_rise_with_the_distance(a: float, b: float, under: FaceConditions) -> None:
    near, far = sorted((a, b))
    assert CALIBRATION.bits(near, under) >= CALIBRATION.bits(far, under)


def test_bits_fall_all_the_way_on_ordinary_photos() -> None:
    bits = [CALIBRATION.bits(gap) for gap in np.linspace(0.0, 3.0, 1001)]
    assert all(near >= far for near, far in pairwise(bits))


def test_a_near_face_speaks_for_and_a_far_one_against() -> None:
    assert CALIBRATION.bits(0.35) > 8.0
    assert CALIBRATION.bits(0.85) < -3.0


def test_no_distance_says_more_than_the_measured_tail_of_strangers_supports() -> None:
    assert CALIBRATION.bits(0.0) < np.log2(1 / 0.0005) + 0.05


def test_smaller_distances_among_the_good_ones_still_rank_first() -> None:
    assert CALIBRATION.bits(0.36) > CALIBRATION.bits(0.42) > CALIBRATION.bits(0.48)


@given(distances, conditions, st.integers(1, 10**8), st.integers(1, 10**8))
def test_odds_fall_as_the_gallery_grows(
    distance: float, under: FaceConditions, one: int, other: int
) -> None:
    small, large = sorted((one, other))
    odds = [CALIBRATION.same_odds(distance, size, under) for size in (small, large)]
    assert odds[0] >= odds[1]
    assert odds[0] * small == pytest.approx(odds[1] * large)


@given(distances, st.integers(1, 10**8))
def test_more_strangers_are_as_near_in_a_larger_gallery(distance: float, size: int) -> None:
    one, more = (CALIBRATION.strangers_within(distance, each) for each in (size, 10 * size))
    assert one is not None
    assert more == pytest.approx(10 * one)


def test_a_bigger_gallery_lowers_the_odds_in_proportion() -> None:
    alone = CALIBRATION.same_odds(0.45, 1)
    assert alone == pytest.approx(2 ** CALIBRATION.bits(0.45))
    assert CALIBRATION.same_odds(0.45, 20_000) == pytest.approx(alone / 20_000)


def test_a_face_alone_is_never_likely_in_a_gallery_of_twenty_thousand() -> None:
    assert CALIBRATION.same_odds(0.0, 20_000) < 0.11


@given(distances, conditions)
def test_whatever_was_not_measured_is_capped(distance: float, under: FaceConditions) -> None:
    bits = CALIBRATION.bits(distance, under)
    if under.years_apart is not None and under.years_apart >= 30:
        assert -1.0 <= bits <= 3.0
    if under.youngest_age is not None and under.youngest_age < 6:
        assert -0.5 <= bits <= 2.0
    if under.poor_photos:
        assert -2.0 <= bits <= 7.0


@given(distances, st.floats(0, 60), st.floats(0, 60))
def test_a_near_face_says_less_the_more_years_lie_between(
    distance: float, one: float, other: float
) -> None:
    few, many = sorted((one, other))
    for_few, for_many = (
        CALIBRATION.bits(min(distance, 0.35), FaceConditions(years_apart=years))
        for years in (few, many)
    )
    assert for_few >= for_many


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 人"), (8500, "8500 人"), (15_500, "1.6 万"), (20_000, "2 万"), (210_000, "21 万")],
)
def test_the_sentence_names_distance_gallery_and_state(size: int, words: str) -> None:
    assert CALIBRATION.detail(0.22, size) == f"人脸距离 0.22（库内 {words}；未校准）"


def test_the_sentence_says_how_many_strangers_are_as_near_and_what_weakens_it() -> None:
    under = FaceConditions(years_apart=31, youngest_age=9, poor_photos=1)
    assert CALIBRATION.detail(0.6, 1_000_000, under) == (
        "人脸距离 0.60（库内 100 万；未校准；陌生人里估计也有约 501 人这么近；"
        "照片相隔三十年以上；有一张是儿童时的照片；有照片质量不足）"
    )


def test_about_one_stranger_in_two_thousand_is_within_the_usual_threshold() -> None:
    assert CALIBRATION.strangers_within(0.6, 1_000_000) == pytest.approx(500, rel=0.05)


def test_an_assumed_calibration_says_so() -> None:
    assert CALIBRATION.is_assumed
    assert any("校准" in warning for warning in CALIBRATION.warnings)


def test_a_measured_table_speaks_by_its_points_within_its_caps() -> None:
    measured = calibration_of("e", "2026-11-25", MEASURED, ())
    assert measured.bits(0.5) == pytest.approx(2.0, abs=0.02)
    assert measured.bits(0.0) == measured.bits(0.3) < 9.0
    assert measured.bits(1.2) == pytest.approx(-3.0, abs=0.02)
    assert measured.strangers_within(0.4, 1000) is None
    assert measured.detail(0.5, 10) == "人脸距离 0.50（库内 10 人；已校准）"


def test_a_measured_table_is_still_uncalibrated_for_what_it_did_not_measure() -> None:
    measured = calibration_of("e", "1", MEASURED, CALIBRATION.conditions)
    assert "已校准" in measured.detail(0.5, 10, FaceConditions(years_apart=1))
    assert "未校准" in measured.detail(0.5, 10, FaceConditions(years_apart=20))


def test_an_added_engine_says_nothing() -> None:
    added = load_calibration("onnx:anything")
    assert [added.bits(gap) for gap in (0.0, 0.5, 1.5)] == [0.0, 0.0, 0.0]


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(BadPolicyError):
        load_calibration("nobody")


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": [[0.5, 2.0], [0.3, 8.0]]},
        {"points": []},
        {"points": [[0.5]]},
        {"most_bits": -5.0},
        {"most_bits": "many"},
        {"counted_within": 0.6},
    ],
)
def test_a_table_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadPolicyError):
        calibration_of("e", "1", {**MEASURED, **wrong}, ())


@pytest.mark.parametrize(
    "wrong",
    [{"what": "hair"}, {"shift": -0.1}, {"shift": "much"}, {"least_bits": 1.0}],
)
def test_a_condition_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    row = {
        "what": "years_apart",
        "from": 5,
        "shift": 0.1,
        "most_bits": 5.0,
        "least_bits": -1.0,
        "words": "隔了几年",
    }
    assert conditions_of({"conditions": [row]})[0].is_assumed
    with pytest.raises(BadPolicyError):
        conditions_of({"conditions": [{**row, **wrong}]})


def test_conditions_hold_from_their_bound_on() -> None:
    five = CALIBRATION.conditions[0]
    assert five.holds(FaceConditions(years_apart=5.0))
    assert not five.holds(FaceConditions(years_apart=4.9))
    assert not replace(five, below=5.0).holds(FaceConditions(years_apart=5.0))


crowds = st.builds(
    Crowd,
    gallery_size=st.integers(60, 2_000_000),
    distances=st.lists(st.floats(0.2, 0.7), max_size=50).map(lambda each: tuple(sorted(each))),
)


@given(distances, distances, crowds, conditions)
def test_who_else_is_near_never_turns_the_order_of_distances(
    a: float, b: float, crowd: Crowd, under: FaceConditions
) -> None:
    near, far = sorted((a, b))
    assert CALIBRATION.bits(near, under, crowd) >= CALIBRATION.bits(far, under, crowd) - 1e-9


@given(distances, crowds)
def test_a_crowd_takes_nothing_off(distance: float, crowd: Crowd) -> None:
    assert CALIBRATION.bits(distance, crowd=crowd) >= CALIBRATION.bits(distance)


def test_the_only_near_face_of_a_large_gallery_says_more_than_the_table() -> None:
    alone = [Crowd(gallery_size=size, distances=(0.45, 0.7)) for size in (100, 80_000)]
    few, many = (CALIBRATION.bits(0.45, crowd=each) for each in alone)
    assert few == pytest.approx(CALIBRATION.bits(0.45), abs=0.1)
    assert many > few + 3
    crowded = Crowd(gallery_size=80_000, distances=(*[0.4] * 30, 0.45, 0.7))
    assert CALIBRATION.bits(0.45, crowd=crowded) == pytest.approx(CALIBRATION.bits(0.45), abs=0.1)


def test_the_sentence_says_how_many_are_nearer_in_fact() -> None:
    crowd = Crowd(gallery_size=80_000, distances=(0.41, 0.44, 0.45, 0.7))
    assert "实际另有 2 人更近" in CALIBRATION.detail(0.45, 80_000, crowd=crowd)
    assert "实际没有别人更近" in CALIBRATION.detail(0.41, 80_000, crowd=crowd)


def test_strangers_are_not_counted_where_a_table_has_no_curve_of_them() -> None:
    crowd = Crowd(gallery_size=80_000, distances=(0.41, 0.7))
    added = load_calibration("onnx:x")
    assert added.bits(0.41, crowd=crowd) == 0.0
