"""Spans of time as the rules write them: "24 hours", "7 working days", "3 months"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self

from casework.clock.station_time import STATION_TIME, in_station_time, station_day
from casework.clock.workdays import Workdays
from casework.errors import BadInputError


class Unit(StrEnum):
    """What a span is counted in."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working day"
    MONTH = "month"


_WRITTEN: Final = re.compile(r"([1-9]\d{0,3}) (hour|day|working day|month)s?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan:
    """A length of time. Hours and days are real time, months and working days calendar time."""

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "24 hours", "1 day", "7 working days", "3 months".

        Raises:
            BadInputError: written in any other way.
        """
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise BadInputError(
                f"时长“{text}”无法识别，请写成 24 hours、7 days、7 working days 或 3 months。"
            )
        return cls(amount=int(found[1]), unit=Unit(found[2]))

    @property
    def written(self) -> str:
        """As `parse` reads it."""
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"

    def after(
        self, start: datetime, workdays: Workdays, *, times: int = 1
    ) -> tuple[datetime, bool]:
        """The moment `times` spans after `start` (half-open end), and whether it is provisional.

        Months keep the clock time and are cut to the end of a short month. Working days end at
        00:00 after the last one; the day of `start` does not count.
        """
        amount = self.amount * times
        match self.unit:
            case Unit.HOUR:
                return in_station_time(start) + timedelta(hours=amount), False
            case Unit.DAY:
                return in_station_time(start) + timedelta(days=amount), False
            case Unit.MONTH:
                return add_months(start, amount), False
            case Unit.WORKING_DAY:
                return end_of_workday(station_day(start), amount, workdays)


def end_of_workday(day: date, n: int, workdays: Workdays) -> tuple[datetime, bool]:
    """The end of the n-th working day after `day`, and whether it is provisional."""
    last, provisional = workdays.nth_workday_after(day, n)
    return midnight(last + timedelta(days=1)), provisional


def midnight(day: date) -> datetime:
    """00:00 of a day at the station."""
    return datetime.combine(day, time(), STATION_TIME)


def add_months(start: datetime, months: int) -> datetime:
    """The same clock time some calendar months later (or earlier), cut to the end of the month."""
    local = in_station_time(start)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day)
