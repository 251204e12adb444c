import numpy as np

from matching.text.smallest import smallest


def test_ties_stand_in_order_of_place_and_infinity_is_left_out() -> None:
    costs = np.array([2, 1, np.inf, 1, 0], np.float32)
    assert smallest(costs, 3).tolist() == [4, 1, 3]
    assert smallest(costs, 9).tolist() == [4, 1, 3, 0]


def test_nothing_is_asked_of_nothing() -> None:
    assert smallest(np.empty(0, np.float32), 3).tolist() == []
    assert smallest(np.zeros(3, np.float32), 0).tolist() == []


def test_blocks_lose_none_of_the_smallest() -> None:
    costs = np.random.default_rng(7).permutation(10_000).astype(np.float32)
    assert costs[smallest(costs, 50)].tolist() == list(range(50))
