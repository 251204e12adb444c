"""The desk: what waits for this user, most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.auth import AppServices, PageVisitor
from api.pages.countdown import Countdown, countdown
from api.pages.rendering import render
from casework.access import Actor, Permission, Role
from casework.lead_view import LeadRow, list_leads
from casework.leads import LeadState

router = APIRouter()

ROWS_PER_PAGE: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    """One pile of leads on the desk."""

    key: str
    title: str
    states: tuple[LeadState, ...]


STATION_TRAYS: Final = (
    Tray(key="todo", title="待审核", states=(LeadState.PROPOSED,)),
    Tray(key="police", title="公安核实中", states=(LeadState.FORWARDED,)),
    Tray(
        key="done",
        title="已有结论",
        states=(
            LeadState.CONFIRMED,
            LeadState.REFUTED,
            LeadState.INCONCLUSIVE,
            LeadState.REJECTED,
        ),
    ),
)
POLICE_TRAYS: Final = (
    Tray(key="todo", title="待答复", states=(LeadState.FORWARDED,)),
    Tray(
        key="done",
        title="已答复",
        states=(LeadState.CONFIRMED, LeadState.REFUTED, LeadState.INCONCLUSIVE),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """One line: what, who, how long, what to press."""

    row: LeadRow
    left: Countdown | None
    #: Strength as filled blocks out of six.
    blocks: int


@router.get("/desk")
def desk(
    request: Request,
    services: AppServices,
    visitor: PageVisitor,
    tray: Annotated[str, Query(max_length=10)] = "todo",
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """The lead list of this user, one tray at a time."""
    context: Mapping[str, object] = {"visitor": visitor}
    if not visitor.context.actor.may(Permission.READ_LEAD):
        return render(request, "no_leads.html", context)
    trays = trays_of(visitor.context.actor)
    chosen = next((each for each in trays if each.key == tray), trays[0])
    page = list_leads(visitor.context, states=chosen.states, cursor=cursor, limit=ROWS_PER_PAGE)
    now = services.clock()
    rows = [
        DeskRow(
            row=row,
            left=countdown(row.lead.due, now) if row.lead.due else None,
            blocks=strength_blocks(row.lead.probability),
        )
        for row in page.items
    ]
    more = {"trays": trays, "chosen": chosen, "rows": rows, "next_cursor": page.next_cursor}
    return render(request, "desk.html", {**context, **more})


def trays_of(actor: Actor) -> tuple[Tray, ...]:
    """The piles that concern this user."""
    return POLICE_TRAYS if Role.POLICE in actor.roles else STATION_TRAYS


def strength_blocks(probability: float) -> int:
    """0..6 filled blocks; never empty for a lead that is worth listing at all."""
    return max(1, round(probability * 6))
