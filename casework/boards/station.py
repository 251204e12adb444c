"""What a station's leaders look at: long stays, rejections that wait for a second person, figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from casework.accounts.access import Permission
from casework.alike.view import AlikeFinding, pairs_to_judge
from casework.cases.case import Case
from casework.cases.in_care import is_report, is_sought
from casework.clock.station_time import in_station_time
from casework.clock.time_spans import add_months, midnight
from casework.context import Context
from casework.leads.lead import OPEN_STATES, LeadState
from casework.leads.view import LeadChoice, LeadRow, lead_filter, lead_rows
from casework.ports import UnitOfWork
from casework.rematch.rules import rematch_rules
from casework.rematch.runs import LastMatch
from casework.windows.ports import DueFilter, DueWindow
from casework.windows.station_duties import is_station_file

#: Small cells could point at a person: a figure below this is shown as "fewer than".
SMALLEST_CELL: Final = 5
#: How long something counts as news.
LATELY: Final = timedelta(days=30)
#: Sentences about one person.
MOST_CHANGES: Final = 3
MOST_LONG_STAY: Final = 100
MOST_SECOND_REVIEWS: Final = 50
MOST_REPEATS: Final = 50
#: The window whose rows are people admitted once too often.
REPEAT_HELP: Final = "repeat_help_review"


@dataclass(frozen=True, slots=True, kw_only=True)
class LongStay:
    """Somebody whom nobody could name for months."""

    case: Case
    days: int
    #: Display name of the specialist.
    assignee: str | None
    #: Leads that somebody still has to look at, and how many of all leads are news.
    open_leads: int
    new_leads: int
    #: What the latest re-matching came to; None before the first.
    last_match: LastMatch | None
    #: What changed about the leads that are still open, one sentence each.
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StationBoard:
    """One look at the station."""

    long_stay: tuple[LongStay, ...]
    second_reviews: tuple[LeadRow, ...]
    #: Reviews of repeated help that are owed, nearest due first.
    repeat_help: tuple[DueWindow, ...]
    #: Pairs of files that nobody has judged, likeliest first.
    alike: tuple[AlikeFinding, ...]
    #: The first moment of the quarter, and kind of line -> cases with one since then.
    quarter: datetime
    figures: Mapping[str, int]


def view_station(context: Context) -> StationBoard:
    """The board of the actor's station.

    Raises:
        NotPermittedError: only supervisors may look.
    """
    context.require(Permission.SUPERVISE_CASE)
    now = context.clock()
    quarter = quarter_of(now)
    with context.open_work() as work:
        names = {user.user_id: user.display_name for user in work.users.all_users()}
        waiting = LeadChoice(states=frozenset({LeadState.REJECTION_PROPOSED}))
        leads = work.leads.page(
            lead_filter(context, waiting), cursor=None, limit=MOST_SECOND_REVIEWS
        )
        board = StationBoard(
            long_stay=_long_stays(context, work, names),
            second_reviews=lead_rows(context, work, leads.items),
            repeat_help=work.windows.due(
                DueFilter(station=context.actor.station, kind=REPEAT_HELP, limit=MOST_REPEATS)
            ),
            alike=pairs_to_judge(context, work),
            quarter=quarter,
            figures=work.cases.kind_counts(context.actor.station, quarter, add_months(quarter, 3)),
        )
        context.trace(work, "station.view", f"user:{context.actor.user_id}")
        work.commit()
    return board


def shown_figure(count: int) -> str:
    """A figure that may be shown: none, fewer than five, or the number itself."""
    return f"少于 {SMALLEST_CELL}" if 0 < count < SMALLEST_CELL else str(count)


def quarter_of(moment: datetime) -> datetime:
    """The first moment of a moment's calendar quarter at the station."""
    local = in_station_time(moment)
    first = midnight(local.date().replace(month=1, day=1))
    return add_months(first, (local.month - 1) // 3 * 3)


def _long_stay_cases(context: Context, work: UnitOfWork, now: datetime) -> list[Case]:
    before = now - rematch_rules().long_stay
    old = work.cases.open_since(context.actor.station, before, MOST_LONG_STAY)
    residents = (case for case in old if not is_report(case) and not is_station_file(case))
    return [case for case in residents if is_sought(work, case)]


def _long_stays(
    context: Context, work: UnitOfWork, names: Mapping[str, str]
) -> tuple[LongStay, ...]:
    now = context.clock()
    cases = _long_stay_cases(context, work, now)
    matches = work.rematch.last_matches([case.case_id for case in cases])
    return tuple(
        _long_stay(work, case, now, names.get(case.assignee or ""), matches.get(case.case_id))
        for case in cases
    )


def _long_stay(
    work: UnitOfWork, case: Case, now: datetime, assignee: str | None, match: LastMatch | None
) -> LongStay:
    leads = work.leads.of_case(case.case_id)
    standing = [lead for lead in leads if lead.state in OPEN_STATES]
    news = dict.fromkeys(each for lead in standing for each in (*lead.whats_new, *lead.changes))
    return LongStay(
        case=case,
        days=(now - case.opened_at).days,
        assignee=assignee,
        open_leads=len(standing),
        new_leads=sum(now - lead.found_at <= LATELY for lead in leads),
        last_match=match,
        changes=tuple(news)[:MOST_CHANGES],
    )
