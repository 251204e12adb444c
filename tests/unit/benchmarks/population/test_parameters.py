from random import Random

import pytest

from benchmarks.population import parameters
from benchmarks.population.parameters import drawn, interpolated, shifted, stepped, usual


def test_the_shares_of_each_world_are_shares() -> None:
    for world in (usual(), shifted()):
        assert sum(each.share for each in world.tellings.values()) == pytest.approx(1)
        assert sum(each.share_young for each in world.tellings.values()) == pytest.approx(1)
        assert sum(share for _, share in world.people.gap_years) == pytest.approx(1)
        assert sum(share for _, share in world.record.depth) == pytest.approx(1)


def test_residents_without_a_record_are_seven_in_ten() -> None:
    assert usual().people.with_record == pytest.approx(0.3)


def test_the_shifted_world_overrides_and_keeps() -> None:
    assert shifted().hearing.by_dialect > usual().hearing.by_dialect
    assert shifted().people.provinces == usual().people.provinces


def test_an_override_must_name_a_figure_that_exists() -> None:
    with pytest.raises(KeyError, match="speed"):
        parameters._overridden({"hearing": {"by_dialect": 0.5}}, {"hearing": {"speed": 1}})


def test_a_step_holds_below_its_bound() -> None:
    steps = [(10, 1.0), (20, 2.0)]
    assert [stepped(steps, value) for value in (9, 10, 99)] == [1.0, 2.0, 2.0]


def test_between_bounds_the_figure_is_a_straight_line() -> None:
    steps = [(0, 1.0), (10, 0.5), (20, 0.1)]
    assert interpolated(steps, 5) == pytest.approx(0.75)
    assert interpolated(steps, 15) == pytest.approx(0.3)
    assert interpolated(steps, -3) == 1.0
    assert interpolated(steps, 99) == pytest.approx(0.1)


def test_rows_are_drawn_by_weight() -> None:
    rng = Random(1)
    counts = [0, 0, 0]
    for _ in range(2_000):
        counts[drawn([(0, 1.0), (1, 0.0), (2, 3.0)], rng)] += 1
    assert counts[1] == 0
    assert counts[2] / 2_000 == pytest.approx(0.75, abs=0.05)
