from dataclasses import replace
from datetime import timedelta

import pytest

from casework.accounts.access import Role
from casework.cases.happenings.police import Answer, PoliceReportAnswered
from casework.cases.in_care import is_report
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.recording import RecordCommand, record
from casework.errors import NotPermittedError
from casework.jobs.job import AT_THE_DESK, JobKind
from casework.records.police_reports import candidates_in_care, receive_reports
from casework.windows.window import WindowState
from tests.office import FakeFaceReader, Office
from tests.samples import a_lead, a_record, an_actor


@pytest.fixture
def office() -> Office:
    """One resident in care, and the reported person's record in the registry."""
    office = Office()
    open_case(office.context(), IntakeCommand(), FakeFaceReader())
    with office.open_work() as work:
        work.records.add_many([a_record()])
        work.commit()
    return office


def window_of(office: Office, case_id: str) -> WindowState:
    with office.open_work() as work:
        windows = work.windows.of_case(case_id)
    return next(each.state for each in windows if each.kind == "police_report_check")


def test_a_report_gets_a_file_with_a_day_to_answer(office: Office) -> None:
    (file,) = receive_reports(office.context(), [a_record()])
    assert is_report(file.case)
    assert window_of(office, file.case.case_id) is WindowState.OPEN
    office.now += timedelta(hours=3)
    answer = PoliceReportAnswered(report_id=file.record_id, answer=Answer.NOT_FOUND)
    record(office.context(), RecordCommand(case_id=file.case.case_id, details=answer))
    assert window_of(office, file.case.case_id) is WindowState.MET


def test_each_report_orders_that_everyone_in_care_be_matched_with_it(office: Office) -> None:
    receive_reports(office.context(), [a_record()])
    with office.open_work() as work:
        ordered = []
        while (job := work.outbox.claim(office.now, "w1", AT_THE_DESK)) is not None:
            ordered.append((job.kind, job.subject_id))
    assert ordered[2:] == [(JobKind.MATCH_REPORT, "r1")]
    assert [kind for kind, _ in ordered[:2]] == [JobKind.SEARCH_CASE, JobKind.MATCH_RESIDENTS]


def test_the_answer_lists_residents_of_the_own_station(office: Office) -> None:
    with office.open_work() as work:
        (case,) = work.cases.page(station=None, state=None, cursor=None, limit=9).items
        work.leads.add(replace(a_lead(), case_id=case.case_id))
        work.commit()
    assert [each.lead_id for each in candidates_in_care(office.context(), "r1")] == ["l1"]
    stranger = an_actor(Role.SPECIALIST, station="另一站")
    assert candidates_in_care(office.context(stranger), "r1") == ()
    assert candidates_in_care(office.context(), "r2") == ()


def test_the_desk_receives_no_reports(office: Office) -> None:
    with pytest.raises(NotPermittedError):
        receive_reports(office.context(an_actor(Role.INTAKE)), [a_record()])
