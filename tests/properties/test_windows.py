"""Whatever happens to a person, no window inverts, disappears or is left without a next look."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.clock.events import NEEDS_REASON, NEEDS_SUBJECT, ClockEvent, ClockEventKind
from casework.clock.station_time import station_day
from casework.clock.time_spans import midnight
from casework.clock.workdays import load_workdays
from casework.windows.plan import plan
from casework.windows.rules import load_rules
from casework.windows.station_windows import StationHistory, plan_station
from casework.windows.window import Window, WindowState

RULES = load_rules()
WORKDAYS = load_workdays()
EPOCH = datetime(2026, 1, 20, tzinfo=UTC)
CASE_ROWS = [rule.kind for rule in RULES.rows if not rule.for_station]
SUBJECTS = ["c1", "c2", "toutiao", "rescue_search_site", "radio", *CASE_ROWS]
UNFINISHED = {
    WindowState.OPEN,
    WindowState.DUE_SOON,
    WindowState.BREACHED,
    WindowState.WITHHELD,
}

#: Half-hour steps, so that simultaneous events are common.
moments = st.integers(0, 48 * 120).map(lambda step: EPOCH + timedelta(minutes=30 * step))


@st.composite
def events(draw: st.DrawFn) -> ClockEvent:
    kind = draw(st.sampled_from(ClockEventKind))
    named = kind in NEEDS_SUBJECT or draw(st.booleans())
    return ClockEvent(
        kind=kind,
        at=draw(moments),
        subject=draw(st.sampled_from(SUBJECTS)) if named else None,
        reason="原因" if kind in NEEDS_REASON else None,
    )


admission = moments.map(lambda at: ClockEvent(kind=ClockEventKind.ADMITTED, at=at))
histories = st.builds(
    lambda first, rest: [first, *rest], admission, st.lists(events(), max_size=25)
)


def planned(history: Sequence[ClockEvent], now: datetime) -> tuple[Window, ...]:
    until = now + timedelta(days=14)
    return plan(history, rules=RULES, workdays=WORKDAYS, now=now, until=until)


def breaches(history: Sequence[ClockEvent], now: datetime) -> set[tuple[object, ...]]:
    windows = planned(history, now)
    return {(each.kind, each.starts, each.subject) for each in windows if each.breach}


@given(histories, moments)
def test_a_window_never_ends_before_it_begins(history: list[ClockEvent], now: datetime) -> None:
    for window in planned(history, now):
        assert (window.starts is None) == (window.due is None)
        if window.starts and window.due:
            assert window.starts < window.due


@given(histories, moments)
def test_an_unfinished_window_always_has_a_next_look_in_the_future(
    history: list[ClockEvent], now: datetime
) -> None:
    for window in planned(history, now):
        if window.state in UNFINISHED or (window.starts and window.state is WindowState.WAITING):
            assert window.next_look is not None
            assert window.next_look > now


@given(histories, moments)
def test_nothing_changes_until_the_next_look_while_nothing_happens(
    history: list[ClockEvent], now: datetime
) -> None:
    past = [event for event in history if event.at <= now]
    before = planned(past, now)
    looks = [window.next_look for window in before if window.next_look]
    if looks:
        later = plan(
            past,
            rules=RULES,
            workdays=WORKDAYS,
            now=min(looks) - timedelta(microseconds=1),
            until=now + timedelta(days=14),
        )
        assert later == before


@given(histories, moments, st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter_and_planning_again_changes_nothing(
    history: list[ClockEvent], now: datetime, shuffler: Random
) -> None:
    first = planned(history, now)
    shuffled = list(history)
    shuffler.shuffle(shuffled)
    assert planned(shuffled, now) == first
    assert planned(history, now) == first


@given(histories, moments, events())
def test_what_is_added_late_never_removes_a_breach(
    history: list[ClockEvent], now: datetime, added: ClockEvent
) -> None:
    past = [event for event in history if event.at <= now]
    late = replace(added, at=now)
    assert breaches(past, now) <= breaches([*past, late], now)


@given(histories, moments, st.integers(0, 500))
def test_breaches_stay_as_time_goes_by(
    history: list[ClockEvent], now: datetime, hours: int
) -> None:
    later = now + timedelta(hours=hours)
    past = [event for event in history if event.at <= now]
    assert breaches(past, now) <= breaches(past, later)


@given(histories, moments)
def test_every_row_of_a_case_is_always_there(history: list[ClockEvent], now: datetime) -> None:
    assert {window.kind for window in planned(history, now)} == set(CASE_ROWS)


@given(histories, moments)
def test_a_breach_is_exactly_a_due_time_that_passed_unmet(
    history: list[ClockEvent], now: datetime
) -> None:
    for window in planned(history, now):
        if window.state in {WindowState.BREACHED, WindowState.MET_LATE}:
            assert window.breach
        if window.state in {
            WindowState.WAITING,
            WindowState.OPEN,
            WindowState.DUE_SOON,
            WindowState.MET,
        }:
            assert not window.breach


@given(st.lists(histories, max_size=4), st.lists(events(), max_size=8), moments)
@settings(max_examples=50)
def test_the_station_plan_never_inverts_and_forgets_nothing(
    cases: list[list[ClockEvent]], own: list[ClockEvent], now: datetime
) -> None:
    rules = RULES.with_overrides({"resident_team.more_than": "1"})
    history = StationHistory(since=EPOCH, cases=tuple(map(tuple, cases)), events=tuple(own))
    windows = plan_station(
        history, rules=rules, workdays=WORKDAYS, now=now, until=now + timedelta(days=14)
    )
    assert {window.kind for window in windows} == {
        rule.kind for rule in RULES.rows if rule.for_station
    }
    for window in windows:
        if window.starts and window.due:
            assert window.starts < window.due
        if window.state in UNFINISHED:
            assert window.next_look


#: Written from the State Council notices of 2025 and 2026, day by day.
OFF = {
    *["2025-01-01", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31", "2025-02-03"],
    *["2025-02-04", "2025-04-04", "2025-05-01", "2025-05-02", "2025-05-05", "2025-06-02"],
    *["2025-10-01", "2025-10-02", "2025-10-03", "2025-10-06", "2025-10-07", "2025-10-08"],
    *["2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19"],
    *["2026-02-20", "2026-02-23", "2026-04-06", "2026-05-01", "2026-05-04", "2026-05-05"],
    *["2026-06-19", "2026-09-25", "2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06"],
    "2026-10-07",
}
WORKED = {
    *["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04"],
    *["2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
}


def slow_workdays(first: date, last: date) -> list[date]:
    """Every working day in `(first, last]`, one by one."""
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    return [
        day
        for day in days
        if str(day) in WORKED or (day.strftime("%a") not in {"Sat", "Sun"} and str(day) not in OFF)
    ]


@given(st.dates(date(2025, 1, 1), date(2026, 11, 20)), st.integers(1, 20))
def test_working_days_are_those_of_the_slow_list(day: date, n: int) -> None:
    found, provisional = WORKDAYS.nth_workday_after(day, n)
    assert found == slow_workdays(day, day + timedelta(days=60))[n - 1]
    assert not provisional


@given(st.datetimes(datetime(2025, 1, 1), datetime(2026, 11, 20), timezones=st.just(UTC)))  # noqa: DTZ001 - the zone is given beside
def test_the_dna_request_is_due_after_seven_listed_days(admitted: datetime) -> None:
    event = ClockEvent(kind=ClockEventKind.ADMITTED, at=admitted)
    window = next(each for each in planned([event], admitted) if each.kind == "dna_request")
    day = station_day(admitted)
    seventh = slow_workdays(day, day + timedelta(days=60))[6]
    assert window.due == midnight(seventh + timedelta(days=1))


def test_a_stay_of_three_years_is_planned_in_one_piece() -> None:
    first = ClockEvent(kind=ClockEventKind.ADMITTED, at=EPOCH)
    talks = [
        ClockEvent(kind=ClockEventKind.INTERVIEW_HELD, at=EPOCH + timedelta(hours=8 * n))
        for n in range(3 * 1095)
    ]
    windows = planned([first, *talks], EPOCH + timedelta(days=1095))
    held = [each for each in windows if each.kind == "interview" and each.state is WindowState.MET]
    # Three slices to 23 January, then every whole day from 24 January 2026 to 19 January 2029.
    assert len(held) == 3 + 1092
