import numpy as np
import pytest

from matching.errors import BadFactError
from matching.text.sound_classes import sound_classes
from matching.text.sound_costs import SoundCosts, built_in_costs
from matching.text.syllables import syllable_numbers, syllable_table

SIZE = len(syllable_table())
SOUNDS = len(sound_classes().syllables)
N = syllable_numbers()


def test_rows_are_chances() -> None:
    costs = built_in_costs().costs
    assert costs.shape == (SOUNDS, SIZE)
    assert np.isfinite(costs).all()
    assert (np.exp(-costs.astype(np.float64)).sum(1) <= 1 + 1e-4).all()


def test_the_same_sound_is_cheapest_and_known_mergers_beat_strangers() -> None:
    costs = built_in_costs().costs
    assert costs[N["long"], N["long"]] < costs[N["long"], N["nong"]] < costs[N["long"], N["pi"]]


def _chances() -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.full((SOUNDS, SIZE), 1 / SIZE)


def test_what_is_no_table_of_chances_is_refused() -> None:
    zero, many = _chances(), _chances()
    zero[0, 0] = 0
    many[3] *= 2
    for wrong in (zero, many, np.ones((2, 2))):
        with pytest.raises(BadFactError):
            SoundCosts.from_chances(wrong, version="x", dropped=0.1, inserted=0.1)


def test_costs_are_minus_the_logarithm() -> None:
    made = SoundCosts.from_chances(_chances(), version="x", dropped=0.5, inserted=0.25)
    assert made.costs[3, 4] == pytest.approx(np.log(SIZE))
    assert (made.dropped, made.inserted) == pytest.approx((np.log(2), np.log(4)))
