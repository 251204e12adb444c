import pytest

from casework.access import Permission
from casework.errors import TransitionRefusedError
from casework.leads import MOVES, LeadState, Verdict, move


def test_a_proposed_lead_is_forwarded_by_whoever_reviews() -> None:
    step = move(LeadState.PROPOSED, Verdict.FORWARD)
    assert (step.to, step.permission) == (LeadState.FORWARDED, Permission.REVIEW_LEAD)


def test_only_police_answer_a_forwarded_lead() -> None:
    for verdict in (Verdict.CONFIRM, Verdict.REFUTE, Verdict.INCONCLUSIVE):
        assert move(LeadState.FORWARDED, verdict).permission is Permission.ANSWER_LEAD


def test_what_the_table_does_not_list_is_refused() -> None:
    for state in LeadState:
        for verdict in Verdict:
            if (state, verdict) not in MOVES:
                with pytest.raises(TransitionRefusedError):
                    move(state, verdict)


def test_nothing_is_confirmed_that_was_not_forwarded_first() -> None:
    sources = {state for (state, _), step in MOVES.items() if step.to is LeadState.CONFIRMED}
    assert sources == {LeadState.FORWARDED}
