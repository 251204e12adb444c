"""Telling what re-matching found: best first, and no more in a day than the reviewers can read."""

from dataclasses import dataclass

from casework.accounts.access import GRANTS, Permission
from casework.cases.in_care import is_sought
from casework.clock.station_time import station_day
from casework.clock.time_spans import midnight
from casework.context import Context
from casework.jobs.notice import NoticeKind
from casework.leads.keeping import keep, order_again
from casework.ports import UnitOfWork
from casework.rematch.rounds import scored_of
from casework.rematch.runs import Find


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became leads now, and what waits for another day."""

    new_leads: int = 0
    reopened: int = 0
    waiting: int = 0


def tell(context: Context, budget: int, station: str = "") -> Told:
    """Make leads of the best finds of finished runs, within each station's budget of the day.

    Args:
        context: whoever runs it.
        budget: new leads per reviewer and day.
        station: only this one; empty: all.

    Raises:
        StaleVersionError: somebody decided about a lead meanwhile; what was told stays told.
    """
    with context.open_work() as work:
        stations = [each for each in work.rematch.stations_waiting() if station in {"", each}]
    told = [_tell_station(context, each, budget) for each in stations]
    return Told(
        new_leads=sum(each.new_leads for each in told),
        reopened=sum(each.reopened for each in told),
        waiting=sum(each.waiting for each in told),
    )


def _tell_station(context: Context, station: str, budget: int) -> Told:
    with context.open_work() as work:
        finds = work.rematch.best_waiting(station, _allowance(context, work, station, budget))
    became = [find for find in finds if _tell(context, find)]
    with context.open_work() as work:
        waiting = work.rematch.waiting(station)
    reopened = sum(find.is_return for find in became)
    return Told(new_leads=len(became) - reopened, reopened=reopened, waiting=waiting)


def _allowance(context: Context, work: UnitOfWork, station: str, budget: int) -> int:
    """What the station's reviewers may still get today; a station without any counts as one."""
    reviewers = sum(
        user.station == station
        and not user.disabled
        and bool(user.roles & GRANTS[Permission.REVIEW_LEAD])
        for user in work.users.all_users()
    )
    today = midnight(station_day(context.clock()))
    return max(0, budget * max(1, reviewers) - work.rematch.told_since(station, today))


def _tell(context: Context, find: Find) -> bool:
    """One find becomes a lead, in one transaction, once; False when that is no longer wanted."""
    with context.open_work() as work:
        known = {lead.record_id: lead for lead in work.leads.of_case(find.case_id)}
        is_wanted = is_sought(work, work.cases.get(find.case_id)) and keep(
            context, work, known.get(find.record_id), scored_of(find)
        )
        if not is_wanted:
            work.rematch.drop_waiting(find.case_id, {find.record_id})
        elif work.rematch.mark_told(find, context.clock()):
            order_again(work, find.case_id)
            _notify(context, work, find)
            context.trace(work, "rematch.lead", f"case:{find.case_id}", run=find.run_id)
        else:
            return False  # another process told it meanwhile
        work.commit()
    return is_wanted


def _notify(context: Context, work: UnitOfWork, find: Find) -> None:
    """One notice for a station, run and day, however many leads there are."""
    day = station_day(context.clock()).isoformat()
    context.notify(work, find.station, NoticeKind.NEW_LEADS, f"run:{find.run_id}:{day}")
