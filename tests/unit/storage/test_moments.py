from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.moments import Moment, microseconds

ANY = None


def test_times_go_in_and_come_out_as_utc() -> None:
    moment = datetime(2026, 3, 5, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    stored = Moment().process_bind_param(moment, ANY)  # type: ignore[arg-type]
    assert stored == datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
    naive = datetime(2026, 3, 5, 2, 0)  # noqa: DTZ001 - what SQLite hands back
    assert Moment().process_result_value(naive, ANY) == moment  # type: ignore[arg-type]


def test_a_naive_time_is_a_programming_error() -> None:
    with pytest.raises(TypeError):
        Moment().process_bind_param(datetime(2026, 3, 5), ANY)  # type: ignore[arg-type] # noqa: DTZ001


def test_microseconds_are_exact_where_a_float_of_seconds_is_not() -> None:
    moment = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert microseconds(moment) - microseconds(moment - timedelta(microseconds=1)) == 1
    assert microseconds(datetime(1970, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))) == 0
