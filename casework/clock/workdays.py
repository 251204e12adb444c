"""Working days in China: weekends, public holidays, and the weekend days that are worked instead.

Data: the `holidays` package, corrected and extended by `workdays.toml`. A year whose make-up days
are not published yet is counted with its statutory holidays only, and the answer is provisional.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import holidays

from casework.errors import BadInputError

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Workdays:
    """A working-day calendar."""

    #: Days set by the override table: True is worked, False is off.
    overrides: Mapping[date, bool] = field(default_factory=dict)
    #: Years whose whole notice is in `overrides`.
    published_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.overrides:
            return self.overrides[day]
        year = _year(day.year)
        return day in year.worked or (day.weekday() < _SATURDAY and day not in year.off)

    def is_published(self, year: int) -> bool:
        """Whether the make-up days of a year are known."""
        return year in self.published_years or bool(_year(year).worked)

    def nth_workday_after(self, day: date, n: int) -> tuple[date, bool]:
        """The n-th working day after `day` (which does not count), and whether it is provisional.

        Provisional: the range from `day` to the answer touches a year that is not published.

        Raises:
            BadInputError: n is less than one.
        """
        if n < 1:
            raise BadInputError("工作日天数至少为 1。")
        last = self._count(day, n)
        years = range(day.year, last.year + 1)
        return last, not all(self.is_published(year) for year in years)

    def _count(self, day: date, n: int) -> date:
        left = n
        while left:
            day += _DAY
            left -= self.is_workday(day)
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
    off: frozenset[date]
    worked: frozenset[date]


@cache
def _year(year: int) -> _Year:
    """One year as the package knows it; the next year's notice may speak of this December."""
    calendars = [holidays.country_holidays("CN", years=each) for each in (year, year + 1)]
    return _Year(
        off=frozenset(day for each in calendars for day in each if day.year == year),
        worked=frozenset(
            day for each in calendars for day in each.weekend_workdays if day.year == year
        ),
    )


def load_workdays() -> Workdays:
    """The calendar that comes with the program."""
    return read_workdays(
        files("casework.clock").joinpath("workdays.toml").read_text(encoding="utf-8")
    )


def read_workdays(table: str) -> Workdays:
    """A calendar from the text of an override table.

    Raises:
        BadInputError: an entry is incomplete, or a day stands twice.
    """
    try:
        document = tomllib.loads(table)
        days = list(_days(document))
        years = frozenset(int(year) for year in document.get("published_years", []))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadInputError("工作日调整表无法读取，请对照文件开头的说明检查。") from error
    if len({day for day, _ in days}) != len(days):
        raise BadInputError("工作日调整表中有重复的日期。")
    return Workdays(overrides=dict(days), published_years=years)


def _days(document: Mapping[str, Any]) -> Iterator[tuple[date, bool]]:
    for row in document.get("day", []):
        if not isinstance(row["date"], date) or not row["source"]:
            raise ValueError(row)
        yield row["date"], {"work": True, "off": False}[row["kind"]]
