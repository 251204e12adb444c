from dataclasses import replace

import pytest

from casework.accounts.access import Permission, Role
from casework.cases.words import REJECT_REASON_WORDS, STATE_WORDS, VERDICT_WORDS
from casework.errors import TransitionRefusedError
from casework.leads.lead import OPEN_STATES, LeadState, Verdict
from casework.leads.moves import ANSWERABLE, MOVES, POLICE_VERDICTS, move, open_moves
from matching.fusion import Band
from tests.samples import a_lead, an_actor


def test_a_proposed_lead_is_forwarded_by_whoever_reviews() -> None:
    step = move(a_lead(), Verdict.FORWARD)
    assert (step.to, step.permission) == (LeadState.FORWARDED, Permission.REVIEW_LEAD)


@pytest.mark.parametrize("state", ANSWERABLE)
def test_police_may_answer_before_during_and_after_their_time(state: LeadState) -> None:
    for verdict in (Verdict.CONFIRM, Verdict.REFUTE, Verdict.INCONCLUSIVE):
        assert move(replace(a_lead(), state=state), verdict).permission is Permission.ANSWER_LEAD


def test_what_the_table_does_not_list_is_refused() -> None:
    for state in LeadState:
        for verdict in Verdict:
            if (state, verdict) not in MOVES:
                with pytest.raises(TransitionRefusedError):
                    move(replace(a_lead(), state=state), verdict)


def test_nothing_is_confirmed_that_was_not_forwarded_first() -> None:
    sources = {state for (state, _), step in MOVES.items() if step.to is LeadState.CONFIRMED}
    assert sources == set(ANSWERABLE)


def test_rejecting_a_strong_lead_is_only_proposed() -> None:
    strong = replace(a_lead(), band=Band.STRONG)
    assert move(strong, Verdict.REJECT).to is LeadState.REJECTION_PROPOSED
    assert move(a_lead(), Verdict.REJECT).to is LeadState.REJECTED


def test_a_conflict_stops_everything() -> None:
    stuck = replace(a_lead(), in_conflict=True)
    with pytest.raises(TransitionRefusedError):
        move(stuck, Verdict.FORWARD)
    assert open_moves(stuck, an_actor(Role.SUPERVISOR)) == frozenset()


def test_only_police_permissions_lead_through_police_verdicts() -> None:
    for (_, verdict), step in MOVES.items():
        is_polices = step.permission is Permission.ANSWER_LEAD
        assert is_polices == (verdict in POLICE_VERDICTS)


def test_every_open_state_has_a_way_on() -> None:
    assert {state for state, _ in MOVES} >= OPEN_STATES


def test_a_specialist_is_offered_the_review_and_the_police_the_answer() -> None:
    specialist, police = an_actor(Role.SPECIALIST), an_actor(Role.POLICE)
    assert open_moves(a_lead(), specialist) == {
        Verdict.TAKE,
        Verdict.FORWARD,
        Verdict.REJECT,
        Verdict.ASK_MORE,
        Verdict.DEFER,
    }
    assert open_moves(a_lead(), police) == frozenset()


def test_every_state_verdict_and_reason_has_a_word() -> None:
    assert set(STATE_WORDS) == set(LeadState)
    assert set(VERDICT_WORDS) == set(Verdict)
    assert len(set(REJECT_REASON_WORDS.values())) == len(REJECT_REASON_WORDS)
