"""Who may move a lead where: the whole rule is one table.

What the table does not list is refused. `casework.leads.review` applies it; `casework.leads.undoing` walks it
backwards.
"""

from dataclasses import dataclass
from typing import Final

from casework.accounts.access import Actor, Permission
from casework.errors import TransitionRefusedError
from casework.leads.lead import Lead, LeadState, Verdict
from matching.fusion import Band

_S, _V, _P = LeadState, Verdict, Permission


@dataclass(frozen=True, slots=True)
class Move:
    """One permitted step: where it leads, and which permission it needs."""

    to: LeadState
    permission: Permission


_REVIEWABLE: Final = (_S.PROPOSED, _S.IN_REVIEW)
_WAITING: Final = (_S.NEEDS_MORE, _S.DEFERRED)
#: From here the clock may lapse the lead to `no_answer`.
LAPSABLE: Final = (_S.FORWARDED, _S.RECEIVED)
#: Police may answer from all of these; an answer after the time is late, not refused.
ANSWERABLE: Final = (_S.FORWARDED, _S.RECEIVED, _S.NO_ANSWER)

#: (from, verdict, to, permission)
_ROWS: Final = (
    *((each, _V.TAKE, _S.IN_REVIEW, _P.REVIEW_LEAD) for each in (_S.PROPOSED, *_WAITING)),
    (_S.IN_REVIEW, _V.RELEASE, _S.PROPOSED, _P.REVIEW_LEAD),
    *((each, _V.FORWARD, _S.FORWARDED, _P.REVIEW_LEAD) for each in (*_REVIEWABLE, *_WAITING)),
    (_S.INCONCLUSIVE, _V.FORWARD, _S.FORWARDED, _P.REVIEW_LEAD),
    *((each, _V.REJECT, _S.REJECTED, _P.REVIEW_LEAD) for each in (*_REVIEWABLE, *_WAITING)),
    (_S.INCONCLUSIVE, _V.REJECT, _S.REJECTED, _P.REVIEW_LEAD),
    (_S.REJECTION_PROPOSED, _V.AGREE, _S.REJECTED, _P.REVIEW_LEAD),
    (_S.REJECTION_PROPOSED, _V.DISAGREE, _S.PROPOSED, _P.REVIEW_LEAD),
    *((each, _V.ASK_MORE, _S.NEEDS_MORE, _P.REVIEW_LEAD) for each in _REVIEWABLE),
    (_S.INCONCLUSIVE, _V.ASK_MORE, _S.NEEDS_MORE, _P.REVIEW_LEAD),
    (_S.NEEDS_MORE, _V.MORE_CAME, _S.PROPOSED, _P.REVIEW_LEAD),
    *((each, _V.DEFER, _S.DEFERRED, _P.REVIEW_LEAD) for each in _REVIEWABLE),
    (_S.DEFERRED, _V.RESUME, _S.PROPOSED, _P.REVIEW_LEAD),
    (_S.FORWARDED, _V.RECEIVE, _S.RECEIVED, _P.ANSWER_LEAD),
    *((each, _V.CONFIRM, _S.CONFIRMED, _P.ANSWER_LEAD) for each in ANSWERABLE),
    *((each, _V.REFUTE, _S.REFUTED, _P.ANSWER_LEAD) for each in ANSWERABLE),
    *((each, _V.INCONCLUSIVE, _S.INCONCLUSIVE, _P.ANSWER_LEAD) for each in ANSWERABLE),
)

MOVES: Final[dict[tuple[LeadState, Verdict], Move]] = {
    (state, verdict): Move(to, permission) for state, verdict, to, permission in _ROWS
}

#: Steps that belong to the police, whoever types them in.
POLICE_VERDICTS: Final = frozenset({_V.RECEIVE, _V.CONFIRM, _V.REFUTE, _V.INCONCLUSIVE})


def open_moves(lead: Lead, actor: Actor) -> frozenset[Verdict]:
    """What this user may decide about a lead as it stands; undoing is judged by `casework.leads.undoing`."""
    if lead.in_conflict:
        return frozenset()
    return frozenset(
        verdict
        for (state, verdict), step in MOVES.items()
        if state is lead.state and actor.may(step.permission)
    )


def move(lead: Lead, verdict: Verdict) -> Move:
    """The step that `verdict` takes from where the lead stands.

    Rejecting a strong lead takes two people: the first step only proposes the rejection.

    Raises:
        TransitionRefusedError: the table has no such step, or a conflict stops everything.
    """
    if lead.in_conflict:
        sentence = "这名受助人员或这条记录已有两条互相矛盾的确认，须先撤销其中一条。"
        raise TransitionRefusedError(sentence)
    step = MOVES.get((lead.state, verdict))
    if step is None:
        sentence = "线索当前状态不允许这样处理，请刷新后再看。"
        raise TransitionRefusedError(sentence)
    if verdict is Verdict.REJECT and lead.band is Band.STRONG:
        return Move(LeadState.REJECTION_PROPOSED, step.permission)
    return step
