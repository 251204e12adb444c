"""What every implementation of the window and alert stores must do."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from casework.ports import OpenWork
from casework.windows.alerts import Alert
from casework.windows.ports import DueFilter
from casework.windows.reminders import ReminderLevel
from casework.windows.window import Window, WindowOwner, WindowState
from tests.samples import (
    NOW,
    STATION,
    a_case,
    minutes,
)


def test_windows_are_replaced_as_a_whole(open_work: OpenWork) -> None:
    window = Window(
        kind="dna_request",
        owner=WindowOwner.STATION,
        starts=NOW,
        due=NOW + timedelta(days=9),
        state=WindowState.OPEN,
        source="三(六)",
        next_look=NOW + timedelta(days=5),
    )
    with open_work() as work:
        work.cases.add(a_case())
        work.windows.replace("c1", [window, replace(window, kind="interview", sequence=1)])
        work.windows.replace("c1", [window])
        assert work.windows.of_case("c1") == (window,)


def a_window(kind: str = "dna_request", *, due_in: float = 60.0, **extra: Any) -> Window:
    return Window(
        kind=kind,
        owner=extra.pop("owner", WindowOwner.STATION),
        starts=NOW,
        due=NOW + minutes(due_in),
        state=extra.pop("state", WindowState.OPEN),
        source="三(六)",
        next_look=NOW + minutes(due_in / 2),
        **extra,
    )


def test_running_windows_are_listed_nearest_first_and_by_filter(open_work: OpenWork) -> None:
    with open_work() as work:
        work.cases.add(a_case())
        work.windows.replace(
            "c1",
            [
                a_window("late", due_in=90),
                a_window("soon", due_in=30, owner=WindowOwner.POLICE),
                a_window("done", due_in=10, state=WindowState.MET),
            ],
        )
        everything = work.windows.due(DueFilter(station=STATION))
        police = work.windows.due(DueFilter(owner=WindowOwner.POLICE))
        near = work.windows.due(DueFilter(before=NOW + minutes(60)))
        one = work.windows.due(DueFilter(kind="late"))
        elsewhere = work.windows.due(DueFilter(station="另一站"))
        first = work.windows.due(DueFilter(limit=1))
    assert [each.window.kind for each in everything] == ["soon", "late"]
    assert everything[0].case_number == "2026-0001"
    assert [each.window.kind for each in police] == ["soon"]
    assert [each.window.kind for each in near] == ["soon"]
    assert [each.window.kind for each in one] == ["late"]
    assert elsewhere == ()
    assert [each.window.kind for each in first] == ["soon"]


def test_a_look_is_claimed_once_until_its_lease_ends(open_work: OpenWork) -> None:
    with open_work() as work:
        work.cases.add(a_case())
        work.windows.replace("c1", [a_window(due_in=60), a_window("other", due_in=20)])
        assert work.windows.claim_looks(NOW + minutes(9), 5) == ()
        assert work.windows.claim_looks(NOW + minutes(10), 5) == ("c1",)
        assert work.windows.claim_looks(NOW + minutes(10.5), 5) == ()
        assert work.windows.claim_looks(NOW + minutes(11), 5) == ("c1",)
        work.windows.replace("c1", [])
        assert work.windows.claim_looks(NOW + minutes(999), 5) == ()


def test_a_look_can_be_asked_for_sooner_but_never_later(open_work: OpenWork) -> None:
    with open_work() as work:
        work.cases.add(a_case())
        work.windows.replace("c1", [a_window(due_in=60)])
        work.windows.look_by("c1", NOW + minutes(50))
        assert work.windows.claim_looks(NOW + minutes(29), 5) == ()
        work.windows.look_by("c1", NOW + minutes(5))
        assert work.windows.claim_looks(NOW + minutes(5), 5) == ("c1",)
        work.windows.replace("c1", [])
        work.windows.look_by("c1", NOW + minutes(70))
        assert work.windows.claim_looks(NOW + minutes(70), 5) == ("c1",)


def test_an_alert_is_told_once(open_work: OpenWork) -> None:
    alert = Alert(
        alert_id="a1",
        case_id="c1",
        station=STATION,
        kind="dna_request",
        subject="",
        sequence=0,
        starts=NOW,
        level=ReminderLevel.ESCALATE,
        owner=WindowOwner.STATION,
        at=NOW,
    )
    with open_work() as work:
        work.cases.add(a_case())
        assert work.alerts.add(alert) is True
        assert work.alerts.add(replace(alert, alert_id="a2")) is False
        later = replace(alert, alert_id="a3", sequence=1, at=NOW + minutes(1))
        half = replace(alert, alert_id="a4", level=ReminderLevel.HALF)
        assert work.alerts.add(later) is True
        assert work.alerts.add(half) is True
        second_stay = replace(half, alert_id="a5", starts=NOW + minutes(5))
        assert work.alerts.add(second_stay) is True
        assert work.alerts.escalations(STATION) == (later, alert)
        assert work.alerts.escalations("另一站") == ()
