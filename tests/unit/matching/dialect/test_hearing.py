import pytest

from matching.dialect.groups import dialect_groups, group_numbers
from matching.dialect.hearing import heard_by_strangers, heard_parts
from matching.text.sound_classes import sound_classes
from matching.text.syllables import syllable_numbers, syllable_table

N, SYLLABLES = group_numbers(), syllable_numbers()


def chances(heard: str, char: str, meant: str) -> dict[str, float]:
    row = sound_classes().row(char, SYLLABLES[meant])
    found = heard_by_strangers(SYLLABLES[heard], row)
    return {group: float(found[at]) for group, at in N.items()}


def test_syllables_of_one_initial_or_final_share_its_number() -> None:
    initials, finals = heard_parts()
    assert len(initials) == len(finals) == len(syllable_table())
    assert initials[SYLLABLES["hu"]] == initials[SYLLABLES["hong"]] != initials[SYLLABLES["fu"]]
    assert finals[SYLLABLES["hu"]] == finals[SYLLABLES["fu"]] != finals[SYLLABLES["hong"]]


def test_beijing_is_heard_as_it_is_written() -> None:
    for char, syllable in (("湖", "hu"), ("水", "shui"), ("人", "ren")):
        right = chances(syllable, char, syllable)
        assert right["beijing"] > 0.5
        assert right["beijing"] > right["minnan"]


@pytest.mark.parametrize(
    ("heard", "char", "meant", "likely", "unlikely"),
    [
        ("fu", "湖", "hu", "xiang", "jilu"),  # h/f
        ("lan", "南", "nan", "southwest-chuanqian", "zhongyuan"),  # n/l
        ("si", "水", "shui", "wu", "jilu"),  # no retroflexes
    ],
)
def test_known_signs_of_a_group(
    heard: str, char: str, meant: str, likely: str, unlikely: str
) -> None:
    found = chances(heard, char, meant)
    assert found[likely] > 2 * found[unlikely]


def test_nothing_is_impossible_and_chances_are_chances() -> None:
    row = sound_classes().row("湖", SYLLABLES["hu"])
    every = [heard_by_strangers(each, row) for each in range(1, len(syllable_table()))]
    assert min(float(each.min()) for each in every) > 0
    assert all(each.shape == (len(dialect_groups()),) for each in every)
    assert max(float(each.max()) for each in every) < 1
