from dataclasses import replace

import pytest

from casework.windows.reminders import ReminderLevel, next_look, reminders
from casework.windows.window import Window, WindowOwner, WindowState
from tests.unit.casework.window_samples import at

OPEN = Window(
    kind="search_notice",
    owner=WindowOwner.STATION,
    starts=at("2026-03-05T00:00"),
    due=at("2026-03-05T10:00"),
    state=WindowState.OPEN,
    source="三(六)",
)


def test_reminders_come_half_way_nearly_due_and_to_the_supervisor_when_due() -> None:
    assert reminders(OPEN) == (
        (at("2026-03-05T05:00"), ReminderLevel.HALF),
        (at("2026-03-05T09:00"), ReminderLevel.DUE_SOON),
        (at("2026-03-05T10:00"), ReminderLevel.ESCALATE),
    )


@pytest.mark.parametrize("state", ["met", "met_late", "stopped", "withheld"])
def test_a_settled_or_withheld_window_reminds_nobody(state: str) -> None:
    assert reminders(replace(OPEN, state=WindowState(state))) == ()


@pytest.mark.parametrize(
    ("state", "now", "look"),
    [
        ("waiting", "2026-03-04T00:00", "2026-03-05T00:00"),
        ("open", "2026-03-05T00:00", "2026-03-05T05:00"),
        ("open", "2026-03-05T05:00", "2026-03-05T09:00"),
        ("due_soon", "2026-03-05T09:30", "2026-03-05T10:00"),
        ("breached", "2026-03-05T10:00", "2026-03-06T10:00"),
        ("breached", "2026-03-08T09:00", "2026-03-08T10:00"),
        ("withheld", "2026-03-08T09:00", "2026-03-09T00:00"),
        ("withheld", "2026-03-04T09:00", "2026-03-05T00:00"),
    ],
)
def test_the_next_look_is_the_next_thing_that_can_happen(state: str, now: str, look: str) -> None:
    assert next_look(replace(OPEN, state=WindowState(state)), at(now)) == at(look)


@pytest.mark.parametrize("state", ["met", "met_late", "stopped"])
def test_what_is_settled_needs_no_look(state: str) -> None:
    assert next_look(replace(OPEN, state=WindowState(state)), at("2026-03-05T01:00")) is None


def test_what_waits_for_an_event_needs_no_look() -> None:
    waiting = replace(OPEN, state=WindowState.WAITING, starts=None, due=None)
    assert next_look(waiting, at("2026-03-05T01:00")) is None
    assert reminders(waiting) == ()
