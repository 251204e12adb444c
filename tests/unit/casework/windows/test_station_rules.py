from datetime import timedelta

import pytest

from casework.accounts.access import Role
from casework.cases.intake import IntakeCommand, open_case
from casework.errors import BadInputError, NotPermittedError
from casework.windows.station_rules import override_window
from casework.windows.sweep import sweep
from casework.windows.window import Window
from tests.office import FakeFaceReader, Office
from tests.samples import an_actor

SUPERVISOR = an_actor(Role.SUPERVISOR)


def window_of(office: Office, case_id: str, kind: str) -> Window:
    with office.open_work() as work:
        return next(each for each in work.windows.of_case(case_id) if each.kind == kind)


def test_a_stations_own_value_is_used_shown_and_traced() -> None:
    office = Office()
    override_window(office.context(SUPERVISOR), "national_system_entry.due", "2 hours")
    opened = open_case(office.context(), IntakeCommand(), FakeFaceReader())
    window = window_of(office, opened.case.case_id, "national_system_entry")
    assert window.due == office.now + timedelta(hours=2)
    assert window.overridden
    assert office.trail()[0] == "window.override"


def test_running_windows_take_a_new_value_at_their_next_look() -> None:
    office = Office()
    opened = open_case(office.context(), IntakeCommand(), FakeFaceReader())
    override_window(office.context(SUPERVISOR), "national_system_entry.due", "12 hours")
    office.now += timedelta(hours=12)
    sweep(office.context())
    window = window_of(office, opened.case.case_id, "national_system_entry")
    assert window.state == "breached"


def test_a_value_can_be_dropped_again() -> None:
    office = Office()
    override_window(office.context(SUPERVISOR), "dna_sampling.due", "3 days")
    assert override_window(office.context(SUPERVISOR), "dna_sampling.due", None) == {}


def test_another_station_keeps_the_shipped_value() -> None:
    office = Office()
    elsewhere = an_actor(Role.SUPERVISOR, station="另一站")
    override_window(office.context(elsewhere), "national_system_entry.due", "2 hours")
    opened = open_case(office.context(), IntakeCommand(), FakeFaceReader())
    assert not window_of(office, opened.case.case_id, "national_system_entry").overridden


@pytest.mark.parametrize(
    ("setting", "value"), [("nothing.due", "1 days"), ("dna_sampling.due", "soon"), ("x", "1")]
)
def test_a_value_that_cannot_be_is_refused(setting: str, value: str) -> None:
    with pytest.raises(BadInputError):
        override_window(Office().context(SUPERVISOR), setting, value)


def test_only_a_supervisor_changes_the_rules() -> None:
    with pytest.raises(NotPermittedError):
        override_window(Office().context(), "dna_sampling.due", "3 days")
