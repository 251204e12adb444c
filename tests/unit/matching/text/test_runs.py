"""Runs of rows of a flat array."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.text.runs import runs


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 20))))
def test_runs_are_the_ranges_one_after_the_other(pairs: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _ in pairs], np.int32)
    lengths = np.array([length for _, length in pairs], np.uint8)
    expected = [each for start, length in pairs for each in range(start, start + length)]
    assert runs(starts, lengths).tolist() == expected
