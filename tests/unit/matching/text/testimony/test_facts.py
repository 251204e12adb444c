from datetime import date

import pytest

from matching.model import PersonFacts, Relation, Relative, YearRange
from matching.text.testimony.facts import facts_from_transcript

DAY = date(2026, 3, 5)


def read(text: str) -> PersonFacts:
    return facts_from_transcript(text, on=DAY)


def test_what_the_worker_says_first_is_not_the_residents() -> None:
    facts = read("问：你是不是叫王小明？老家湖南隆回？\n答：不晓得。")
    assert facts.names == ()
    assert all("隆回" not in home.text for home in facts.homes)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("答：我叫刘福生，福气的福。", "刘福生"),
        ("问：叫么子名字？\n答：嗯，刘福生。", "刘福生"),
        ("问：贵姓？\n答：姓罗，罗显贵。", "罗显贵"),
        ("问：还记得姓名吗？\n答：杨在菊，别的忘了。", "杨在菊"),
        ("答：人家叫我欧阳春花。", "欧阳春花"),
        ("答：我姓缪。", "缪"),
    ],
)
def test_own_names_are_found_behind_their_cues(text: str, name: str) -> None:
    assert name in read(text).names


def test_an_answer_on_the_line_of_its_question_is_heard() -> None:
    facts = read("问：叫什么？ 答：谭月英。问：家在哪？ 答：湖南隆回，荷田。\n答：我哥叫谭国顺。")
    assert facts.names == ("谭月英",)
    assert [home.text for home in facts.homes] == ["湖南隆回，荷田"]
    assert facts.relatives == (Relative(relation=Relation.ELDER_BROTHER, name="谭国顺"),)


def test_a_question_behind_an_answer_is_still_not_the_residents() -> None:
    facts = read("答：记不得了。问：你是不是叫王小明？老家湖南隆回？ 答：不晓得。")
    assert facts.names == ()
    assert all("隆回" not in home.text for home in facts.homes)


def test_a_surname_said_twice_in_stammering_is_said_once() -> None:
    assert read("问：叫什么？\n答：谭……谭月英（音）。").names == ("谭月英",)


def test_a_surname_alone_is_no_full_name() -> None:
    assert read("答：我姓不知道。").names == ()


@pytest.mark.parametrize(
    ("text", "relation", "name"),
    [
        ("答：有个老弟叫刘福贵，在屋里作田。", Relation.YOUNGER_BROTHER, "刘福贵"),
        ("答：老窦区树斤，早就过咗身。", Relation.FATHER, "区树斤"),
        ("答：婆娘叫何贵珍。", Relation.WIFE, "何贵珍"),
        ("答：哥哥杨在华，教书。", Relation.ELDER_BROTHER, "杨在华"),
    ],
)
def test_relatives_come_with_relation_and_name(text: str, relation: Relation, name: str) -> None:
    assert Relative(relation=relation, name=name) in read(text).relatives


def test_a_relative_without_a_name_is_left_out() -> None:
    assert read("答：老弟在屋里作田，堂客走了。").relatives == ()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("答：我今年六十二岁，属虎。", (1962, 1962)),
        ("问：多大了？\n答：六十二。", (1962, 1966)),
        ("答：五八年生的。", (1958, 1958)),
        ("答：1964年出生。", (1964, 1964)),
        ("答：属虎，六十几。", (1962, 1962)),
        ("答：我八十多岁了。", (1935, 1948)),
    ],
)
def test_ages_become_years_of_birth(text: str, years: tuple[int, int]) -> None:
    assert read(text).birth == YearRange(earliest=years[0], latest=years[1])


@pytest.mark.parametrize("text", ["答：2099年出生。", "答：三百岁。", "答：去了九十里路。"])
def test_impossible_ages_are_no_ages(text: str) -> None:
    assert read(text).birth is None


def test_home_is_the_answer_to_a_question_about_home() -> None:
    facts = read("问：家是哪里的？\n答：赣州，鱼都，引坑。")
    assert facts.homes[0].text == "赣州，鱼都，引坑"


def test_a_denied_place_is_not_home() -> None:
    facts = read("问：老家是安徽吗？\n答：不是安徽，老家湖南邵阳。")
    assert [home.text for home in facts.homes] == ["湖南邵阳"]


def test_the_home_somebody_was_born_into_is_a_home_of_its_own() -> None:
    facts = read("答：我嫁到河北去了，娘家是贵州毕节。")
    assert [home.text for home in facts.homes] == ["河北", "贵州毕节"]


@pytest.mark.parametrize("text", ["", "   ", "hello, my name is", "？？？", "🙂" * 50])
def test_nothing_usable_gives_nothing(text: str) -> None:
    assert read(text) == PersonFacts()
