import numpy as np
import pytest

from matching.text.cantonese_sounds import (
    cantonese_sounds,
    cantonese_syllables,
    near_chances,
    near_in_cantonese,
    spelled,
)
from matching.text.characters import character_table

NUMBERS = {spelled(each): number for number, each in enumerate(cantonese_syllables())}


@pytest.mark.parametrize(
    ("char", "syllable"),
    [("黄", "wong"), ("王", "wong"), ("吴", "ng"), ("牛", "ngau"), ("区", "keoi")],
)
def test_the_spelling_is_that_of_the_characters(char: str, syllable: str) -> None:
    assert character_table().jyutping(char)[0] == NUMBERS[syllable]


def test_each_syllable_stands_once_and_every_number_has_one() -> None:
    assert len(NUMBERS) == len(cantonese_syllables())
    assert len(NUMBERS) == int(character_table().packed.arrays["jyutpings"].max()) + 1


def test_every_row_of_the_table_is_about_syllables_that_exist() -> None:
    onsets, rimes = (set(parts) for parts in zip(*cantonese_syllables(), strict=True))
    table = cantonese_sounds()
    for rows, known in ((table.onsets, onsets), (table.rimes, rimes), (table.syllables, NUMBERS)):
        assert all(set(row.pair) <= set(known) for row in rows)


@pytest.mark.parametrize(
    ("pair", "rule"),
    [
        ("牛欧", "粤语 ng 声母脱落或误加"),
        ("南蓝", "粤语 n/l 不分"),
        ("国角", "粤语 gw/g 不分"),
        ("吴唔", "粤语 ng/m 不分"),
        ("朋贫", "粤语 -ng/-n 不分"),
        ("黄王", ""),
        ("黄李", ""),
        ("牛a", ""),
        ("牛", ""),
    ],
)
def test_lazy_sounds_are_named(pair: str, rule: str) -> None:
    assert near_in_cantonese(pair[0], pair[1:]) == rule


def test_near_sounds_are_chances_and_rounding_is_lost_before_o_only() -> None:
    near = near_chances()
    assert near.sum(1) == pytest.approx(np.ones(len(NUMBERS)))
    assert near[NUMBERS["naam"], NUMBERS["laam"]] == pytest.approx(0.35, abs=0.01)
    assert near[NUMBERS["gwong"], NUMBERS["gong"]] > 0.2
    assert near[NUMBERS["gwai"], NUMBERS["gai"]] == 0
