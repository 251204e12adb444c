from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from casework.clock.station_time import STATION_TIME
from casework.errors import BadInputError
from casework.windows.plan import plan
from casework.windows.window import Window, WindowOwner, WindowState
from tests.unit.casework.window_samples import (
    RULES,
    WORKDAYS,
    an_event,
    at,
    only,
    planned,
    some_events,
)

ADMITTED = "2026-03-05T09:30 admitted"
ONE_OFF = {
    "intake_capture",
    "national_system_entry",
    "police_identity_request",
    "search_notice",
    "specialist_assigned",
    "dna_request",
    "resettlement_application",
}


def test_an_admission_alone_gives_every_one_off_window_the_interviews_and_the_waiting_rows() -> (
    None
):
    windows = planned(some_events(ADMITTED), "2026-03-05T09:30")
    begun = [window.kind for window in windows if window.starts]
    waiting = [window for window in windows if not window.starts]
    assert {kind for kind in begun if kind != "interview"} == ONE_OFF
    assert len(begun) == len(ONE_OFF) + 3 + 11
    case_rows = {rule.kind for rule in RULES.rows if not rule.for_station}
    assert {window.kind for window in waiting} == case_rows - ONE_OFF - {"interview"}
    assert {(window.due, window.state) for window in waiting} == {(None, WindowState.WAITING)}


def test_interviews_begin_as_three_slices_and_go_on_by_the_day() -> None:
    talks = only(planned(some_events(ADMITTED), "2026-03-05T09:30"), "interview")
    slices = [(window.starts, window.due, window.needed) for window in talks[:3]]
    first = at("2026-03-05T09:30")
    assert slices == [
        (first + timedelta(days=day), first + timedelta(days=day + 1), 3) for day in range(3)
    ]
    days = [(window.starts, window.needed) for window in talks[3:]]
    assert days == [(at(f"2026-03-{day:02}T00:00"), 1) for day in range(9, 20)]
    assert [window.sequence for window in talks] == list(range(1, 15))


def test_windows_are_ordered_by_start_and_those_without_one_stand_last() -> None:
    windows = planned(some_events(ADMITTED), "2026-03-05T09:30")
    starts = [window.starts for window in windows]
    begun = [start for start in starts if start]
    assert begun == sorted(begun)
    assert starts == begun + [None] * (len(starts) - len(begun))


def test_one_off_windows_do_not_depend_on_the_horizon() -> None:
    now = at("2026-03-05T09:30")
    windows = planned(some_events(ADMITTED), now, until=now)
    assert {window.kind for window in windows if window.starts} == ONE_OFF
    assert only(windows, "interview")[0].state is WindowState.WAITING


def test_a_horizon_on_the_stroke_of_a_day_leaves_that_day_out() -> None:
    windows = planned(some_events(ADMITTED), "2026-03-05T09:30", until=at("2026-03-10T00:00"))
    assert [window.starts for window in only(windows, "interview")][-1] == at("2026-03-09T00:00")


def test_times_come_back_in_station_time_whatever_came_in() -> None:
    window = only(
        planned(some_events("2026-03-05T01:30+00:00 admitted"), "2026-03-05T10:00"), "dna_request"
    )[0]
    assert window.starts == at("2026-03-05T09:30")
    assert [each.tzinfo for each in (window.starts, window.due) if each] == [STATION_TIME] * 2


@pytest.mark.parametrize("naive", ["now", "until"])
def test_a_moment_without_offset_is_refused(naive: str) -> None:
    moments = {"now": at("2026-03-05T09:30"), "until": at("2026-03-19T09:30")}
    moments[naive] = datetime(2026, 3, 5)  # noqa: DTZ001 - the naive time is the point
    with pytest.raises(BadInputError, match="时区"):
        plan([], rules=RULES, workdays=WORKDAYS, **moments)


def test_without_any_event_every_row_of_a_case_waits() -> None:
    windows = planned([], "2026-03-05T09:30")
    assert {window.state for window in windows} == {WindowState.WAITING}
    assert len(windows) == sum(not rule.for_station for rule in RULES.rows)


def test_what_happens_after_now_satisfies_nothing_yet() -> None:
    events = some_events(
        f"{ADMITTED} + 2026-03-05T12:00 specialist_assigned + 2026-03-05T13:00 departed"
    )
    assert _state(planned(events, "2026-03-05T11:00"), "specialist_assigned") is WindowState.OPEN
    assert _state(planned(events, "2026-03-05T12:00"), "specialist_assigned") is WindowState.MET
    assert _state(planned(events, "2026-03-05T11:00"), "dna_request") is WindowState.OPEN
    assert _state(planned(events, "2026-03-05T13:00"), "dna_request") is WindowState.STOPPED


@pytest.mark.parametrize(
    ("event", "kind", "reason"),
    [
        ("identity_confirmed", "search_notice", "已查明身份"),
        ("departed", "dna_request", "已离站"),
        ("died", "interview", "已死亡"),
        ("transferred", "specialist_assigned", "已移交其他机构"),
        ("placed home-a", "interview", "已入托养机构或医院"),
        ("window_stopped dna_request", "dna_request", "原因"),
        ("notice_withheld", "search_notice", "原因"),
    ],
)
def test_a_stopped_or_withheld_window_says_why(event: str, kind: str, reason: str) -> None:
    events = some_events(f"{ADMITTED} + 2026-03-05T12:00 {event}")
    assert only(planned(events, "2026-03-05T13:00"), kind)[0].reason == reason


