"""What a decision about a lead means for the case: history, windows, and conflicts of identity."""

from collections.abc import Iterable
from dataclasses import replace

from casework.cases.case import Details
from casework.cases.happenings.knowledge import IdentityConfirmed, IdentityUndone
from casework.cases.happenings.police import ClueSentToPolice
from casework.cases.history import add_entry
from casework.context import Context
from casework.leads.lead import Lead, LeadState
from casework.ports import UnitOfWork


def follow(context: Context, work: UnitOfWork, before: Lead, after: Lead) -> Lead:
    """Write what follows into the case; returns the lead as it stands in the end.

    A second confirmation for the same resident or the same record is kept, but it unmakes the
    identity: nothing may build on two contradicting confirmations until one is undone.
    """
    if after.state is LeadState.FORWARDED:
        add_entry(context, work, after.case_id, ClueSentToPolice(lead_id=after.lead_id))
    touched = {before.state, after.state}
    if LeadState.CONFIRMED in touched:
        _settle_identity(context, work, after)
    return work.leads.get(after.lead_id)


def _settle_identity(context: Context, work: UnitOfWork, changed: Lead) -> None:
    """Bring conflict flags and the identity of every touched case in line with the leads."""
    related = _related(work, changed)
    for lead in related:
        rivals = [each for each in related if _contradict(each, lead)]
        in_conflict = lead.state is LeadState.CONFIRMED and bool(rivals)
        if in_conflict != lead.in_conflict:
            flagged = replace(lead, in_conflict=in_conflict, version=lead.version + 1)
            work.leads.save(flagged, read_version=lead.version)
    for case_id in sorted({lead.case_id for lead in related}):
        _settle_case(context, work, case_id)


def _related(work: UnitOfWork, changed: Lead) -> tuple[Lead, ...]:
    """Every confirmed (or just changed) lead that shares a resident or a record, transitively."""
    found = {changed.lead_id: changed}
    grown = True
    while grown:
        near = [
            lead
            for known in tuple(found.values())
            for lead in (*work.leads.of_case(known.case_id), *work.leads.of_record(known.record_id))
            if lead.state is LeadState.CONFIRMED
        ]
        grown = any(lead.lead_id not in found for lead in near)
        found |= {lead.lead_id: lead for lead in near}
    return tuple(found[lead_id] for lead_id in sorted(found))


def _contradict(one: Lead, other: Lead) -> bool:
    same = one.case_id == other.case_id or one.record_id == other.record_id
    both = one.state is other.state is LeadState.CONFIRMED
    return one.lead_id != other.lead_id and same and both


def _settle_case(context: Context, work: UnitOfWork, case_id: str) -> None:
    """Make the case's history say who the person is, once, and only while it is beyond dispute."""
    confirmed = [x for x in work.leads.of_case(case_id) if x.state is LeadState.CONFIRMED]
    sure = confirmed[0] if len(confirmed) == 1 and not confirmed[0].in_conflict else None
    standing = standing_identity(entry.details for entry in work.cases.entries(case_id))
    wanted = sure.lead_id if sure else None
    if standing == wanted:
        return
    if standing is not None:
        reason = "conflict" if confirmed else "undone"
        add_entry(context, work, case_id, IdentityUndone(lead_id=standing, reason=reason))
    if sure is not None:
        details = IdentityConfirmed(lead_id=sure.lead_id, record_id=sure.record_id)
        add_entry(context, work, case_id, details)


def standing_identity(history: Iterable[Details]) -> str | None:
    """The lead on which the person's identity rests now, or None while it is not established."""
    standing: str | None = None
    for details in history:
        if isinstance(details, IdentityConfirmed):
            standing = details.lead_id
        elif isinstance(details, IdentityUndone):
            standing = None
    return standing
