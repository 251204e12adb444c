"""Planted figures are found again, with labels and without."""

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.compare.comparison import SILENT
from matching.policy import load_policy
from matching.training import Pairs, estimate, in_order

POLICY = load_policy()
M = {"sex": (0.95, 0.05), "height": (0.5, 0.2, 0.15, 0.1, 0.05)}
U = {"sex": (0.45, 0.55), "height": (0.1, 0.15, 0.2, 0.25, 0.3)}
SLIPS = {"name": 0.3, "home": 0.1, "relatives": 0.4}


def drawn_ratios(
    rng: np.random.Generator, is_one: NDArray[np.bool_], slip: float
) -> NDArray[np.float64]:
    """Words that are right agree; those that are not agree by chance once in 2,000."""
    slipped = ~is_one | (rng.random(len(is_one)) < slip)
    by_chance = rng.random(len(is_one)) < 1 / 2000
    return np.where(slipped & ~by_chance, 0.0, 2000.0)


def planted(count: int, share: float, labelled: float) -> Pairs:
    rng = np.random.default_rng(7)
    is_one = rng.random(count) < share
    outcomes = {}
    for name, m in M.items():
        same = rng.choice(len(m), count, p=m)
        other = rng.choice(len(m), count, p=U[name])
        outcomes[name] = np.where(is_one, same, other)
    outcomes["height"][rng.random(count) < 0.3] = SILENT
    ratios = {name: drawn_ratios(rng, is_one, slip) for name, slip in SLIPS.items()}
    labels = np.where(rng.random(count) < labelled, is_one.astype(float), np.nan)
    return Pairs(outcomes=outcomes, ratios=ratios, labels=labels, weights=np.ones(count))


@pytest.mark.parametrize("labelled", [0.0, 0.2])
def test_planted_figures_are_recovered(labelled: float) -> None:
    found = estimate(planted(60_000, 0.05, labelled), POLICY, share=0.02)
    assert found.share == pytest.approx(0.05, abs=0.005)
    assert found.slips == pytest.approx(SLIPS, abs=0.03)
    for name, planted_m in M.items():
        m, u = found.outcomes[name]
        assert m == pytest.approx(planted_m, abs=0.03)
        assert u == pytest.approx(U[name], abs=0.01)


def test_labels_are_never_overruled() -> None:
    pairs = planted(4000, 0.5, 1.0)
    m, _ = estimate(pairs, POLICY, share=0.5).outcomes["sex"]
    counted = (pairs.outcomes["sex"][pairs.labels == 1] == 0).mean()
    assert m[0] == pytest.approx(counted, abs=0.005)


def test_a_few_pairs_move_the_figures_a_little() -> None:
    few = planted(4, 0.5, 1.0)
    m, _ = estimate(few, POLICY, share=0.5).outcomes["sex"]
    assert m[0] == pytest.approx(POLICY.outcomes["sex"].m[0], abs=0.1)


def test_pairs_of_several_searches_are_put_together() -> None:
    one, other = planted(10, 0.5, 0.5), planted(5, 0.5, 0.0)
    both = Pairs.joined([one, other])
    assert len(both.labels) == 15
    assert both.labelled == one.labelled


def test_counts_that_contradict_the_order_are_pooled() -> None:
    table = POLICY.outcomes["height"]
    found = in_order((0.3, 0.4, 0.1, 0.1, 0.1), (0.2, 0.1, 0.2, 0.2, 0.3), table)
    bits = found.bits()
    assert list(bits) == sorted(bits, reverse=True)
    assert sum(found.m) == pytest.approx(1)
