"""The desk: what waits for this user, most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.auth import AppServices, PageVisitor
from api.pages.countdown import Countdown, countdown
from api.pages.desk_filter import (
    KIND_WORDS,
    WHOSE_WORDS,
    DeskFilter,
    Kind,
    desk_filter,
    trays_of,
)
from api.pages.rendering import render, see
from casework.accounts.access import Permission
from casework.boards.desk import Desk, DeskQuery, recent_decisions, view_desk
from casework.leads.view import LeadRow
from casework.windows.ports import DueWindow

router = APIRouter()

ROWS_PER_PAGE: Final = 30
#: Where what nobody owes an answer for stands.
LAST: Final = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One line: what, who, how long, what to press. Either a lead or a window."""

    left: Countdown | None
    lead: LeadRow | None = None
    #: Strength of a lead as filled blocks out of six.
    blocks: int = 0
    window: DueWindow | None = None


@router.get("/desk")
def desk(
    request: Request,
    services: AppServices,
    visitor: PageVisitor,
    chosen: Annotated[DeskFilter, Depends(desk_filter)],
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """The work of this user, one pile at a time."""
    context: Mapping[str, object] = {"visitor": visitor}
    actor = visitor.context.actor
    if not actor.may(Permission.READ_LEAD):
        if actor.may(Permission.MANAGE_USERS):
            return see("/admin/users")
        return render(request, "no_leads.html", context)
    query = DeskQuery(choice=chosen.choice(actor), cursor=cursor, limit=ROWS_PER_PAGE)
    found = view_desk(visitor.context, query)
    more = {
        "trays": trays_of(actor),
        "chosen": chosen,
        "tray": chosen.chosen(actor),
        "desk": found,
        "lines": lines(found, chosen, services.clock()),
        "next_cursor": None if chosen.kind is Kind.WINDOW else found.next_cursor,
        "WHOSE": WHOSE_WORDS,
        "KIND": KIND_WORDS,
    }
    return render(request, "desk.html", {**context, **more})


@router.get("/history")
def history(request: Request, visitor: PageVisitor) -> Response:
    """What this user decided last, each one click from being decided again."""
    recent = recent_decisions(visitor.context)
    return render(request, "history.html", {"visitor": visitor, "recent": recent})


def lines(found: Desk, chosen: DeskFilter, now: datetime) -> tuple[DeskLine, ...]:
    """Leads and windows together: what is due first, then what is most alike."""
    leads = () if chosen.kind is Kind.WINDOW else found.leads
    windows = () if chosen.kind is Kind.LEAD or chosen.tray != "todo" else found.windows
    both = [
        *(DeskLine(window=each, left=_left(each.window.due, now)) for each in windows),
        *(
            DeskLine(
                lead=each,
                left=_left(each.lead.due, now),
                blocks=strength_blocks(each.lead.probability),
            )
            for each in leads
        ),
    ]
    # Sorting keeps the order of equals, so leads without a due time stay strongest first.
    return tuple(sorted(both, key=lambda each: each.left.seconds if each.left else LAST))


def strength_blocks(probability: float) -> int:
    """0..6 filled blocks; never empty for a lead that is worth listing at all."""
    return max(1, round(probability * 6))


def _left(due: datetime | None, now: datetime) -> Countdown | None:
    return countdown(due, now) if due else None
