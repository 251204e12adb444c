from datetime import timedelta

from casework.windows.station_windows import StationHistory, plan_station
from casework.windows.window import WindowState
from tests.unit.casework.window_samples import (
    RULES,
    WORKDAYS,
    at,
    only,
    planned_station,
    some_events,
)

PLACED_30 = "2026-01-01T00:00 since + 30x 2026-03-10T15:00 placed home-a"


def test_the_station_plan_has_exactly_the_rows_of_the_station() -> None:
    windows = planned_station("2026-01-01T00:00 since", "2026-01-02T00:00")
    assert {window.kind for window in windows} == {
        rule.kind for rule in RULES.rows if rule.for_station
    }
    assert {window.state for window in windows} == {WindowState.WAITING}


def test_a_summary_is_owed_for_every_month_with_somebody_placed_and_for_no_other() -> None:
    events = some_events("2026-01-20T09:00 placed home-a + 2026-02-01T00:00 placement_ended")
    later = some_events("2026-03-31T23:00 placed home-a + 2026-04-02T09:00 died")
    now = at("2026-06-01T00:00")
    history = StationHistory(since=at("2026-01-01T00:00"), cases=(events, later))
    windows = plan_station(history, rules=RULES, workdays=WORKDAYS, now=now, until=now)
    assert [each.subject for each in only(windows, "placement_summary")] == [
        "2026-01",
        "2026-03",
        "2026-04",
    ]


def test_a_report_of_one_quarter_says_nothing_of_another() -> None:
    text = "2026-01-01T00:00 since + 2026-04-02T09:00 quarter_figures_sent 2026-Q1"
    figures = only(planned_station(text, "2026-07-20T00:00"), "quarterly_figures")
    assert [(each.subject, each.state) for each in figures] == [
        ("2026-Q1", WindowState.MET),
        ("2026-Q2", WindowState.BREACHED),
    ]


def test_the_team_is_no_longer_owed_when_people_leave_and_owed_anew_when_they_return() -> None:
    people = [some_events("2026-03-10T15:00 placed home-a")] * 30
    visitor = some_events("2026-03-11T15:00 placed home-a + 2026-03-12T15:00 died")
    other = some_events("2026-03-20T15:00 placed home-a")
    now = at("2026-03-21T00:00")
    history = StationHistory(since=at("2026-01-01T00:00"), cases=(*people, visitor, other))
    windows = plan_station(
        history, rules=RULES, workdays=WORKDAYS, now=now, until=now + timedelta(days=1)
    )
    assert [(each.starts, each.state) for each in only(windows, "resident_team")] == [
        (at("2026-03-11T15:00"), WindowState.STOPPED),
        (at("2026-03-20T15:00"), WindowState.OPEN),
    ]
