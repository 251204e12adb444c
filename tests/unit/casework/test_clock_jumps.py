"""A clock that jumps tells the same breaches as one that runs, each once."""

from datetime import datetime, timedelta

import pytest

from casework.accounts.access import Role
from casework.cases.intake import IntakeCommand, open_case
from casework.windows.due_list import list_due
from casework.windows.ports import DueFilter
from casework.windows.sweep import sweep
from tests.office import FakeFaceReader, Office
from tests.samples import an_actor

DAYS = 12
HOUR = timedelta(hours=1)

#: Hour of the true clock -> by how much the station's clock is wrong from then on.
STEADY: dict[int, timedelta] = {}
AHEAD_FOR_AN_HOUR = {5: timedelta(hours=25), 6: timedelta(0)}
AHEAD_FOR_TWO_DAYS = {5: timedelta(hours=25), 53: timedelta(0)}
BEHIND_FOR_A_DAY = {5: -HOUR, 29: timedelta(0)}
BACK_AND_FORTH = {
    3: -HOUR,
    4: timedelta(hours=25),
    5: -HOUR,
    30: timedelta(hours=25),
    31: timedelta(0),
}

Told = set[tuple[str, str, int, datetime, str]]


def lived_through(jumps: dict[int, timedelta]) -> tuple[Told, int]:
    """Every escalation of a resident's first days, swept each hour, and how many sweeps wrote."""
    office = Office()
    begun, wrong, written = office.now, timedelta(0), 0
    open_case(office.context(), IntakeCommand(), FakeFaceReader())
    for hour in range(DAYS * 24):
        wrong = jumps.get(hour, wrong)
        office.now = begun + hour * HOUR + wrong
        written += sweep(office.context()).alerts
    with office.open_work() as work:
        alerts = work.alerts.escalations(an_actor().station)
    return {(a.kind, a.subject, a.sequence, a.starts, a.level) for a in alerts}, written


@pytest.mark.parametrize(
    "jumps", [AHEAD_FOR_AN_HOUR, AHEAD_FOR_TWO_DAYS, BEHIND_FOR_A_DAY, BACK_AND_FORTH]
)
def test_no_breach_is_missed_or_doubled(jumps: dict[int, timedelta]) -> None:
    expected, written = lived_through(STEADY)
    assert expected
    assert lived_through(jumps) == (expected, written)


def test_the_supervisor_sees_what_was_told_while_the_clock_was_ahead() -> None:
    office = Office()
    open_case(office.context(), IntakeCommand(), FakeFaceReader())
    office.now += timedelta(hours=25)
    sweep(office.context())
    office.now -= timedelta(hours=25)
    supervisor = office.context(an_actor(Role.SUPERVISOR))
    assert list_due(supervisor, DueFilter()).escalations
