from datetime import timedelta

import pytest

from casework.accounts.access import Role
from casework.cases.happenings.care import Admitted, Departed, DepartureKind
from casework.cases.happenings.knowledge import InterviewAttempted
from casework.cases.happenings.police import IdentityRequestReceived, IdentityRequestSent
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.recording import RecordCommand, record
from casework.errors import StaleVersionError
from casework.windows.due_list import list_due
from casework.windows.ports import DueFilter
from casework.windows.reminders import ReminderLevel
from casework.windows.sweep import sweep
from casework.windows.window import WindowOwner, WindowState
from storage.memory.case_stores import MemoryCaseStore
from tests.office import FakeFaceReader, Office
from tests.samples import STATION, an_actor

SUPERVISOR = an_actor(Role.SUPERVISOR)
POLICE = an_actor(Role.POLICE, station="公安局", user_id="u2")


def a_case_in(office: Office) -> str:
    opened = open_case(office.context(), IntakeCommand(), FakeFaceReader())
    return opened.case.case_id


def test_a_breach_is_told_once_to_the_supervisor() -> None:
    office = Office()
    a_case_in(office)
    assert sweep(office.context()).alerts == 0
    office.now += timedelta(hours=24)
    first = sweep(office.context())
    assert first.cases == 1
    assert first.alerts > 0
    assert sweep(office.context()).alerts == 0
    told = list_due(office.context(SUPERVISOR), DueFilter()).escalations
    assert "police_identity_request" in {alert.kind for alert in told}
    assert {alert.level for alert in told} == {ReminderLevel.ESCALATE}
    assert list_due(office.context(), DueFilter()).escalations == ()


def test_a_sweep_after_a_long_silence_tells_everything_that_fell_due() -> None:
    office = Office()
    a_case_in(office)
    office.now += timedelta(days=20)
    sweep(office.context())
    breached = list_due(office.context(SUPERVISOR), DueFilter()).windows
    kinds = {each.window.kind for each in breached if each.window.state is WindowState.BREACHED}
    assert {"police_identity_request", "search_notice", "dna_request"} <= kinds


def test_a_line_written_between_due_time_and_sweep_hides_no_breach() -> None:
    office = Office()
    case_id = a_case_in(office)
    sweep(office.context())
    office.now += timedelta(hours=24, seconds=10)
    talk = InterviewAttempted(reason="睡着了")
    record(office.context(), RecordCommand(case_id=case_id, details=talk))
    sweep(office.context())
    told = list_due(office.context(SUPERVISOR), DueFilter()).escalations
    assert "police_identity_request" in {alert.kind for alert in told}


def test_the_windows_of_a_second_stay_are_told_again() -> None:
    office = Office()
    case_id = a_case_in(office)
    office.now += timedelta(hours=25)
    sweep(office.context())
    left = Departed(how=DepartureKind.OWN_WISH)
    record(office.context(), RecordCommand(case_id=case_id, details=left))
    office.now += timedelta(days=5)
    record(office.context(), RecordCommand(case_id=case_id, details=Admitted()))
    office.now += timedelta(hours=25)
    sweep(office.context())
    told = list_due(office.context(SUPERVISOR), DueFilter()).escalations
    assert [alert.kind for alert in told].count("police_identity_request") == 2


def test_a_clock_that_was_set_back_loses_no_case() -> None:
    office = Office()
    case_id = a_case_in(office)
    office.now -= timedelta(hours=2)
    with office.open_work() as work:
        work.windows.look_by(case_id, office.now)
        work.commit()
    sweep(office.context())
    office.now += timedelta(hours=27)
    assert sweep(office.context()).alerts > 0


def test_a_sweep_gives_way_to_whoever_writes_into_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = Office()
    a_case_in(office)
    office.now += timedelta(hours=25)

    def overtaken(*_: object, **__: object) -> None:
        raise StaleVersionError("")

    with monkeypatch.context() as patch:
        patch.setattr(MemoryCaseStore, "save", overtaken)
        assert sweep(office.context()).alerts == 0
    office.now += timedelta(minutes=6)
    assert sweep(office.context()).alerts > 0


def test_windows_are_listed_nearest_first_and_by_filter() -> None:
    office = Office()
    a_case_in(office)
    listed = list_due(office.context(), DueFilter()).windows
    dues = [each.window.due for each in listed if each.window.due]
    assert dues == sorted(dues)
    assert {each.station for each in listed} == {STATION}
    soon = DueFilter(before=office.now + timedelta(hours=25), kind="dna_request")
    assert list_due(office.context(), soon).windows == ()


def test_agencies_see_their_own_clock_only() -> None:
    office = Office()
    case_id = a_case_in(office)
    for details in (
        IdentityRequestSent(request_id="q1", agency="某分局"),
        IdentityRequestReceived(request_id="q1"),
    ):
        record(office.context(), RecordCommand(case_id=case_id, details=details))
    listed = list_due(office.context(POLICE), DueFilter()).windows
    assert [each.window.kind for each in listed] == ["police_identity_feedback"]
    assert {each.window.owner for each in listed} == {WindowOwner.POLICE}


def test_another_station_sees_nothing_of_ours() -> None:
    office = Office()
    a_case_in(office)
    stranger = an_actor(Role.SUPERVISOR, station="另一站")
    assert list_due(office.context(stranger), DueFilter()).windows == ()
