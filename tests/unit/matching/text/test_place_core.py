import pytest

from matching.text.place_core import core, meanings


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("英德市", "英德"),
        ("连南瑶族自治县", "连南"),
        ("单县", "单县"),
        ("广西壮族自治区", "广西"),
        ("隆回", "隆回"),
        ("", ""),
    ],
)
def test_suffixes_go_while_two_characters_stay(name: str, bare: str) -> None:
    assert core(name) == bare


def test_a_spoken_suffix_has_the_meanings_of_today() -> None:
    assert set(meanings("公社")) >= {"镇", "乡", "街道"}
    assert meanings("岛") == ("岛",)
