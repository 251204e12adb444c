import numpy as np

from matching.registry.ragged import Ragged

RAGGED = Ragged.of([[(5,), (6,)], [], [(7,)]], 1)


def test_each_record_gets_the_best_of_its_values() -> None:
    assert RAGGED.best(np.array([1.0, 3.0, 2.0]), -1.0).tolist() == [3.0, -1.0, 2.0]


def test_rows_can_be_taken_and_joined() -> None:
    joined = RAGGED.kept(np.array([2, 0])).followed_by(Ragged.of([[], [(9,)]], 1))
    assert joined.values[:, 0].tolist() == [7, 5, 6, 9]
    assert [len(joined.of_row(row)) for row in range(joined.size)] == [1, 2, 0, 1]


def test_every_value_knows_its_record() -> None:
    assert RAGGED.owners().tolist() == [0, 0, 2]


def test_no_records_have_no_values() -> None:
    nothing = Ragged.of([], 2)
    assert (nothing.size, nothing.values.shape) == (0, (0, 2))
    assert nothing.best(np.empty(0), 0.0).tolist() == []
