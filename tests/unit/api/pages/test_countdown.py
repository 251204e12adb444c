from datetime import UTC, datetime, timedelta

import pytest

from api.pages.countdown import Urgency, countdown

NOW = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "words", "urgency"),
    [
        (timedelta(minutes=41), "剩 00:41", Urgency.SOON),
        (timedelta(hours=6), "剩 06:00", Urgency.SOON),
        (timedelta(hours=6, seconds=1), "剩 06:00", Urgency.CALM),
        (timedelta(hours=47, minutes=59), "剩 47:59", Urgency.CALM),
        (timedelta(days=9, hours=3), "剩 9 天", Urgency.CALM),
        (timedelta(0), "已超 0 分钟", Urgency.OVER),
        (timedelta(minutes=-59), "已超 59 分钟", Urgency.OVER),
        (timedelta(hours=-3), "已超 3 小时", Urgency.OVER),
        (timedelta(days=-4), "已超 4 天", Urgency.OVER),
    ],
)
def test_what_is_left_is_said_in_words(left: timedelta, words: str, urgency: Urgency) -> None:
    shown = countdown(NOW + left, NOW)
    assert (shown.words, shown.urgency) == (words, urgency)
    assert shown.seconds == left.total_seconds()
