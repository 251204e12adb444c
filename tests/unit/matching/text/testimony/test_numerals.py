import pytest

from matching.text.testimony.numerals import ages_in, number_of, year_in


@pytest.mark.parametrize(
    ("words", "ages"),
    [
        ("六十二岁", [(62, 62)]),
        ("六十有八", [(68, 68)]),
        ("七十单三", [(73, 73)]),
        ("五十六七", [(56, 57)]),
        ("三十几岁", [(30, 39)]),
        ("五十出头", [(50, 55)]),
        ("七十来岁", [(68, 79)]),
        ("快六十了", [(57, 60)]),
        ("约五十岁", [(47, 53)]),
        ("45岁", [(45, 45)]),
        ("40多岁", [(40, 49)]),
        ("八岁", [(8, 8)]),
        ("廿三", [(23, 23)]),
        ("没有数", []),
        ("2026年", []),
    ],
)
def test_ages_as_they_are_said(words: str, ages: list[tuple[int, int]]) -> None:
    assert [(age.least, age.most) for age in ages_in(words)] == ages


def test_an_age_knows_its_place_and_its_unit() -> None:
    words = "我今年六十二岁"
    (age,) = ages_in(words)
    assert words[age.start : age.end] == "六十二岁"
    assert age.has_unit


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("1964年生", (1964, 1964)),
        ("五八年生的", (1958, 1958)),
        ("58年生", (1958, 1958)),
        ("一九五八年生", (1958, 1958)),
        ("零二年生的", (2002, 2002)),
        ("民国三十七年", (1948, 1948)),
        ("六二年腊月生", (1962, 1963)),
        ("六二年三月生", (1962, 1962)),
        ("十年", None),
        ("", None),
    ],
)
def test_years_of_birth(words: str, years: tuple[int, int] | None) -> None:
    year = year_in(words, is_asked=True)
    assert (None if year is None else (year.earliest, year.latest)) == years


def test_a_year_of_two_digits_counts_only_where_a_birth_is_spoken_of() -> None:
    assert year_in("五八年", is_asked=False) is None


@pytest.mark.parametrize(
    ("words", "number"), [("六十二", 62), ("十八", 18), ("1958", 1958), ("二十", 20), ("九", 9)]
)
def test_numbers(words: str, number: int) -> None:
    assert number_of(words) == number
