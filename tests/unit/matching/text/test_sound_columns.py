import numpy as np
import pytest

from matching.text.sound_columns import HeardCosts, SoundColumns

NAMES = SoundColumns.of(
    np.array([2, 1, 3, 2, 5]), np.array([0, 1, 0, 0, 2, 1, 2, 2, 0, 1, 2, 0, 1])
)


def _heard() -> HeardCosts:
    positions = [np.array([1, 5, 9], np.float32), np.array([7, 2, 8], np.float32)]
    return HeardCosts.of(positions, np.full(3, 1 / 3, np.float32), dropped=4.0, inserted=6.0)


def test_a_name_costs_its_positions_and_what_was_left_out() -> None:
    heard = _heard()
    costs = NAMES.costs(heard).tolist()
    assert costs[0] == 1 + 2
    assert costs[1] == pytest.approx(1 + heard.inserted[1], abs=1e-4)
    assert costs[2] == 1 + 2 + 4
    assert costs[3] == 9 + 8
    assert costs[4] == np.inf


def test_the_nearest_come_first_and_none_of_none() -> None:
    rows, costs = NAMES.nearest(_heard(), 2)
    assert rows.tolist() == [0, 2]
    assert costs.tolist() == [3, 7]
    for count in (0, -1):
        assert len(NAMES.nearest(_heard(), count)[0]) == 0


def test_some_names_cost_what_they_cost_among_all() -> None:
    lengths, flat = np.array([2, 1, 3, 2, 2]), np.array([0, 1, 1, 2, 0, 1, 1, 0, 2, 2])
    columns, kept = SoundColumns.of(lengths, flat), np.array([0, 2, 4])
    assert columns.kept(kept).costs(_heard()).tolist() == columns.costs(_heard())[kept].tolist()
    assert columns.kept(np.array([1])).size == 1
