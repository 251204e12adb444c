"""Undoing: the last decision that still stands is taken back; both stay in the record."""

from dataclasses import dataclass, replace
from datetime import datetime

from casework.accounts.access import Actor, Permission, Role
from casework.cases.consequences import follow
from casework.cases.sight import check_sight
from casework.context import Context
from casework.errors import NotPermittedError, TransitionRefusedError
from casework.leads.lead import Decision, Lead, LeadState, LeadTask, Verdict
from casework.leads.moves import ANSWERABLE, POLICE_VERDICTS
from casework.leads.review import DecideCommand, check_version, decide, visible_lead
from casework.leads.rules import lead_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoCommand:
    """Take back the last standing decision of a lead."""

    lead_id: str
    read_version: int
    reason: str | None = None


def decide_or_undo(context: Context, command: DecideCommand) -> Lead:
    """Every verdict through one door. Raises what `decide` and `undo` raise."""
    if command.verdict is not Verdict.UNDO:
        return decide(context, command)
    taken_back = UndoCommand(
        lead_id=command.lead_id, read_version=command.read_version, reason=command.reason
    )
    return undo(context, taken_back)


def may_undo(actor: Actor, decisions: tuple[Decision, ...]) -> bool:
    """Whether this user may take back the last standing decision."""
    last = last_standing(decisions)
    if last is None or last.verdict is Verdict.LAPSE:
        return False
    is_polices_own = _is_polices_own(last)
    if not actor.may(Permission.ANSWER_LEAD if is_polices_own else Permission.REVIEW_LEAD):
        return False
    is_own = last.decided_by == actor.user_id
    return is_own or (not is_polices_own and Role.SUPERVISOR in actor.roles)


def undo(context: Context, command: UndoCommand) -> Lead:
    """Restore the state before the last standing decision.

    Who decided may undo; so may a supervisor for the station's decisions and for typed-in replies.

    Raises:
        NotFoundError: no such lead for this user.
        TransitionRefusedError: there is nothing to undo.
        NotPermittedError: the decision is another person's or another agency's.
        StaleVersionError: somebody decided in between.
    """
    with context.open_work() as work:
        lead = visible_lead(context, work, command.lead_id)
        check_sight(context, work, lead.case_id, work.records.get(lead.record_id))
        check_version(lead, command.read_version)
        decisions = work.leads.decisions(lead.lead_id)
        last = last_standing(decisions)
        if last is None:
            raise TransitionRefusedError("这条线索没有可以撤销的决定。")
        if not may_undo(context.actor, decisions):
            raise NotPermittedError("只有作出决定的人（或本站主管）可以撤销。")
        restored = _restored(context, lead, decisions)
        work.leads.save(restored, read_version=lead.version)
        work.leads.add_decision(_undoing(context, lead, last, command.reason))
        final = follow(context, work, lead, restored)
        context.trace(work, "lead.undo", f"lead:{lead.lead_id}", verdict=last.verdict)
        work.commit()
    return final


def last_standing(decisions: tuple[Decision, ...]) -> Decision | None:
    """The newest decision that was not undone; undoings themselves do not count."""
    undone = {each.undoes for each in decisions if each.undoes}
    standing = (
        each
        for each in reversed(decisions)
        if each.verdict is not Verdict.UNDO and each.decision_id not in undone
    )
    return next(standing, None)


def _is_polices_own(decision: Decision) -> bool:
    """Decided by the police themselves, not typed in from paper."""
    return decision.verdict in POLICE_VERDICTS and decision.answered_by is None


def _restored(context: Context, lead: Lead, decisions: tuple[Decision, ...]) -> Lead:
    last = last_standing(decisions)
    assert last is not None
    earlier = tuple(each for each in decisions if each.decision_id != last.decision_id)
    task = _standing_task(last.from_state, earlier)
    return replace(
        lead,
        state=last.from_state,
        due=_standing_due(last.from_state, earlier, task),
        holder=context.actor.user_id if last.from_state is LeadState.IN_REVIEW else None,
        task=task,
        in_conflict=False,
        version=lead.version + 1,
    )


def _standing_task(state: LeadState, earlier: tuple[Decision, ...]) -> LeadTask | None:
    before = last_standing(earlier)
    waits = state in {LeadState.NEEDS_MORE, LeadState.DEFERRED}
    return before.task if waits and before is not None else None


def _standing_due(
    state: LeadState, earlier: tuple[Decision, ...], task: LeadTask | None
) -> datetime | None:
    """The original due time: the police's clock went on while their answer stood."""
    if state not in ANSWERABLE:
        return task.until if task else None
    sent = next(each for each in reversed(earlier) if each.verdict is Verdict.FORWARD)
    return sent.decided_at + lead_rules().police_answer


def _undoing(context: Context, lead: Lead, last: Decision, reason: str | None) -> Decision:
    return Decision(
        decision_id=context.new_id(),
        lead_id=lead.lead_id,
        verdict=Verdict.UNDO,
        from_state=lead.state,
        decided_at=context.clock(),
        decided_by=context.actor.user_id,
        reason=(reason or "").strip() or None,
        undoes=last.decision_id,
    )
