"""The whole reader: order, days, limits, and what one talk gives all together."""

from datetime import date

import pytest

from matching.model import Relation
from matching.text.testimony import reader
from matching.text.testimony.clues import ClueKind, Speaker
from matching.text.testimony.known_places import known_places
from matching.text.testimony.reader import MOST_OF_A_KIND, day_of, read_testimony

DAY = date(2026, 3, 5)
TALK = (
    "访谈时间：2026年3月1日。记录人听口音像湖南那边。\n"
    "问：叫什么？\n答：我叫刘福生。\n"
    "问：老家哪里？\n答：湖南邵阳，龙回那边，有个水泥厂。\n"
    "答：老弟叫刘福贵。我今年六十二，唐山地震那年还在屋里。\n"
    "答：以前在砖厂打工。身份证号开头是430524，老弟的电话末尾8000。\n"
    "记录：右手食指断了一节，身份证被老板收走。"
)


def test_one_talk_gives_clues_of_every_kind() -> None:
    found = read_testimony(TALK, on=DAY, known=known_places())
    assert {clue.kind for clue in found.clues} == set(ClueKind) - {ClueKind.OTHER_PLACE}
    assert [c.value for c in found.of(ClueKind.SELF_NAME)] == ["刘福生"]
    assert [c.relation for c in found.of(ClueKind.RELATIVE)] == [Relation.YOUNGER_BROTHER]
    assert [c.speaker for c in found.of(ClueKind.BODY_MARK)] == [Speaker.NOTE]


def test_a_date_at_the_head_counts_before_the_day_given() -> None:
    assert read_testimony(TALK, on=DAY).on == date(2026, 3, 1)
    assert read_testimony("答：我叫刘福生。", on=DAY).on == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-08 下午", date(2026, 3, 8)),
        ("2026年3月8日", date(2026, 3, 8)),
        ("2026.3.8", date(2026, 3, 8)),
        ("2026-13-45", None),
        ("三月八日", None),
        ("哦" * 300 + "2026-03-08", None),
        ("", None),
    ],
)
def test_the_day_of_a_talk(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_clues_stand_in_the_order_of_the_text_each_once() -> None:
    found = read_testimony(TALK + "\n" + TALK, on=DAY).clues
    assert list(found) == sorted(found, key=lambda c: (c.start, c.end, c.kind.value))
    assert len(set(found)) == len(found)


def test_more_of_a_kind_than_anybody_can_look_at_is_left_out() -> None:
    found = read_testimony("答：我叫刘福生。\n" * (MOST_OF_A_KIND + 1), on=DAY)
    assert len(found.of(ClueKind.SELF_NAME)) == MOST_OF_A_KIND


def test_a_text_without_end_is_read_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LONGEST_TEXT", 20)
    assert read_testimony("哦，" * 10 + "答：我叫刘福生。", on=DAY).clues == ()
    assert read_testimony("哦，" * 5 + "答：我叫刘福生。", on=DAY).clues != ()


def test_without_a_gazetteer_the_provinces_are_still_known() -> None:
    (clue,) = read_testimony("答：我在贵州打工。", on=DAY).clues
    assert (clue.kind, clue.value) == (ClueKind.OTHER_PLACE, "贵州")


def test_counties_of_the_gazetteer_are_known() -> None:
    assert known_places().is_in("隆回")
    assert known_places().is_in("英德市")
    assert not known_places().is_in("不知处")
