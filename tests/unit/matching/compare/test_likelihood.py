import numpy as np
import pytest

from matching.compare.likelihood import Anybody

CHANCES = np.array([0.5, 0.001, 0.001, 0.0])
ANYBODY = Anybody.of(CHANCES, population=0.01, weight=2.0)


def test_a_value_is_held_against_all_others_and_the_country() -> None:
    assert ANYBODY.ratio(0.5) == pytest.approx(0.5 / ((0.002 + 0.02) / 5))


def test_many_ratios_are_the_same_as_one_by_one() -> None:
    one_by_one = [ANYBODY.ratio(float(chance)) for chance in CHANCES]
    assert ANYBODY.ratios(CHANCES).tolist() == pytest.approx(one_by_one)


def test_a_registry_of_one_is_measured_by_the_country() -> None:
    alone = Anybody.of(np.array([0.5]), population=0.01, weight=2.0)
    assert alone.ratio(0.5) == pytest.approx(50)
