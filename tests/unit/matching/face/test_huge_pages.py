"""Advice to the system changes nothing that is in the memory."""

import ctypes
import sys

import numpy as np
import pytest

from matching.face.huge_pages import prefer_huge_pages


@pytest.mark.parametrize("count", [0, 3, 5_000, 3_000_000])
def test_what_is_in_the_memory_stays(count: int) -> None:
    array = np.arange(count, dtype=np.uint8)
    before = array.copy()
    prefer_huge_pages(array)
    assert np.array_equal(array, before)


def test_a_system_that_knows_no_such_advice_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: pytest.fail("the system was asked"))
    array = np.arange(100_000)
    prefer_huge_pages(array)
    assert array[-1] == 99_999
