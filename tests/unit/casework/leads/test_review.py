from dataclasses import replace
from datetime import timedelta

import pytest

from casework.accounts.access import Actor, Role
from casework.cases.happenings.knowledge import IdentityConfirmed
from casework.cases.happenings.police import ClueSentToPolice
from casework.errors import (
    BadInputError,
    NotFoundError,
    NotPermittedError,
    StaleVersionError,
    TransitionRefusedError,
)
from casework.leads.lapsing import lapse_overdue
from casework.leads.lead import EvidenceClass, Lead, LeadState, LeadTask, RejectReason, Verdict
from casework.leads.review import DecideCommand, decide
from matching.fusion import Band
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


SECOND = an_actor(Role.SPECIALIST, user_id="u5")
TASK = LeadTask(what="问左手的疤", who="u1", until=NOW + timedelta(days=1))


def make_strong(office: Office) -> None:
    with office.open_work() as work:
        work.leads.save(replace(a_lead(), band=Band.STRONG), read_version=0)
        work.commit()


def test_a_strong_lead_is_rejected_by_two_people(office: Office) -> None:
    make_strong(office)
    first = choose(office, SPECIALIST, Verdict.REJECT, reason="年龄不符")
    assert first.state is LeadState.REJECTION_PROPOSED
    with pytest.raises(NotPermittedError):
        choose(office, SPECIALIST, Verdict.AGREE, version=1)
    second = choose(office, SECOND, Verdict.AGREE, version=1)
    assert second.state is LeadState.REJECTED
    assert second.judged == {each.signal.value: each.bits for each in a_lead().evidence}


def test_the_second_reviewer_may_disagree(office: Office) -> None:
    make_strong(office)
    choose(office, SPECIALIST, Verdict.REJECT, reason_code=RejectReason.AGE)
    assert choose(office, SECOND, Verdict.DISAGREE, version=1).state is LeadState.PROPOSED


def test_a_lead_under_review_is_left_to_its_reviewer_or_the_supervisor(office: Office) -> None:
    taken = choose(office, SPECIALIST, Verdict.TAKE)
    assert (taken.state, taken.holder) == (LeadState.IN_REVIEW, "u1")
    with pytest.raises(TransitionRefusedError):
        choose(office, SECOND, Verdict.FORWARD, version=1)
    supervisor = an_actor(Role.SUPERVISOR, user_id="u6")
    assert choose(office, supervisor, Verdict.FORWARD, version=1).holder is None


def test_asking_for_more_names_what_who_and_until_when(office: Office) -> None:
    with pytest.raises(BadInputError):
        choose(office, SPECIALIST, Verdict.ASK_MORE)
    with pytest.raises(BadInputError):
        choose(office, SPECIALIST, Verdict.DEFER, task=replace(TASK, until=NOW))
    waiting = choose(office, SPECIALIST, Verdict.ASK_MORE, task=TASK)
    assert (waiting.state, waiting.task, waiting.due) == (LeadState.NEEDS_MORE, TASK, TASK.until)
    back = choose(office, SPECIALIST, Verdict.MORE_CAME, version=1)
    assert (back.state, back.task, back.due) == (LeadState.PROPOSED, None, None)


def test_receipt_does_not_move_the_polices_time(office: Office) -> None:
    sent = choose(office, SPECIALIST, Verdict.FORWARD)
    office.now += timedelta(hours=5)
    received = choose(office, POLICE, Verdict.RECEIVE, version=1)
    assert (received.state, received.due) == (LeadState.RECEIVED, sent.due)


def test_a_late_answer_is_taken_and_stays_late(office: Office) -> None:
    choose(office, SPECIALIST, Verdict.FORWARD)
    office.now += timedelta(hours=48)
    assert lapse_overdue(office.context()) == 1
    assert lapse_overdue(office.context()) == 0
    with office.open_work() as work:
        assert work.leads.get("l1").state is LeadState.NO_ANSWER
    choose(office, POLICE, Verdict.REFUTE, version=2)
    with office.open_work() as work:
        last = work.leads.decisions("l1")[-1]
    assert (last.verdict, last.is_late) == (Verdict.REFUTE, True)


def test_an_answer_on_paper_names_who_decided_and_who_typed(office: Office) -> None:
    choose(office, SPECIALIST, Verdict.FORWARD)
    with pytest.raises(BadInputError):
        choose(office, SPECIALIST, Verdict.REFUTE, version=1, answered_by="某派出所 张警官")
    choose(
        office,
        SPECIALIST,
        Verdict.REFUTE,
        version=1,
        answered_by="某派出所 张警官",
        scan=b"%PDF scan",
    )
    with office.open_work() as work:
        last = work.leads.decisions("l1")[-1]
        assert work.photos.get(str(last.scan_id)) == b"%PDF scan"
    assert (last.decided_by, last.answered_by) == ("u1", "某派出所 张警官")


def test_only_police_verdicts_can_be_typed_in_from_paper(office: Office) -> None:
    with pytest.raises(BadInputError):
        choose(office, SPECIALIST, Verdict.FORWARD, answered_by="某人", scan=b"x")
