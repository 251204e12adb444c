from dataclasses import replace

import pytest

from casework.accounts.access import Actor, Role
from casework.accounts.writers import check_named, check_writer
from casework.cases.case import Details
from casework.cases.happenings import care, police
from casework.errors import BadInputError, NotPermittedError, TransitionRefusedError
from tests.office import Office
from tests.samples import a_case, an_actor, an_admission

ADMITTED = an_admission()
PLACED = replace(ADMITTED, details=care.Placed(institution="甲托养中心"))
ANSWER = police.IdentityAnswered(request_id="q1", answer=police.Answer.NOT_FOUND)


def check(actor: Actor, details: Details) -> None:
    check_writer(Office().context(actor), a_case(), [ADMITTED, PLACED], details)


def test_an_institution_reports_only_on_those_placed_there() -> None:
    check(an_actor(Role.INSTITUTION, station="甲托养中心"), care.InstitutionReported())
    with pytest.raises(NotPermittedError):
        check(an_actor(Role.INSTITUTION, station="乙托养中心"), care.InstitutionReported())


def test_an_institution_that_has_nobody_placed_writes_nothing() -> None:
    context = Office().context(an_actor(Role.INSTITUTION, station="甲托养中心"))
    with pytest.raises(NotPermittedError):
        check_writer(context, a_case(), [ADMITTED], care.InstitutionReported())


def test_civil_affairs_write_their_own_lines_and_no_others() -> None:
    clerk = an_actor(Role.CIVIL_AFFAIRS, station="民政局")
    check(clerk, care.IncidentReported(incident_id="i1"))
    with pytest.raises(NotPermittedError):
        check(clerk, care.VisitRecorded())


def test_a_clue_goes_to_police_with_a_lead_or_a_request_and_not_by_a_line_alone() -> None:
    with pytest.raises(TransitionRefusedError):
        check(an_actor(Role.SUPERVISOR), police.ClueSentToPolice(lead_id="l1"))


def test_an_answer_typed_from_paper_names_who_gave_it() -> None:
    station, officer = Office().context(), Office().context(an_actor(Role.POLICE))
    with pytest.raises(BadInputError, match="answered_by"):
        check_named(station, ANSWER)
    with pytest.raises(BadInputError, match="answered_by"):
        check_named(station, replace(ANSWER, answered_by=" "))
    check_named(station, replace(ANSWER, answered_by="李警官"))
    check_named(officer, ANSWER)
