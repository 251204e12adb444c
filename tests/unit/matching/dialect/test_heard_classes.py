import numpy as np
import pytest

from matching.dialect.groups import dialect_groups, group_numbers
from matching.dialect.heard_classes import heard_classes, lift_of_class
from matching.dialect.matrices import costs_of_posterior
from matching.text.place_search import PlaceSearch
from matching.text.sound_classes import sound_classes
from matching.text.syllables import syllable_table

ALONE = np.eye(len(dialect_groups()), dtype=np.float32)
YUE = group_numbers()["yue"]
ROWS = sound_classes().rows


def lift(written: str, meant: str) -> float:
    return float(lift_of_class(ROWS[written], ALONE)[YUE, ROWS[meant]])


def test_a_cantonese_writes_the_open_syllable_for_an_open_one() -> None:
    assert lift("扶", "湖") > 1 > lift("福", "湖")


def test_a_character_of_the_same_mandarin_syllable_says_nothing_more() -> None:
    assert lift("扶", "福") == pytest.approx(1)


def test_a_syllable_is_as_likely_as_before_over_all_its_characters() -> None:
    whole = len(syllable_table())
    rows = np.flatnonzero(
        sound_classes().syllables[whole:] == sound_classes().syllables[ROWS["福"]]
    )
    shares = heard_classes().shares[rows]
    mean = sum(
        share * lift_of_class(row + whole, ALONE)[YUE, ROWS["湖"]]
        for row, share in zip(rows.tolist(), shares.tolist(), strict=True)
        if share
    )
    assert shares.sum() == pytest.approx(1)
    assert mean == pytest.approx(1, abs=1e-4)


def test_the_written_character_orders_an_answer() -> None:
    search, sound = PlaceSearch(), costs_of_posterior((("yue", 1.0),))
    inside = search.divisions_named("湖南")
    costs = {
        heard: next(
            hit.cost
            for hit in search.search(heard, sound, within=inside, limit=1000)
            if hit.path == ("湖南省",)
        )
        for heard in ("扶南", "福南")
    }
    assert costs["扶南"] < costs["福南"] - 0.3
