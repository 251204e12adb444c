import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.face.id_column import IdColumn

ids = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20))


@given(ids)
def test_ids_come_back_as_they_were(kept: list[str]) -> None:
    column = IdColumn.of(kept)
    assert [column[row] for row in range(len(column))] == kept


@given(ids, ids)
def test_rows_are_found_as_a_plain_loop_finds_them(kept: list[str], asked: list[str]) -> None:
    found = IdColumn.of(kept).rows_of(asked)
    assert found.tolist() == [row for row, each in enumerate(kept) if each in asked]


@given(st.lists(st.sampled_from(["a", "b", "a long identifier", "c"])))
def test_repeats_are_all_rows_but_the_last_of_each_id(kept: list[str]) -> None:
    repeats = IdColumn.of(kept).repeats().tolist()
    assert repeats == [row for row, each in enumerate(kept) if each in kept[row + 1 :]]


def test_columns_of_different_width_fit_together() -> None:
    narrow, wide = IdColumn.of(["a", "b"]), IdColumn.of(["a much longer identifier", "b"])
    joined = IdColumn.joined([narrow, wide])
    assert joined.rows_of(["b"]).tolist() == [1, 3]
    assert wide.rows_of_column(narrow).tolist() == [1]


def test_different_ids_with_one_key_are_told_apart() -> None:
    column = IdColumn.of(["a", "b", "a"])
    column.__dict__["keys"] = np.zeros(3, dtype=np.uint64)
    column.__dict__["_sorted"] = (np.zeros(3, dtype=np.uint64), np.arange(3, dtype=np.uint32))
    asked = IdColumn.of(["a"])
    asked.__dict__["keys"] = np.zeros(1, dtype=np.uint64)
    assert column.rows_of_column(asked).tolist() == [0, 2]
    assert column.repeats().tolist() == [0]
