"""Children's files: who looks, who has to ask, and what a refused look leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.accounts.access import Role
from casework.cases.happenings.care import Admitted
from casework.cases.sight import FIRST_DAY, LONGEST, SightState
from casework.cases.sight_grants import ask_sight, end_sight, grant_sight, list_sights, refuse_sight
from casework.cases.view import view_case
from casework.errors import (
    BadInputError,
    MinorProtectedError,
    NotFoundError,
    NotPermittedError,
    TransitionRefusedError,
)
from casework.leads.lead import LeadState, Verdict
from casework.leads.review import DecideCommand, decide
from casework.leads.view import list_leads, view_lead
from casework.records.police_reports import candidates_in_care
from casework.search.photos import view_case_photo, view_lead_photo
from matching.model import YearRange
from tests.office import Office
from tests.samples import NOW, a_case, a_lead, a_record, a_user, an_actor, an_admission

COLLEAGUE = an_actor(Role.SPECIALIST, user_id="u5")
LEADER = an_actor(Role.SUPERVISOR, user_id="u6")
POLICE = an_actor(Role.POLICE, station="清远市公安局", user_id="u7")
STRANGER = an_actor(Role.SUPERVISOR, station="另一站", user_id="u8")
CHILD = replace(an_admission(), details=Admitted(apparent_age=12))


@pytest.fixture
def office() -> Office:
    """A child whom u1 took in, with a lead that went to the police."""
    office = Office()
    with office.open_work() as work:
        for user_id in ("u1", "u5", "u6", "u7"):
            work.users.add(replace(a_user(), user_id=user_id, name=user_id))
        work.cases.add(a_case())
        work.cases.append(CHILD)
        work.records.add_many([a_record()])
        work.leads.add(replace(a_lead(), state=LeadState.FORWARDED))
        work.commit()
    return office


def test_a_colleague_is_refused_and_the_refusal_is_traced(office: Office) -> None:
    context = office.context(COLLEAGUE)
    for look in (
        lambda: view_case(context, "c1"),
        lambda: view_case_photo(context, "c1", "p1"),
        lambda: view_lead(context, "l1"),
        lambda: view_lead_photo(context, "l1", "p1"),
        lambda: decide(context, DecideCommand(lead_id="l1", verdict=Verdict.TAKE, read_version=0)),
    ):
        with pytest.raises(MinorProtectedError, match="站领导批准"):
            look()
    assert office.trail() == ["case.refuse_sight"] * 5


@pytest.mark.parametrize("actor", [LEADER, POLICE])
def test_supervisor_and_police_do_not_ask(office: Office, actor: object) -> None:
    assert view_lead(office.context(actor), "l1").lead.lead_id == "l1"  # type: ignore[arg-type]


def test_whoever_took_the_child_in_has_a_day(office: Office) -> None:
    office.now = CHILD.recorded_at + FIRST_DAY - timedelta(seconds=1)
    assert view_case(office.context(), "c1").case.case_id == "c1"
    office.now = CHILD.recorded_at + FIRST_DAY
    with pytest.raises(MinorProtectedError):
        view_case(office.context(), "c1")


def test_a_grant_lets_one_colleague_in_for_its_time(office: Office) -> None:
    request = ask_sight(office.context(COLLEAGUE), "c1", " 核对家乡 ")
    assert (request.why, request.state) == ("核对家乡", SightState.WAITING)
    with pytest.raises(MinorProtectedError, match="正在等"):
        view_case(office.context(COLLEAGUE), "c1")
    granted = grant_sight(office.context(LEADER), request.request_id, 8)
    assert (granted.state, granted.until) == (SightState.GRANTED, NOW + timedelta(hours=8))
    assert view_case(office.context(COLLEAGUE), "c1").case.case_id == "c1"
    other = an_actor(Role.SPECIALIST, user_id="u7")
    with pytest.raises(MinorProtectedError):
        view_case(office.context(other), "c1")
    office.now = NOW + timedelta(hours=8)
    with pytest.raises(MinorProtectedError):
        view_case(office.context(COLLEAGUE), "c1")
    (row,) = list_sights(office.context(LEADER))
    assert (row.request.state, row.case_number, row.asked_by) == (
        SightState.LAPSED,
        "2026-0001",
        "王芳",
    )


def test_a_grant_is_ended_and_a_request_is_refused(office: Office) -> None:
    asked = ask_sight(office.context(COLLEAGUE), "c1", "核对")
    grant_sight(office.context(LEADER), asked.request_id, 24)
    assert end_sight(office.context(LEADER), asked.request_id).state is SightState.ENDED
    with pytest.raises(MinorProtectedError):
        view_case(office.context(COLLEAGUE), "c1")
    again = ask_sight(office.context(COLLEAGUE), "c1", "再核对")
    assert refuse_sight(office.context(LEADER), again.request_id).state is SightState.REFUSED
    with pytest.raises(TransitionRefusedError, match="已经处理过"):
        grant_sight(office.context(LEADER), again.request_id, 24)
    trail = [each for each in office.trail() if each.startswith("sight")]
    assert trail == ["sight.ask", "sight.granted", "sight.ended", "sight.ask", "sight.refused"]


def test_only_a_supervisor_of_the_station_answers(office: Office) -> None:
    request = ask_sight(office.context(COLLEAGUE), "c1", "核对")
    with pytest.raises(NotPermittedError):
        grant_sight(office.context(COLLEAGUE), request.request_id, 8)
    with pytest.raises(NotFoundError):
        grant_sight(office.context(STRANGER), request.request_id, 8)
    with pytest.raises(NotPermittedError):
        list_sights(office.context(COLLEAGUE))


def test_what_cannot_be_asked_is_refused(office: Office) -> None:
    context = office.context(COLLEAGUE)
    with office.open_work() as work:
        work.cases.add(a_case("c2", number="2026-0002"))
        work.cases.append(an_admission("e9", case_id="c2"))
        work.commit()
    with pytest.raises(TransitionRefusedError, match="不是未成年人"):
        ask_sight(context, "c2", "核对")
    for why in ("", "  ", "长" * 201):
        with pytest.raises(BadInputError):
            ask_sight(context, "c1", why)
    ask_sight(context, "c1", "核对")
    with pytest.raises(TransitionRefusedError, match="已经申请过"):
        ask_sight(context, "c1", "再问")
    with pytest.raises(BadInputError):
        grant_sight(office.context(LEADER), "any", 0)


def test_an_unanswered_request_is_forgotten_after_a_month(office: Office) -> None:
    ask_sight(office.context(COLLEAGUE), "c1", "核对")
    office.now = NOW + LONGEST
    assert [row.request.state for row in list_sights(office.context(LEADER))] == [SightState.LAPSED]
    assert ask_sight(office.context(COLLEAGUE), "c1", "再核对").state is SightState.WAITING


def test_lists_show_nothing_of_a_childs_file(office: Office) -> None:
    (row,) = list_leads(office.context(COLLEAGUE)).items
    assert row.lead.evidence == ()
    (lead,) = candidates_in_care(office.context(COLLEAGUE), "r1")
    assert lead.evidence == ()
    (seen,) = list_leads(office.context(LEADER)).items
    assert seen.lead.evidence == a_lead().evidence


def test_a_missing_child_closes_the_lead_to_whoever_was_not_let_in(office: Office) -> None:
    with office.open_work() as work:
        work.cases.add(a_case("c2", number="2026-0002"))
        work.cases.append(an_admission("e9", case_id="c2"))
        child = a_record("r2", source_number="GA-2")
        born = YearRange(earliest=NOW.year - 10, latest=NOW.year - 8)
        work.records.add_many([replace(child, facts=replace(child.facts, birth=born))])
        work.leads.add(replace(a_lead("l2", record_id="r2"), case_id="c2"))
        work.commit()
    with pytest.raises(MinorProtectedError):
        view_lead(office.context(COLLEAGUE), "l2")
    row = next(x for x in list_leads(office.context(COLLEAGUE)).items if x.lead.lead_id == "l2")
    assert row.is_closed
    assert (row.record.facts.names, row.lead.evidence) == ((), ())
    request = ask_sight(office.context(COLLEAGUE), "c2", "核对")
    grant_sight(office.context(LEADER), request.request_id, 8)
    assert view_lead(office.context(COLLEAGUE), "l2").record.facts.birth == born
