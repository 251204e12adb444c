"""The desk of one user: what waits, how urgent it is, how far the day has come. One look, one trace."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from casework.accounts.access import Permission
from casework.clock.station_time import station_day
from casework.clock.time_spans import midnight
from casework.context import Context
from casework.leads.lead import Decision, Lead
from casework.leads.view import LeadChoice, LeadRow, lead_filter, lead_rows
from casework.ports import LeadTally, UnitOfWork
from casework.windows.due_list import own_clock
from casework.windows.ports import DueFilter, DueWindow

#: What is due later than this is not today's business.
AHEAD: Final = timedelta(hours=48)
MOST_WINDOWS: Final = 12
SOON: Final = timedelta(hours=1)
RECENT: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskQuery:
    """Which part of the desk."""

    choice: LeadChoice
    cursor: str | None = None
    limit: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """How many windows are late, and how many will be within the hour."""

    late: int = 0
    soon: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What waits, most urgent first."""

    leads: tuple[LeadRow, ...]
    next_cursor: str | None
    #: Windows that are late or due within two days; only on the first page.
    windows: tuple[DueWindow, ...]
    urgent: Urgent
    tally: LeadTally


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentDecision:
    """A decision of one's own, and the lead as it stands now."""

    decision: Decision
    row: LeadRow


def view_desk(context: Context, query: DeskQuery) -> Desk:
    """The leads and the windows of this user's desk.

    Raises:
        NotPermittedError: the role may not read leads.
        BadInputError: the cursor is not one of ours.
    """
    context.require(Permission.READ_LEAD)
    wanted, now = lead_filter(context, query.choice), context.clock()
    with context.open_work() as work:
        page = work.leads.page(wanted, cursor=query.cursor, limit=query.limit)
        desk = Desk(
            leads=lead_rows(context, work, page.items),
            next_cursor=page.next_cursor,
            windows=() if query.cursor else _windows(context, work, now),
            urgent=_urgent(context, work, now),
            tally=work.leads.tally(wanted, midnight(station_day(now))),
        )
        user = f"user:{context.actor.user_id}"
        context.trace(work, "desk.view", user, leads=str(len(desk.leads)))
        work.commit()
    return desk


def beside(context: Context, lead: Lead, choice: LeadChoice) -> tuple[str | None, str | None]:
    """The leads before and after one in the order of the desk; ids only, so it leaves no trace."""
    with context.open_work() as work:
        return work.leads.beside(lead, lead_filter(context, choice))


def recent_decisions(context: Context) -> tuple[RecentDecision, ...]:
    """What this user decided last, newest first, each with the lead as it stands now.

    Raises:
        NotPermittedError: the role may not read leads.
    """
    context.require(Permission.READ_LEAD)
    station = lead_filter(context, LeadChoice()).station
    with context.open_work() as work:
        latest = work.leads.recent_decisions(station, RECENT * 10)
        mine = [each for each in latest if each.decided_by == context.actor.user_id][:RECENT]
        leads = [work.leads.get(each.lead_id) for each in mine]
        rows = lead_rows(context, work, leads)
        context.trace(work, "decision.list", f"user:{context.actor.user_id}", n=str(len(mine)))
        work.commit()
    return tuple(
        RecentDecision(decision=decision, row=row) for decision, row in zip(mine, rows, strict=True)
    )


def _windows(context: Context, work: UnitOfWork, now: datetime) -> tuple[DueWindow, ...]:
    if not context.actor.may(Permission.READ_WINDOWS):
        return ()
    wanted = DueFilter(before=now + AHEAD, limit=MOST_WINDOWS)
    return work.windows.due(own_clock(context, wanted))


def _urgent(context: Context, work: UnitOfWork, now: datetime) -> Urgent:
    if not context.actor.may(Permission.READ_WINDOWS):
        return Urgent()
    late, soon = work.windows.count_due(own_clock(context, DueFilter()), (now, now + SOON))
    return Urgent(late=late, soon=soon - late)
