import pytest

from casework.clock.time_spans import TimeSpan, Unit, add_months, midnight
from casework.errors import BadInputError
from tests.unit.casework.window_samples import WORKDAYS, at


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("1 hour", 1, Unit.HOUR),
        ("48 hours", 48, Unit.HOUR),
        ("7 days", 7, Unit.DAY),
        ("7 working days", 7, Unit.WORKING_DAY),
        ("1 month", 1, Unit.MONTH),
    ],
)
def test_a_span_is_read_as_written(text: str, amount: int, unit: Unit) -> None:
    assert TimeSpan.parse(text) == TimeSpan(amount=amount, unit=unit)


@pytest.mark.parametrize(
    "text", ["", "days", "0 days", "-1 day", "1.5 hours", "1 week", "10000 days"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="无法识别"):
        TimeSpan.parse(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31T10:00", 1, "2026-02-28T10:00"),
        ("2028-01-31T10:00", 1, "2028-02-29T10:00"),
        ("2026-12-15T10:00", 1, "2027-01-15T10:00"),
        ("2026-08-31T10:00", -6, "2026-02-28T10:00"),
        ("2026-02-28T20:00+00:00", 1, "2026-04-01T04:00"),
    ],
)
def test_months_keep_the_clock_time_and_are_cut_to_the_end_of_the_month(
    start: str, months: int, end: str
) -> None:
    assert add_months(at(start), months) == at(end)


def test_several_months_are_counted_from_the_beginning_and_do_not_drift() -> None:
    month = TimeSpan.parse("1 month")
    assert month.after(at("2026-01-31T10:00"), WORKDAYS, times=2)[0] == at("2026-03-31T10:00")


def test_midnight_is_station_time() -> None:
    assert midnight(at("2026-03-05T09:30").date()).isoformat() == "2026-03-05T00:00:00+08:00"
