from datetime import date

import pytest

from matching.model import YearRange
from matching.text.testimony.births import birth_of, read_births
from matching.text.testimony.clues import ClueKind
from tests.clauses import clauses_of

DAY = date(2026, 3, 5)


def birth(text: str) -> tuple[int, int] | None:
    years = birth_of(read_births(clauses_of(text), DAY))
    return None if years is None else (years.earliest, years.latest)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("答：我今年六十二岁。", (1962, 1966)),
        ("答：属龙的，六十二了。", (1964, 1964)),
        ("答：肖蛇，七十三。", (1953, 1953)),
        ("问：边年生嘅？\n答：唔记得，属兔，五十几。", (1975, 1975)),
        ("答：唐山地震那年我八岁。", (1967, 1969)),
        ("答：九八年大水那年我十六。", (1981, 1983)),
        ("答：民国三十七年生的。", (1948, 1948)),
        ("问：多大了？\n答：五十六七。", (1967, 1972)),
        ("记录：约五十岁。", (1971, 1981)),
        ("答：虚岁六十。", (1964, 1968)),
    ],
)
def test_what_was_said_of_the_birth(text: str, years: tuple[int, int]) -> None:
    assert birth(text) == years


@pytest.mark.parametrize(
    "text",
    [
        "答：儿子二十岁。",
        "答：走了九十里路。",
        "问：几岁？\n答：三百岁。",
        "答：2099年出生。",
        "答：生了两个娃。",
        "问：你六十岁吧？",
        "答：属龙。",
        "答：十八岁嫁过来的。",
        "答：我三十多岁出来的。",
    ],
)
def test_what_says_nothing_of_the_residents_birth(text: str) -> None:
    assert birth(text) is None


def test_a_remembered_event_is_a_clue_of_its_own() -> None:
    found = read_births(clauses_of("答：分田到户那年我结的婚。"), DAY)
    assert [(clue.kind, clue.text) for clue in found] == [(ClueKind.EVENT, "分田到户")]


def test_an_animal_without_an_age_stays_open_and_a_contradiction_widens() -> None:
    (animal,) = read_births(clauses_of("答：属龙。"), DAY)
    assert (animal.value, animal.years) == ("龙", None)
    found = read_births(clauses_of("答：我六十岁。哦，我四十岁。"), DAY)
    assert birth_of(found) == YearRange(earliest=1964, latest=1988)
