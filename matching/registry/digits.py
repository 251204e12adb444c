"""Numbers as digits: whole ones of records, and fragments that somebody remembers."""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

ID_LENGTH: Final = 18
PHONE_LENGTH: Final = 11
_X: Final = 10


def digits_of(text: str) -> tuple[int, ...]:
    """The digits in a text, in order; the X that may end an ID number is 10."""
    plain = (each for each in text.upper() if each.isdecimal() or each == "X")
    return tuple(_X if each == "X" else int(each) for each in plain)


def whole_numbers(texts: Iterable[str], length: int) -> list[tuple[int, ...]]:
    """Those of the texts that are numbers of this length, once each."""
    found = dict.fromkeys(digits_of(text) for text in texts)
    return [each for each in found if len(each) == length]


def holding(numbers: NDArray[np.int32], fragment: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which of V whole numbers, shape (V, length), have the fragment anywhere; (V,)."""
    found = np.zeros(len(numbers), np.bool_)
    for start in range(numbers.shape[1] - len(fragment) + 1):
        window = numbers[:, start : start + len(fragment)]
        found |= (window == np.array(fragment, np.int32)).all(axis=1)
    return found
