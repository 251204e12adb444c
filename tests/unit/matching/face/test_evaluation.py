"""Error rates of known pairs, against counting by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import BadFactError
from matching.face.evaluation import PairDistances, rate

MATED = [0.2, 0.3, 0.4, 0.7]
OTHERS = [0.5, 0.6, 0.8, 0.9, 1.0]
distances = st.lists(st.floats(0.0, 1.5), min_size=1, max_size=40)


def test_both_errors_are_shares_of_their_own_pairs() -> None:
    pairs = PairDistances(MATED, OTHERS)
    assert pairs.fnmr(0.4) == pytest.approx(0.25)
    assert pairs.fmr(0.6) == pytest.approx(0.4)


@given(distances, distances, st.sampled_from([0.0, 0.01, 0.1, 0.5, 1.0]))
def test_a_threshold_keeps_its_promise_and_no_wider_one_does(
    mated: list[float], others: list[float], goal: float
) -> None:
    pairs = PairDistances(mated, others)
    threshold = pairs.threshold(goal)
    wider = [gap for gap in mated + others if gap > threshold]
    if threshold > 0:
        assert pairs.fmr(threshold) <= goal + 1e-9
    if wider:
        assert pairs.fmr(min(wider)) > goal


@given(distances, distances)
def test_one_error_rises_as_the_other_falls(mated: list[float], others: list[float]) -> None:
    points = PairDistances(mated, others).det()
    assert [p.fmr for p in points] == sorted(p.fmr for p in points)
    assert [p.fnmr for p in points] == sorted((p.fnmr for p in points), reverse=True)
    assert points[-1].fmr == 1.0
    assert points[-1].fnmr == 0.0


def test_misses_in_a_gallery_are_those_of_a_simulated_one() -> None:
    random = np.random.default_rng(3)
    mated, others = random.normal(0.5, 0.1, 300), random.normal(0.8, 0.1, 4000)
    pairs = PairDistances(mated.tolist(), others.tolist())
    for rank in (1, 10):
        missed = [
            np.sum(random.choice(others, 199) < gap) >= rank for gap in mated for _ in range(30)
        ]
        assert pairs.fnir(200, rank) == pytest.approx(np.mean(missed), abs=0.02)


@given(distances, distances, st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_larger_gallery_never_makes_a_search_surer(
    mated: list[float], others: list[float], one: int, other: int
) -> None:
    pairs = PairDistances(mated, others)
    small, large = sorted((one, other))
    for rank in (1, 10, 50):
        assert 0.0 <= pairs.fnir(small, rank) <= pairs.fnir(large, rank) + 1e-6
        assert pairs.fnir(large, rank) <= pairs.fnir(large, rank, is_cautious=True) + 1e-6
    assert pairs.fnir(large, 50) <= pairs.fnir(large, 1) + 1e-6


def test_a_mate_alone_in_the_gallery_is_always_found() -> None:
    assert PairDistances(MATED, OTHERS).fnir(1, 1) == pytest.approx(0.0)


def test_the_interval_holds_the_rate_and_narrows_with_more_pairs() -> None:
    few, many = PairDistances(MATED * 5, OTHERS * 5), PairDistances(MATED * 200, OTHERS * 200)
    widths = []
    for pairs in (few, many):
        found = rate(
            pairs, lambda drawn: drawn.fnmr(0.4), samples=200, random=np.random.default_rng(1)
        )
        assert found.low <= found.value <= found.high
        widths.append(found.high - found.low)
    assert widths[1] < widths[0] / 3


@pytest.mark.parametrize(("mated", "others"), [([], OTHERS), (MATED, [])])
def test_pairs_of_one_kind_are_not_enough(mated: list[float], others: list[float]) -> None:
    with pytest.raises(BadFactError):
        PairDistances(mated, others)
