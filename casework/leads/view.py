"""Reading leads: the list, and one lead with both sides, each look leaving a trace."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casework.accounts.access import Actor, Permission, Role
from casework.cases.sight import NEED_NOT_ASK, check_sight, closed_cases, is_minors_record
from casework.cases.view import CaseFile, read_case
from casework.context import Context
from casework.leads.lead import Decision, Lead, LeadState
from casework.leads.review import POLICE_SEES, visible_lead
from casework.ports import LeadFilter, Page, UnitOfWork
from casework.records.record import MissingRecord
from casework.search.gallery import OwnerKind
from matching.face.reading import EyeLine
from matching.fusion import Band
from matching.model import PersonFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRow:
    """One line of the lead list."""

    lead: Lead
    case_number: str
    record: MissingRecord
    #: A child's: the list shows nothing of the missing person, nor why they may be alike.
    is_closed: bool = False
    #: Display names: whose case it is, and who is reviewing the lead just now.
    assignee: str | None = None
    reviewer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFile:
    """One lead with both people and everything decided about it."""

    lead: Lead
    case_file: CaseFile
    record: MissingRecord
    decisions: tuple[Decision, ...]
    #: Display names of the deciders by user id.
    deciders: dict[str, str]
    #: Where the eyes are on the photos of both sides, by photo id, as far as it is known.
    eyes: Mapping[str, EyeLine] = field(default_factory=dict)


def view_lead(context: Context, lead_id: str) -> LeadFile:
    """One lead and both sides.

    Raises:
        NotPermittedError: the role may not read leads.
        NotFoundError: no such lead, or not for this user.
    """
    with context.open_work() as work:
        lead = visible_lead(context, work, lead_id)
        record = work.records.get(lead.record_id)
        check_sight(context, work, lead.case_id, record)
        decisions = work.leads.decisions(lead_id)
        file = LeadFile(
            lead=lead,
            case_file=read_case(context, work, lead.case_id),
            record=visible_record(context.actor, record),
            decisions=decisions,
            deciders={
                each.decided_by: work.users.get(each.decided_by).display_name for each in decisions
            },
            eyes=_eyes(work, lead),
        )
        context.trace(work, "lead.view", f"lead:{lead_id}", case=lead.case_id)
        work.commit()
    return file


def list_leads(
    context: Context,
    *,
    states: Sequence[LeadState] | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[LeadRow]:
    """Leads this user works on: the station's own, or for police those forwarded to them.

    Raises:
        NotPermittedError: the role may not read leads.
        BadInputError: the cursor is not one of ours.
    """
    context.require(Permission.READ_LEAD)
    wanted = lead_filter(context, LeadChoice(states=None if states is None else frozenset(states)))
    with context.open_work() as work:
        page = work.leads.page(wanted, cursor=cursor, limit=limit)
        closed = closed_cases(context, work, {lead.case_id for lead in page.items})
        leads = [without_evidence(x) if x.case_id in closed else x for x in page.items]
        rows = lead_rows(context, work, leads)
        context.trace(work, "lead.list", f"user:{context.actor.user_id}", n=str(len(rows)))
        work.commit()
    return Page(items=rows, next_cursor=page.next_cursor)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadChoice:
    """What a user wants to see of the leads that are theirs to see; None means everything."""

    states: frozenset[LeadState] | None = None
    #: Only one's own cases, those that nobody has yet, and what one is reviewing.
    mine: bool = False
    band: Band | None = None


def lead_filter(context: Context, choice: LeadChoice) -> LeadFilter:
    """The choice within what this user may see: the own station, or what went to the police."""
    is_police = Role.POLICE in context.actor.roles
    states = choice.states
    return LeadFilter(
        station=None if is_police else context.actor.station,
        states=(states or frozenset(LeadState)) & POLICE_SEES if is_police else states,
        for_user=context.actor.user_id if choice.mine and not is_police else None,
        band=choice.band,
    )


def lead_rows(context: Context, work: UnitOfWork, leads: Sequence[Lead]) -> tuple[LeadRow, ...]:
    """The lines of a list, read together."""
    cases = work.cases.covers({lead.case_id for lead in leads})
    records = work.records.get_many({lead.record_id for lead in leads})
    names = {user.user_id: user.display_name for user in work.users.all_users()}
    closed = {
        key
        for key, record in records.items()
        if is_minors_record(record, context.clock()) and not context.actor.roles & NEED_NOT_ASK
    }
    return tuple(
        LeadRow(
            lead=without_evidence(lead) if lead.record_id in closed else lead,
            case_number=cases[lead.case_id].number,
            record=_row_record(context.actor, records[lead.record_id], closed),
            is_closed=lead.record_id in closed,
            assignee=names.get(cases[lead.case_id].assignee or ""),
            reviewer=names.get(lead.holder or ""),
        )
        for lead in leads
    )


def without_evidence(lead: Lead) -> Lead:
    """A lead as a list shows it to those who may not look into the file: no words of either side."""
    return replace(lead, evidence=(), whats_new=(), changes=(), task=None)


def _row_record(actor: Actor, record: MissingRecord, closed: Collection[str]) -> MissingRecord:
    shown = visible_record(actor, record)
    return replace(shown, facts=PersonFacts()) if record.record_id in closed else shown


def _eyes(work: UnitOfWork, lead: Lead) -> dict[str, EyeLine]:
    faces = (
        *work.faces.of_owner(OwnerKind.CASE, lead.case_id),
        *work.faces.of_owner(OwnerKind.RECORD, lead.record_id),
    )
    return {
        face.photo_id: face.quality.eyes
        for face in faces
        if face.photo_id and face.quality and face.quality.eyes
    }


def visible_record(actor: Actor, record: MissingRecord) -> MissingRecord:
    """The record without the fields that this user's roles do not need."""
    if actor.may(Permission.READ_CONTACT):
        return record
    return replace(record, id_number=None, contact_phone=None)
