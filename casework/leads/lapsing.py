"""The police's time ran out: a lead without an answer is marked, so that it cannot be overlooked.

A late answer is still taken (`casework.leads.moves`); that it was late stays on record.
"""

from dataclasses import replace

from casework.context import Context
from casework.leads.lead import Decision, Lead, LeadState, Verdict
from casework.leads.moves import LAPSABLE
from casework.ports import UnitOfWork

#: Leads lapsed in one transaction.
_BATCH = 200


def lapse_overdue(context: Context) -> int:
    """Mark every overdue lead that waits for the police; returns how many. May run twice."""
    with context.open_work() as work:
        overdue = work.leads.overdue(LAPSABLE, context.clock(), _BATCH)
        for lead in overdue:
            _lapse(context, work, lead)
        if overdue:
            work.commit()
    return len(overdue)


def _lapse(context: Context, work: UnitOfWork, lead: Lead) -> None:
    moved = replace(lead, state=LeadState.NO_ANSWER, version=lead.version + 1)
    work.leads.save(moved, read_version=lead.version)
    work.leads.add_decision(
        Decision(
            decision_id=context.new_id(),
            lead_id=lead.lead_id,
            verdict=Verdict.LAPSE,
            from_state=lead.state,
            decided_at=context.clock(),
            decided_by=context.actor.user_id,
        )
    )
    context.trace(work, "lead.lapse", f"lead:{lead.lead_id}")
