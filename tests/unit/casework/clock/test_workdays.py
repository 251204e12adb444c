from datetime import date

import pytest

from casework.clock.workdays import Workdays, load_workdays, read_workdays
from casework.errors import BadInputError

SHIPPED = load_workdays()
WITHOUT_TABLE = Workdays()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 3, 5), True),
        (date(2026, 3, 7), False),
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 8), False),
        (date(2018, 12, 29), True),
        (date(2018, 12, 31), False),
        (date(2027, 10, 1), False),
    ],
)
def test_offices_work_on_these_days_and_not_on_those(day: date, worked: bool) -> None:  # noqa: FBT001 - a table column
    assert SHIPPED.is_workday(day) is worked


def test_the_table_of_2026_says_the_same_as_the_package() -> None:
    for day, worked in SHIPPED.overrides.items():
        assert WITHOUT_TABLE.is_workday(day) is worked


def test_years_are_published_up_to_2026() -> None:
    assert [year for year in range(2024, 2029) if SHIPPED.is_published(year)] == [2024, 2025, 2026]


def test_a_year_entered_by_hand_is_published_and_changes_the_count() -> None:
    entered = read_workdays(
        'published_years = [2027]\n[[day]]\ndate = 2027-02-20\nkind = "work"\nsource = "试验"\n'
    )
    assert SHIPPED.nth_workday_after(date(2027, 2, 18), 2) == (date(2027, 2, 22), True)
    assert entered.nth_workday_after(date(2027, 2, 18), 2) == (date(2027, 2, 20), False)


def test_counting_from_december_into_an_unpublished_year_is_provisional() -> None:
    assert SHIPPED.nth_workday_after(date(2026, 12, 30), 1) == (date(2026, 12, 31), False)
    assert SHIPPED.nth_workday_after(date(2026, 12, 30), 2) == (date(2027, 1, 4), True)


def test_less_than_one_working_day_is_refused() -> None:
    with pytest.raises(BadInputError, match="至少为 1"):
        SHIPPED.nth_workday_after(date(2026, 3, 5), 0)


@pytest.mark.parametrize(
    "table",
    [
        "published_years = [",
        'published_years = ["soon"]',
        '[[day]]\ndate = 2027-01-04\nkind = "half"\nsource = "x"\n',
        '[[day]]\ndate = "2027-01-04"\nkind = "work"\nsource = "x"\n',
        '[[day]]\ndate = 2027-01-04\nkind = "work"\nsource = ""\n',
        "[[day]]\ndate = 2027-01-04\n",
        '[[day]]\ndate = 2027-01-04\nkind = "work"\nsource = "x"\n' * 2,
    ],
)
def test_a_spoilt_table_is_refused(table: str) -> None:
    with pytest.raises(BadInputError):
        read_workdays(table)
