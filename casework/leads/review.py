"""Deciding a lead: the specialist reviews, the police answer, the clock lapses.

Every decision is kept with who, when, why and from which state; `casework.leads.moves` says what is
allowed, `casework.cases.consequences` what follows for the case.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from casework.accounts.access import Permission, Role
from casework.cases.consequences import follow
from casework.cases.sight import check_sight
from casework.context import Context
from casework.errors import (
    BadInputError,
    NotFoundError,
    NotPermittedError,
    StaleVersionError,
    TransitionRefusedError,
)
from casework.jobs.notice import NoticeKind
from casework.leads.lead import (
    Decision,
    EvidenceClass,
    Lead,
    LeadState,
    LeadTask,
    RejectReason,
    Verdict,
)
from casework.leads.moves import POLICE_VERDICTS, Move, move
from casework.leads.rules import lead_rules
from casework.ports import UnitOfWork

LONGEST_REASON: Final = 500
#: What a station that forwarded a lead waits for.
ANSWERS: Final = frozenset({Verdict.CONFIRM, Verdict.REFUTE, Verdict.INCONCLUSIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideCommand:
    """One decision as handed in."""

    lead_id: str
    verdict: Verdict
    #: The version of the lead that the decider saw.
    read_version: int
    reason_code: RejectReason | None = None
    reason: str | None = None
    #: By what the police verified; required to confirm.
    evidence_class: EvidenceClass | None = None
    #: What is asked, of whom, until when; required to ask for more and to defer.
    task: LeadTask | None = None
    #: Officer and agency of an answer on paper that is being typed in.
    answered_by: str | None = None
    #: The scanned reply.
    scan: bytes | None = None


def decide(context: Context, command: DecideCommand) -> Lead:
    """Apply one decision and everything that follows from it, in one transaction.

    Raises:
        NotFoundError: no such lead, or not visible to this user.
        NotPermittedError: the verdict belongs to another role or needs a second person.
        TransitionRefusedError: the lead's state does not allow it.
        StaleVersionError: somebody decided first.
        BadInputError: a reason, task or class of proof is missing.
    """
    _check(command, context.clock())
    with context.open_work() as work:
        lead = visible_lead(context, work, command.lead_id)
        check_sight(context, work, lead.case_id, work.records.get(lead.record_id))
        check_version(lead, command.read_version)
        step = move(lead, command.verdict)
        _check_person(context, work, lead, command, step)
        moved = _moved(context, lead, command, step)
        work.leads.save(moved, read_version=lead.version)
        work.leads.add_decision(_decision(context, work, lead, command))
        final = follow(context, work, lead, moved)
        if command.verdict in ANSWERS:
            context.notify(
                work,
                lead.station,
                NoticeKind.LEAD_ANSWERED,
                f"lead:{lead.lead_id}:{moved.version}",
            )
        context.trace(
            work,
            "lead.decide",
            f"lead:{lead.lead_id}",
            verdict=command.verdict,
            evidence_class=command.evidence_class or "",
            on_paper=str(command.answered_by is not None),
        )
        work.commit()
    return final


def visible_lead(context: Context, work: UnitOfWork, lead_id: str) -> Lead:
    """The lead, if this user may see it: own station, or police and it was forwarded.

    Raises:
        NotPermittedError: the role may not read leads at all.
        NotFoundError: not there, or not for this user (both look the same from outside).
    """
    context.require(Permission.READ_LEAD)
    lead = work.leads.get(lead_id)
    if Role.POLICE in context.actor.roles:
        visible = lead.state in POLICE_SEES
    else:
        visible = lead.station == context.actor.station
    if not visible:
        sentence = "没有这条线索，或您无权查看。"
        raise NotFoundError(sentence)
    return lead


#: Police see a lead from the moment it is forwarded to them.
POLICE_SEES: Final = frozenset(
    {
        LeadState.FORWARDED,
        LeadState.RECEIVED,
        LeadState.NO_ANSWER,
        LeadState.CONFIRMED,
        LeadState.REFUTED,
        LeadState.INCONCLUSIVE,
    }
)


def check_version(lead: Lead, read_version: int) -> None:
    """Raises StaleVersionError when the lead is no longer what the decider saw."""
    if lead.version != read_version:
        sentence = "这条线索刚被别人处理过，请刷新后再决定。"
        raise StaleVersionError(sentence)


def _check(command: DecideCommand, now: datetime) -> None:
    reason = (command.reason or "").strip()
    if len(reason) > LONGEST_REASON:
        raise BadInputError("原因请控制在 500 字以内。")
    if command.verdict is Verdict.REJECT and not (reason or command.reason_code):
        raise BadInputError("排除线索要写明原因，日后有新线索时才能重新比对。")
    if command.verdict is Verdict.CONFIRM and command.evidence_class is None:
        raise BadInputError("确认身份要注明核实方式：证件、指纹、DNA、亲属辨认或上门走访。")
    if command.verdict in {Verdict.ASK_MORE, Verdict.DEFER} and command.task is None:
        raise BadInputError("要写明补充什么、由谁办、到什么时候。")
    if command.task is not None and command.task.until <= now:
        raise BadInputError("约定的时间已经过去，请改到将来。")
    if command.answered_by and (command.verdict not in POLICE_VERDICTS or not command.scan):
        raise BadInputError("代录公安答复要附上书面回复的扫描件，并写明答复人。")


def _check_person(
    context: Context, work: UnitOfWork, lead: Lead, command: DecideCommand, step: Move
) -> None:
    is_on_paper = command.answered_by is not None
    context.require(Permission.RECORD_REPLY if is_on_paper else step.permission)
    if command.verdict in {Verdict.AGREE, Verdict.DISAGREE}:
        _check_second(context, work, lead)
    is_held = lead.state is LeadState.IN_REVIEW and lead.holder != context.actor.user_id
    if is_held and Role.SUPERVISOR not in context.actor.roles:
        raise TransitionRefusedError("这条线索正由同事审核；请等其放回，或由主管处理。")


def _check_second(context: Context, work: UnitOfWork, lead: Lead) -> None:
    first = next(
        each
        for each in reversed(work.leads.decisions(lead.lead_id))
        if each.verdict is Verdict.REJECT
    )
    if first.decided_by == context.actor.user_id:
        raise NotPermittedError("排除高度疑似线索要由另一位同事复核，不能自己复核自己。")


def _moved(context: Context, lead: Lead, command: DecideCommand, step: Move) -> Lead:
    rejected = step.to in {LeadState.REJECTED, LeadState.REFUTED}
    now = context.clock()
    return replace(
        lead,
        state=step.to,
        due=due_of(lead, step.to, command.task, now),
        holder=context.actor.user_id if step.to is LeadState.IN_REVIEW else None,
        task=command.task if step.to in {LeadState.NEEDS_MORE, LeadState.DEFERRED} else None,
        judged={e.signal.value: e.bits for e in lead.evidence} if rejected else lead.judged,
        judged_at=now if rejected else lead.judged_at,
        version=lead.version + 1,
    )


def due_of(lead: Lead, state: LeadState, task: LeadTask | None, now: datetime) -> datetime | None:
    """When the next step is due once the lead stands in `state`."""
    if state is LeadState.FORWARDED:
        return now + lead_rules().police_answer
    if state in {LeadState.RECEIVED, LeadState.NO_ANSWER}:
        return lead.due
    waits = state in {LeadState.NEEDS_MORE, LeadState.DEFERRED}
    return task.until if waits and task is not None else None


def _decision(context: Context, work: UnitOfWork, lead: Lead, command: DecideCommand) -> Decision:
    scan_id = context.new_id() if command.scan else None
    if command.scan and scan_id:
        work.photos.put(scan_id, command.scan)
    now = context.clock()
    return Decision(
        decision_id=context.new_id(),
        lead_id=lead.lead_id,
        verdict=command.verdict,
        from_state=lead.state,
        decided_at=now,
        decided_by=context.actor.user_id,
        reason_code=command.reason_code,
        reason=(command.reason or "").strip() or None,
        evidence_class=command.evidence_class,
        task=command.task,
        answered_by=command.answered_by,
        scan_id=scan_id,
        is_late=command.verdict in POLICE_VERDICTS and lead.due is not None and now >= lead.due,
    )
