from datetime import timedelta

import pytest

from casework.access import Actor, Role
from casework.cases import ClueSentToPolice, IdentityConfirmed
from casework.errors import (
    BadInputError,
    NotFoundError,
    NotPermittedError,
    StaleVersionError,
    TransitionRefusedError,
)
from casework.leads import EvidenceClass, Lead, LeadState, Verdict
from casework.review import DecideCommand, decide
from tests.office import Office
from tests.samples import NOW, a_case, a_lead, a_record, an_actor, an_admission

SPECIALIST = an_actor(Role.SPECIALIST)
POLICE = an_actor(Role.POLICE, station="清远市公安局", user_id="u2")


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.records.add_many([a_record()])
        work.leads.add(a_lead())
        work.commit()
    return office


def choose(
    office: Office, actor: Actor, verdict: Verdict, *, version: int = 0, **extra: object
) -> Lead:
    command = DecideCommand(lead_id="l1", verdict=verdict, read_version=version, **extra)  # type: ignore[arg-type]
    return decide(office.context(actor), command)


def test_forwarding_starts_the_police_clock_and_enters_the_history(office: Office) -> None:
    lead = choose(office, SPECIALIST, Verdict.FORWARD)
    assert (lead.state, lead.version) == (LeadState.FORWARDED, 1)
    assert lead.due == NOW + timedelta(hours=48)
    with office.open_work() as work:
        details = [entry.details for entry in work.cases.entries("c1")]
        (decision,) = work.leads.decisions("l1")
    assert details[-1] == ClueSentToPolice(lead_id="l1")
    assert (decision.verdict, decision.decided_by) == (Verdict.FORWARD, "u1")
    assert office.trail() == ["lead.decide"]


def test_police_confirm_with_a_class_of_proof(office: Office) -> None:
    choose(office, SPECIALIST, Verdict.FORWARD)
    lead = choose(office, POLICE, Verdict.CONFIRM, version=1, evidence_class=EvidenceClass.DNA)
    assert (lead.state, lead.due) == (LeadState.CONFIRMED, None)
    with office.open_work() as work:
        last = work.cases.entries("c1")[-1].details
        windows = work.windows.of_case("c1")
    assert last == IdentityConfirmed(lead_id="l1", record_id="r1")
    request = next(each for each in windows if each.kind == "dna_request")
    assert request.state == "stopped"


def test_a_confirmation_without_proof_is_refused_and_changes_nothing(office: Office) -> None:
    choose(office, SPECIALIST, Verdict.FORWARD)
    with pytest.raises(BadInputError):
        choose(office, POLICE, Verdict.CONFIRM, version=1)
    with office.open_work() as work:
        assert work.leads.get("l1").state is LeadState.FORWARDED


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_a_rejection_needs_a_reason(office: Office, reason: str | None) -> None:
    with pytest.raises(BadInputError):
        choose(office, SPECIALIST, Verdict.REJECT, reason=reason)


def test_a_rejection_keeps_its_reason(office: Office) -> None:
    lead = choose(office, SPECIALIST, Verdict.REJECT, reason=" 年龄不符 ")
    assert lead.state is LeadState.REJECTED
    with office.open_work() as work:
        assert work.leads.decisions("l1")[0].reason == "年龄不符"


def test_a_reason_of_a_thousand_words_is_refused(office: Office) -> None:
    with pytest.raises(BadInputError):
        choose(office, SPECIALIST, Verdict.REJECT, reason="长" * 501)


def test_of_two_people_deciding_at_once_the_second_is_told(office: Office) -> None:
    choose(office, SPECIALIST, Verdict.FORWARD)
    with pytest.raises(StaleVersionError):
        choose(office, POLICE, Verdict.REFUTE, version=0)


def test_a_specialist_does_not_answer_for_the_police(office: Office) -> None:
    choose(office, SPECIALIST, Verdict.FORWARD)
    with pytest.raises(NotPermittedError):
        choose(office, SPECIALIST, Verdict.REFUTE, version=1)


def test_police_do_not_see_what_was_not_forwarded(office: Office) -> None:
    with pytest.raises(NotFoundError):
        choose(office, POLICE, Verdict.REFUTE)


def test_another_station_sees_no_lead_of_ours(office: Office) -> None:
    stranger = an_actor(Role.SUPERVISOR, station="另一站")
    with pytest.raises(NotFoundError):
        choose(office, stranger, Verdict.FORWARD)


def test_a_decided_lead_is_not_decided_again(office: Office) -> None:
    choose(office, SPECIALIST, Verdict.REJECT, reason="年龄不符")
    with pytest.raises(TransitionRefusedError):
        choose(office, SPECIALIST, Verdict.FORWARD, version=1)
