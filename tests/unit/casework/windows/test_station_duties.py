from datetime import timedelta

import pytest

from casework.accounts.access import Role
from casework.cases.happenings.care import Placed
from casework.cases.happenings.station import (
    PlacementSummarySent,
    QuarterFiguresSent,
    QuarterReportSent,
)
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.recording import RecordCommand, record
from casework.errors import BadInputError, NotPermittedError
from casework.windows.station_duties import duties, record_duty
from casework.windows.window import Window, WindowState
from tests.office import FakeFaceReader, Office
from tests.samples import an_actor

SUPERVISOR = an_actor(Role.SUPERVISOR)
CIVIL = an_actor(Role.CIVIL_AFFAIRS, user_id="u8")


def window_of(office: Office, kind: str, subject: str) -> Window:
    windows = duties(office.context(SUPERVISOR))
    return next(each for each in windows if (each.kind, each.subject) == (kind, subject))


def test_the_quarters_figures_are_owed_from_the_first_look_and_met_by_a_line() -> None:
    office = Office()
    assert window_of(office, "quarterly_figures", "2026-Q1").state is WindowState.WAITING
    office.now += timedelta(days=28)
    assert window_of(office, "quarterly_figures", "2026-Q1").state is WindowState.OPEN
    record_duty(office.context(SUPERVISOR), QuarterFiguresSent(period="2026-Q1"))
    assert window_of(office, "quarterly_figures", "2026-Q1").state is WindowState.MET


def test_a_month_with_somebody_placed_is_summed_up() -> None:
    office = Office()
    duties(office.context(SUPERVISOR))
    case_id = open_case(office.context(), IntakeCommand(), FakeFaceReader()).case.case_id
    command = RecordCommand(case_id=case_id, details=Placed(institution="某托养中心"))
    record(office.context(), command)
    office.now += timedelta(days=28)
    assert window_of(office, "placement_summary", "2026-03").state is WindowState.OPEN
    record_duty(office.context(SUPERVISOR), PlacementSummarySent(period="2026-03"))
    assert window_of(office, "placement_summary", "2026-03").state is WindowState.MET


def test_the_quarters_report_is_civil_affairs_to_write() -> None:
    office = Office()
    with pytest.raises(NotPermittedError):
        record_duty(office.context(SUPERVISOR), QuarterReportSent(period="2026-Q1"))
    record_duty(office.context(CIVIL), QuarterReportSent(period="2026-Q1"))
    with pytest.raises(NotPermittedError):
        record_duty(office.context(), QuarterFiguresSent(period="2026-Q1"))


def test_a_duty_names_what_it_is_about() -> None:
    with pytest.raises(BadInputError):
        record_duty(Office().context(SUPERVISOR), QuarterFiguresSent(period=" "))
