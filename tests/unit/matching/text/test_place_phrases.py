import pytest

from matching.text.gazetteer import LEVELS
from matching.text.place_phrases import level_shares, stretches


def test_stretches_are_where_they_say() -> None:
    text = "abc湖南，邵阳 龙回。"
    found = list(stretches(text, []))
    assert [each.text for each in found] == ["湖南", "邵阳", "龙回"]
    assert all(text[each.start : each.start + len(each.text)] == each.text for each in found)


def test_a_filler_inside_a_protected_name_cuts_nothing() -> None:
    text = "大站嗰边"
    assert next(stretches(text, [])).text == "大站"
    assert [each.text for each in stretches(text, [(0, 4)])] == [text]


def test_the_shares_of_levels_are_one_whole() -> None:
    assert len(level_shares()) == len(LEVELS)
    assert sum(level_shares()) == pytest.approx(1)
