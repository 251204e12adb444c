"""How long is left, worked out on the server; the browser only ticks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

#: From here on a due time is shown as urgent.
SOON: Final = timedelta(hours=6)


class Urgency(StrEnum):
    """How a due time stands, for the style sheet."""

    CALM = "calm"
    SOON = "soon"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown:
    """A due time and what is left of it."""

    due: datetime
    #: Negative once the due time has passed; due means not met any more.
    seconds: int
    words: str
    urgency: Urgency


def countdown(due: datetime, now: datetime) -> Countdown:
    """What is left until `due`."""
    left = due - now
    return Countdown(
        due=due,
        seconds=int(left.total_seconds()),
        words=left_in_words(left),
        urgency=_urgency(left),
    )


def left_in_words(left: timedelta) -> str:
    """剩 05:41 under two days, 剩 3 天 from there, 已超 3 小时 when late."""
    if left <= timedelta(0):
        return "已超 " + _span(-left)
    if left < timedelta(days=2):
        minutes = int(left.total_seconds()) // 60
        return f"剩 {minutes // 60:02d}:{minutes % 60:02d}"
    return f"剩 {left.days} 天"


def _span(late: timedelta) -> str:
    if late < timedelta(hours=1):
        return f"{int(late.total_seconds()) // 60} 分钟"
    if late < timedelta(days=2):
        return f"{int(late.total_seconds()) // 3600} 小时"
    return f"{late.days} 天"


def _urgency(left: timedelta) -> Urgency:
    if left <= timedelta(0):
        return Urgency.OVER
    return Urgency.SOON if left <= SOON else Urgency.CALM
