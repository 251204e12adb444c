import pytest

from matching.text.place_core import core
from matching.text.places import Hearing, PlaceIndex, merge_heard
from tests.people import LONGHUI, YINGDE

INDEX = PlaceIndex.build([LONGHUI, YINGDE])


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("隆回县", "隆回"),
        ("英德市", "英德"),
        ("沙市区", "沙市"),
        ("单县", "单县"),
        ("广西壮族自治区", "广西"),
        ("城关街道", "城关"),
    ],
)
def test_suffixes_go_while_two_characters_stay(name: str, bare: str) -> None:
    assert core(name) == bare


def test_a_place_is_heard_through_its_homophone() -> None:
    heard = INDEX.hear("湖南邵阳，龙回那边")
    assert heard.heard[LONGHUI[:1]] is Hearing.EXACT
    assert heard.heard[LONGHUI[:3]] is Hearing.HOMOPHONE
    assert heard.words[LONGHUI[:3]] == "龙回"
    assert heard.deepest(LONGHUI) == LONGHUI[:3]


def test_n_for_l_is_heard_as_near() -> None:
    assert INDEX.hear("农回").heard[LONGHUI[:3]] is Hearing.NEAR


def test_nothing_is_heard_in_other_words() -> None:
    for phrase in ("", "不知道", "abc", "。。。"):
        assert INDEX.hear(phrase).heard == {}


def test_the_surer_of_two_hearings_wins() -> None:
    merged = merge_heard([INDEX.hear("龙回"), INDEX.hear("隆回"), INDEX.hear("农回")])
    assert merged.heard[LONGHUI[:3]] is Hearing.EXACT
    assert merged.stated(3) == {LONGHUI[:3]}
    assert merged.agreeing(LONGHUI) == (LONGHUI[:3],)
