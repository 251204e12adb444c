"""Undoing, and what confirmations mean for the case: identity, conflict, and the way back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.accounts.access import Actor, Role
from casework.cases.consequences import standing_identity
from casework.cases.view import view_case
from casework.errors import NotPermittedError, StaleVersionError, TransitionRefusedError
from casework.leads.lapsing import lapse_overdue
from casework.leads.lead import EvidenceClass, Lead, LeadState, LeadTask, Verdict
from casework.leads.review import DecideCommand
from casework.leads.undoing import decide_or_undo
from tests.office import Office
from tests.samples import NOW, a_case, a_lead, a_record, an_actor, an_admission

SPECIALIST = an_actor(Role.SPECIALIST)
SUPERVISOR = an_actor(Role.SUPERVISOR, user_id="u6")
POLICE = an_actor(Role.POLICE, station="清远市公安局", user_id="u2")
OTHER_POLICE = an_actor(Role.POLICE, station="清远市公安局", user_id="u9")


@pytest.fixture
def office() -> Office:
    """Two cases, two records, and a lead from each case to each record."""
    office = Office()
    with office.open_work() as work:
        for number, case_id in enumerate(("c1", "c2"), start=1):
            work.cases.add(a_case(case_id, number=f"2026-000{number}"))
            work.cases.append(an_admission(f"e{number}", case_id))
        work.records.add_many([a_record(), a_record("r2", source_number="GA-2")])
        for lead_id, case_id, record_id in (
            ("l1", "c1", "r1"),
            ("l2", "c1", "r2"),
            ("l3", "c2", "r1"),
        ):
            work.leads.add(replace(a_lead(lead_id, record_id=record_id), case_id=case_id))
        work.commit()
    return office


def step(office: Office, actor: Actor, verdict: Verdict, lead_id: str = "l1") -> Lead:
    with office.open_work() as work:
        version = work.leads.get(lead_id).version
    command = DecideCommand(
        lead_id=lead_id,
        verdict=verdict,
        read_version=version,
        reason="年龄不符" if verdict is Verdict.REJECT else None,
        evidence_class=EvidenceClass.DNA if verdict is Verdict.CONFIRM else None,
        task=LeadTask(what="再问", who="u1", until=office.now + timedelta(days=1))
        if verdict is Verdict.ASK_MORE
        else None,
    )
    return decide_or_undo(office.context(actor), command)


def confirm(office: Office, lead_id: str = "l1") -> Lead:
    step(office, SPECIALIST, Verdict.FORWARD, lead_id)
    return step(office, POLICE, Verdict.CONFIRM, lead_id)


def identity(office: Office, case_id: str = "c1") -> str | None:
    with office.open_work() as work:
        return standing_identity(entry.details for entry in work.cases.entries(case_id))


def window_state(office: Office, kind: str) -> str:
    file = view_case(office.context(), "c1")
    return next(each.state.value for each in file.windows if each.kind == kind)


def test_an_undone_rejection_is_open_again_and_both_stay_on_record(office: Office) -> None:
    step(office, SPECIALIST, Verdict.REJECT)
    lead = step(office, SPECIALIST, Verdict.UNDO)
    assert lead.state is LeadState.PROPOSED
    with office.open_work() as work:
        verdicts = [each.verdict for each in work.leads.decisions("l1")]
    assert verdicts == [Verdict.REJECT, Verdict.UNDO]


def test_steps_are_undone_one_after_another(office: Office) -> None:
    step(office, SPECIALIST, Verdict.TAKE)
    step(office, SPECIALIST, Verdict.ASK_MORE)
    step(office, SPECIALIST, Verdict.FORWARD)
    waiting = step(office, SPECIALIST, Verdict.UNDO)
    assert waiting.state is LeadState.NEEDS_MORE
    assert waiting.task is not None
    assert waiting.due == waiting.task.until
    assert step(office, SPECIALIST, Verdict.UNDO).state is LeadState.IN_REVIEW
    assert step(office, SPECIALIST, Verdict.UNDO).state is LeadState.PROPOSED
    with pytest.raises(TransitionRefusedError):
        step(office, SPECIALIST, Verdict.UNDO)


def test_an_undone_answer_restores_the_original_due_time(office: Office) -> None:
    sent = step(office, SPECIALIST, Verdict.FORWARD)
    office.now += timedelta(hours=10)
    step(office, POLICE, Verdict.REFUTE)
    lead = step(office, POLICE, Verdict.UNDO)
    assert (lead.state, lead.due) == (LeadState.FORWARDED, sent.due)


def test_others_do_not_undo_and_supervisors_only_the_stations_own(office: Office) -> None:
    step(office, SPECIALIST, Verdict.FORWARD)
    with pytest.raises(NotPermittedError):
        step(office, an_actor(Role.SPECIALIST, user_id="u8"), Verdict.UNDO)
    step(office, POLICE, Verdict.REFUTE)
    for actor in (SPECIALIST, SUPERVISOR, OTHER_POLICE):
        with pytest.raises(NotPermittedError):
            step(office, actor, Verdict.UNDO)
    step(office, POLICE, Verdict.UNDO)
    assert step(office, SUPERVISOR, Verdict.UNDO).state is LeadState.PROPOSED


def test_the_clocks_own_step_is_not_undone(office: Office) -> None:
    step(office, SPECIALIST, Verdict.FORWARD)
    office.now += timedelta(hours=49)
    lapse_overdue(office.context())
    with pytest.raises(NotPermittedError):
        step(office, SUPERVISOR, Verdict.UNDO)


def test_undoing_names_the_version_it_saw(office: Office) -> None:
    step(office, SPECIALIST, Verdict.REJECT)
    stale = DecideCommand(lead_id="l1", verdict=Verdict.UNDO, read_version=0)
    with pytest.raises(StaleVersionError):
        decide_or_undo(office.context(SPECIALIST), stale)


def test_a_confirmation_establishes_the_identity_and_stops_windows(office: Office) -> None:
    confirm(office)
    assert identity(office) == "l1"
    assert window_state(office, "dna_request") == "stopped"


def test_an_undone_confirmation_reopens_the_windows(office: Office) -> None:
    confirm(office)
    step(office, POLICE, Verdict.UNDO)
    assert identity(office) is None
    assert window_state(office, "dna_request") == "open"


@pytest.mark.parametrize("rival", ["l2", "l3"], ids=["one resident twice", "one record twice"])
def test_two_confirmations_that_contradict_stop_everything_until_one_is_undone(
    office: Office, rival: str
) -> None:
    confirm(office)
    second = confirm(office, rival)
    assert second.in_conflict
    assert identity(office) is None
    assert identity(office, second.case_id) is None
    with pytest.raises(TransitionRefusedError):
        step(office, SPECIALIST, Verdict.FORWARD, rival)
    undone = step(office, POLICE, Verdict.UNDO, rival)
    assert not undone.in_conflict
    assert identity(office) == "l1"
    with office.open_work() as work:
        assert not work.leads.get("l1").in_conflict


def test_confirmations_of_different_people_do_not_disturb_each_other(office: Office) -> None:
    with office.open_work() as work:
        work.records.add_many([a_record("r9", source_number="GA-9")])
        work.leads.add(replace(a_lead("l9", record_id="r9"), case_id="c2"))
        work.commit()
    confirm(office)
    assert not confirm(office, "l9").in_conflict
    assert (identity(office), identity(office, "c2")) == ("l1", "l9")


def test_time_does_not_undo(office: Office) -> None:
    confirm(office)
    office.now = NOW + timedelta(days=400)
    assert identity(office) == "l1"
