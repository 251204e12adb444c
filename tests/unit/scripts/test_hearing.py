import pytest

from matching.text.syllables import syllable_table
from scripts.dialects.hearing import distance, heard_as
from scripts.dialects.ipa import Sound, sound

NAMES = [each.text for each in syllable_table()]


def best(segments: str, count: int = 1) -> list[str]:
    order = heard_as(segments).argsort()[::-1]
    return [NAMES[at] for at in order[:count]]


@pytest.mark.parametrize(
    ("segments", "heard"),
    [
        ("xiɛ̃", "xian"),  # 扬州 韩
        ("xai", "hai"),  # 成都 鞋
        ("kai", "gai"),  # 成都 街
        ("fei", "fei"),  # 西安 水
        ("sak", "sa"),  # 梅县 石
        ("hei", "hei"),  # 阳春 去
        ("wɔŋ", "wang"),  # 广州 黄
        ("lan", "lan"),
        ("tɕʰyn", "qun"),
    ],
)
def test_the_nearest_syllable_is_what_is_known_to_be_heard(segments: str, heard: str) -> None:
    assert heard in best(segments, 3)


def test_mandarin_is_heard_as_it_is() -> None:
    assert [best(each)[0] for each in ("pʰi", "tʂuɑŋ", "ɕyɛ", "ʐən", "mɑŋ")] == [
        "pi", "zhuang", "xue", "ren", "mang",
    ]  # fmt: skip


def test_chances_sum_to_one_and_no_syllable_is_heard_as_nothing() -> None:
    assert heard_as("ŋ̍").sum() == pytest.approx(1)
    assert heard_as("/").sum() == 0
    assert heard_as("sa")[0] == 0


@pytest.mark.parametrize(
    ("one", "other"), [("nan", "lan"), ("hu", "fu"), ("sat", "sa"), ("ŋ̍", "u")]
)
def test_distance_is_symmetric_and_zero_for_the_same(one: str, other: str) -> None:
    a, b = sound(one), sound(other)
    assert isinstance(a, Sound)
    assert isinstance(b, Sound)
    assert distance(a, b) == distance(b, a) > 0
    assert distance(a, a) == 0
