"""Saying whether two files are one person's, and taking it back: a person's word, never the score's."""

from dataclasses import dataclass, replace
from typing import Final

from casework.accounts.access import Permission, Role
from casework.alike.pairs import (
    LONGEST_REASON,
    AlikeDecision,
    AlikePair,
    AlikeState,
    AlikeVerdict,
)
from casework.alike.same_person import files_of_person
from casework.alike.view import visible_pair
from casework.cases.happenings.knowledge import SamePersonFound, SamePersonUndone
from casework.cases.history import add_entry
from casework.cases.repeat_help import note_repeat_help
from casework.cases.sight import check_sight
from casework.context import Context
from casework.errors import (
    BadInputError,
    NotPermittedError,
    StaleVersionError,
    TransitionRefusedError,
)
from casework.jobs.notice import NoticeKind
from casework.ports import UnitOfWork

_S, _V = AlikeState, AlikeVerdict
#: (state, verdict) -> the state that follows; undoing goes back to where the judgement was made.
_MOVES: Final = {
    (_S.PROPOSED, _V.SAME): _S.SAME,
    (_S.PROPOSED, _V.DIFFERENT): _S.DIFFERENT,
    (_S.SAME, _V.UNDO): _S.PROPOSED,
    (_S.DIFFERENT, _V.UNDO): _S.PROPOSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeCommand:
    """One judgement as handed in."""

    pair_id: str
    verdict: AlikeVerdict
    #: The version of the pair that the judge saw.
    read_version: int
    reason: str | None = None


def judge_alike(context: Context, command: JudgeCommand) -> AlikePair:
    """Write down what a person says of two files, with what follows, in one transaction.

    Files of one person stay as they are: each gets a line that names the other, their admissions
    count together, and both stations are told.

    Raises:
        NotPermittedError: the role may not judge, or the judgement to undo is somebody else's.
        NotFoundError: no such pair, or neither file is of this station.
        MinorProtectedError: a child's file that is closed to this user.
        StaleVersionError: somebody judged first.
        TransitionRefusedError: the pair is not where this can be said of it, or it would join files
            that were said to be two people's.
        BadInputError: the reason is missing or too long.
    """
    context.require(Permission.REVIEW_LEAD)
    _check_reason(command)
    with context.open_work() as work:
        finding = visible_pair(context, work, command.pair_id)
        pair = finding.pair
        for each in (finding.case, finding.other):
            if each.station == context.actor.station:
                check_sight(context, work, each.case_id)
        if pair.version != command.read_version:
            raise StaleVersionError("这两份档案刚被别人核对过，请刷新后再看。")
        state = _MOVES.get((pair.state, command.verdict))
        if state is None:
            raise TransitionRefusedError("这两份档案现在不能这样处理，请刷新后再看。")
        if command.verdict is AlikeVerdict.UNDO:
            _check_undoing(context, pair)
        if state is AlikeState.SAME:
            _check_no_contradiction(work, pair)
        judged = _judged(context, pair, command, state)
        work.alike.save(judged, read_version=pair.version)
        _follow(context, work, pair, judged)
        context.trace(work, "alike.judge", f"alike:{pair.pair_id}", verdict=command.verdict.value)
        work.commit()
    return judged


def may_undo(context: Context, pair: AlikePair) -> bool:
    """Whether this user may take back the standing judgement: who made it, or a supervisor."""
    is_judged = pair.state in {AlikeState.SAME, AlikeState.DIFFERENT}
    if not (is_judged and context.actor.may(Permission.REVIEW_LEAD)):
        return False
    is_own = pair.decisions[-1].decided_by == context.actor.user_id
    return is_own or Role.SUPERVISOR in context.actor.roles


def _check_reason(command: JudgeCommand) -> None:
    reason = (command.reason or "").strip()
    if len(reason) > LONGEST_REASON:
        raise BadInputError("原因请控制在 500 字以内。")
    if command.verdict is not AlikeVerdict.UNDO and not reason:
        raise BadInputError("请写明依据：凭什么认定是（或不是）同一人。")


def _check_undoing(context: Context, pair: AlikePair) -> None:
    if not may_undo(context, pair):
        raise NotPermittedError("只有作出认定的人（或站领导）可以撤销。")


def _check_no_contradiction(work: UnitOfWork, pair: AlikePair) -> None:
    """Nobody may be said to be one person by way of files that were said to be two people's."""
    ours, theirs = (set(files_of_person(work, each)) for each in pair.case_ids)
    for case_id in sorted(ours):
        for other in work.alike.of_case(case_id):
            if other.state is AlikeState.DIFFERENT and other.beside(case_id) in theirs:
                raise TransitionRefusedError(
                    "其中一份档案的关联档案已被认定不是同一人，请先撤销那次认定再处理。"
                )


def _judged(
    context: Context, pair: AlikePair, command: JudgeCommand, state: AlikeState
) -> AlikePair:
    now = context.clock()
    decision = AlikeDecision(
        verdict=command.verdict,
        from_state=pair.state,
        decided_at=now,
        decided_by=context.actor.user_id,
        reason=(command.reason or "").strip() or None,
    )
    denied = state is AlikeState.DIFFERENT
    evidence = pair.ranked.evidence
    return replace(
        pair,
        state=state,
        judged={e.signal.value: e.bits for e in evidence} if denied else pair.judged,
        judged_at=now if denied else pair.judged_at,
        decisions=(*pair.decisions, decision),
        version=pair.version + 1,
    )


def _follow(context: Context, work: UnitOfWork, before: AlikePair, after: AlikePair) -> None:
    """The lines of both files, repeated help, and a notice to the other station."""
    if AlikeState.SAME in {before.state, after.state}:
        line = SamePersonFound if after.state is AlikeState.SAME else SamePersonUndone
        for case_id in after.case_ids:
            details = line(pair_id=after.pair_id, other_id=after.beside(case_id))
            add_entry(context, work, case_id, details)
    if after.state is AlikeState.SAME:
        note_repeat_help(context, work, after.later_id)
    stations = {each.station for each in work.cases.covers(after.case_ids).values()}
    for station in sorted(stations - {context.actor.station}):
        subject = f"alike:{after.pair_id}:{after.version}"
        context.notify(work, station, NoticeKind.ALIKE_JUDGED, subject)
