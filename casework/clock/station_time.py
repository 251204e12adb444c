"""The clock on the station's wall: China has one time zone and no summer time."""

from datetime import date, datetime, timedelta, timezone
from typing import Final

#: Asia/Shanghai. A fixed offset needs no time-zone database on a bare machine; the last summer
#: time in China ended in 1991, before any time this program handles.
STATION_TIME: Final = timezone(timedelta(hours=8), "CST")


def in_station_time(moment: datetime) -> datetime:
    """The same moment as the wall clock shows it."""
    return moment.astimezone(STATION_TIME)


def station_day(moment: datetime) -> date:
    """The calendar day of a moment at the station."""
    return in_station_time(moment).date()


def from_wall_clock(moment: datetime) -> datetime:
    """A time as somebody at the station typed it: without an offset it is station time."""
    return moment if moment.tzinfo else moment.replace(tzinfo=STATION_TIME)
