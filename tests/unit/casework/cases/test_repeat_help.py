from datetime import timedelta

from casework.cases.happenings.care import Admitted, Departed, DepartureKind
from casework.cases.happenings.registration import RepeatHelpFound
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.recording import RecordCommand, record
from tests.office import FakeFaceReader, Office


def come_back(office: Office, case_id: str, *, after: timedelta) -> None:
    left = Departed(how=DepartureKind.OWN_WISH)
    record(office.context(), RecordCommand(case_id=case_id, details=left))
    office.now += after
    record(office.context(), RecordCommand(case_id=case_id, details=Admitted()))


def found(office: Office, case_id: str) -> list[RepeatHelpFound]:
    with office.open_work() as work:
        details = [entry.details for entry in work.cases.entries(case_id)]
    return [each for each in details if isinstance(each, RepeatHelpFound)]


def test_the_third_admission_in_half_a_year_is_written_down_and_opens_one_review() -> None:
    office = Office()
    case_id = open_case(office.context(), IntakeCommand(), FakeFaceReader()).case.case_id
    come_back(office, case_id, after=timedelta(days=30))
    assert found(office, case_id) == []
    come_back(office, case_id, after=timedelta(days=30))
    assert found(office, case_id) == [RepeatHelpFound(admissions=3)]
    with office.open_work() as work:
        reviews = [w for w in work.windows.of_case(case_id) if w.kind == "repeat_help_review"]
    assert len(reviews) == 1


def test_three_admissions_far_apart_are_no_repeat_help() -> None:
    office = Office()
    case_id = open_case(office.context(), IntakeCommand(), FakeFaceReader()).case.case_id
    for _ in range(2):
        come_back(office, case_id, after=timedelta(days=100))
    assert found(office, case_id) == []