def test_the_reason_of_a_departure_is_not_copied_into_windows() -> None:
    left = replace(an_event("2026-03-05T12:00 departed"), reason="随舅舅回家")
    windows = planned([an_event(ADMITTED), left], "2026-03-05T13:00")
    assert {window.reason for window in windows} == {None, "已离站", "已离站（此前已超时）"}


def test_a_window_that_was_late_before_it_stopped_says_so() -> None:
    events = some_events(f"{ADMITTED} + 2026-03-07T12:00 departed")
    window = only(planned(events, "2026-03-08T00:00"), "search_notice")[0]
    assert window.reason == "已离站（此前已超时）"


def test_one_of_several_windows_of_a_kind_can_be_stopped_by_name() -> None:
    lines = "2026-03-05T10:00 clue_marked c1 + 2026-03-05T10:00 clue_marked c2"
    events = some_events(f"{lines} + 2026-03-05T11:00 window_stopped clue_to_police:c2")
    states = {
        each.subject: each.state
        for each in only(planned(events, "2026-03-05T12:00"), "clue_to_police")
    }
    assert states == {"c1": WindowState.OPEN, "c2": WindowState.STOPPED}


def test_a_word_said_before_a_window_began_does_not_stop_it() -> None:
    events = some_events(
        "2026-03-05T10:00 clue_marked + 2026-03-05T11:00 window_stopped clue_to_police"
        " + 2026-03-06T10:00 clue_marked"
    )
    states = [each.state for each in only(planned(events, "2026-03-06T11:00"), "clue_to_police")]
    assert states == [WindowState.STOPPED, WindowState.OPEN]


def test_a_withheld_window_is_released_by_reopening_with_the_time_it_had_left() -> None:
    events = some_events(
        f"{ADMITTED} + 2026-03-05T10:30 window_withheld specialist_assigned"
        " + 2026-03-08T10:30 window_reopened specialist_assigned"
    )
    window = only(planned(events, "2026-03-08T12:00"), "specialist_assigned")[0]
    assert (window.state, window.due) == (WindowState.OPEN, at("2026-03-09T09:30"))


def test_overlapping_reasons_to_withhold_are_counted_once() -> None:
    events = some_events(
        f"{ADMITTED} + 2026-03-05T10:30 notice_withheld + 2026-03-05T12:30 window_withheld search_notice"
        " + 2026-03-06T10:30 withhold_lifted + 2026-03-06T12:30 window_reopened search_notice"
    )
    window = only(planned(events, "2026-03-06T13:00"), "search_notice")[0]
    assert window.due == at("2026-03-07T11:30")


def test_an_incident_in_an_institution_is_told_by_the_institution() -> None:
    placed = f"{ADMITTED} + 2026-03-06T10:00 placed home-a + "
    incident = "2026-03-07T10:00 incident_happened i1"
    assert _owner(placed + incident) is WindowOwner.INSTITUTION
    assert _owner(incident) is WindowOwner.STATION


def test_progress_is_counted_within_the_window() -> None:
    events = some_events(
        f"{ADMITTED} + 2026-03-05T10:00 interview_held + 2026-03-05T11:00 notice_logged tv"
    )
    windows = planned(events, "2026-03-05T12:00")
    talk, notice = only(windows, "interview")[0], only(windows, "search_notice")[0]
    assert (talk.counted, talk.needed) == (1, 3)
    assert (notice.counted, notice.needed) == (1, 4)


def test_a_met_window_says_when() -> None:
    events = some_events(f"{ADMITTED} + 2026-03-05T02:00+00:00 specialist_assigned")
    window = only(planned(events, "2026-03-05T12:00"), "specialist_assigned")[0]
    assert window.met_at == at("2026-03-05T10:00")


def test_a_station_value_changes_the_window_and_shows() -> None:
    rules = RULES.with_overrides({"police_identity_request.due": "12 hours"})
    windows = planned([an_event(ADMITTED)], "2026-03-05T10:00", rules=rules)
    changed, other = only(windows, "police_identity_request")[0], only(windows, "search_notice")[0]
    assert (changed.due, changed.overridden) == (at("2026-03-05T21:30"), True)
    assert not other.overridden


def test_a_station_can_change_the_first_quota() -> None:
    rules = RULES.with_overrides({"interview.first_quota": "4", "interview.first_slices": "1"})
    talks = only(planned([an_event(ADMITTED)], "2026-03-05T10:00", rules=rules), "interview")
    assert [window.needed for window in talks[:2]] == [4, 1]
    assert talks[1].starts == at("2026-03-07T00:00")


def test_after_a_move_to_another_institution_visits_begin_anew() -> None:
    events = some_events(
        f"{ADMITTED} + 2026-03-06T10:00 placed home-a + 2026-03-08T10:00 placed home-b"
    )
    visits = only(planned(events, "2026-03-09T00:00"), "placement_visit")
    assert [(each.starts, each.state) for each in visits[:2]] == [
        (at("2026-03-06T10:00"), WindowState.STOPPED),
        (at("2026-03-08T10:00"), WindowState.OPEN),
    ]


def _state(windows: tuple[Window, ...], kind: str) -> WindowState:
    return only(windows, kind)[0].state


def _owner(events: str) -> WindowOwner:
    return only(planned(some_events(events), "2026-03-07T10:10"), "incident_notice")[0].owner
