"""Deciding a lead: the specialist forwards or rejects, the police confirm or refute.

Every decision is kept with who, when and why; the table in `casework.leads` says what is allowed.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from casework.access import Permission, Role
from casework.case_windows import plan_case_windows
from casework.cases import ClueSentToPolice, Details, Entry, IdentityConfirmed
from casework.context import Context
from casework.errors import BadInputError, NotFoundError, StaleVersionError
from casework.leads import Decision, EvidenceClass, Lead, LeadState, Verdict, move
from casework.ports import UnitOfWork

#: Police answer within 48 hours of receiving a request (notice, section 三(五)).
POLICE_ANSWER: Final = timedelta(hours=48)
LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideCommand:
    """One decision as handed in."""

    lead_id: str
    verdict: Verdict
    reason: str | None = None
    #: By what the police verified; required to confirm.
    evidence_class: EvidenceClass | None = None
    #: The version of the lead that the decider saw.
    read_version: int


def decide(context: Context, command: DecideCommand) -> Lead:
    """Apply one decision and everything that follows from it, in one transaction.

    Raises:
        NotFoundError: no such lead, or not visible to this user.
        NotPermittedError: the verdict belongs to another role.
        TransitionRefusedError: the lead's state does not allow it.
        StaleVersionError: somebody decided first.
        BadInputError: a rejection without reason, or a confirmation without evidence class.
    """
    _check(command)
    with context.open_work() as work:
        lead = visible_lead(context, work, command.lead_id)
        step = move(lead.state, command.verdict)
        context.require(step.permission)
        if lead.version != command.read_version:
            sentence = "这条线索刚被别人处理过，请刷新后再决定。"
            raise StaleVersionError(sentence)
        moved = replace(lead, state=step.to, due=_due(context, step.to), version=lead.version + 1)
        work.leads.save(moved, read_version=lead.version)
        work.leads.add_decision(_decision(context, command))
        _follow(context, work, moved)
        context.trace(
            work,
            "lead.decide",
            f"lead:{lead.lead_id}",
            verdict=command.verdict,
            evidence_class=command.evidence_class or "",
        )
        work.commit()
    return moved


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
    {LeadState.FORWARDED, LeadState.CONFIRMED, LeadState.REFUTED, LeadState.INCONCLUSIVE}
)


def _check(command: DecideCommand) -> None:
    reason = (command.reason or "").strip()
    if command.verdict is Verdict.REJECT and not reason:
        sentence = "排除线索要写明原因，日后有新线索时才能重新比对。"
        raise BadInputError(sentence)
    if len(reason) > LONGEST_REASON:
        sentence = "原因请控制在 500 字以内。"
        raise BadInputError(sentence)
    if command.verdict is Verdict.CONFIRM and command.evidence_class is None:
        sentence = "确认身份要注明核实方式：证件、指纹、DNA、亲属辨认或上门走访。"
        raise BadInputError(sentence)


def _due(context: Context, state: LeadState) -> datetime | None:
    return context.clock() + POLICE_ANSWER if state is LeadState.FORWARDED else None


def _decision(context: Context, command: DecideCommand) -> Decision:
    return Decision(
        decision_id=context.new_id(),
        lead_id=command.lead_id,
        verdict=command.verdict,
        decided_at=context.clock(),
        decided_by=context.actor.user_id,
        reason=(command.reason or "").strip() or None,
        evidence_class=command.evidence_class,
    )


def _follow(context: Context, work: UnitOfWork, lead: Lead) -> None:
    """Write the step into the case's history and plan its windows again."""
    details = _consequence(lead)
    if details is None:
        return
    case = work.cases.get(lead.case_id)
    now = context.clock()
    entry = Entry(
        entry_id=context.new_id(),
        case_id=case.case_id,
        happened_at=now,
        recorded_at=now,
        recorded_by=context.actor.user_id,
        details=details,
    )
    work.cases.append(entry)
    work.cases.save(replace(case, version=case.version + 1), read_version=case.version)
    windows = plan_case_windows(work.cases.entries(case.case_id), now=now)
    work.windows.replace(case.case_id, windows)


def _consequence(lead: Lead) -> Details | None:
    if lead.state is LeadState.FORWARDED:
        return ClueSentToPolice(lead_id=lead.lead_id)
    if lead.state is LeadState.CONFIRMED:
        return IdentityConfirmed(lead_id=lead.lead_id, record_id=lead.record_id)
    return None
