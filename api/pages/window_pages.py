"""The windows board: kinds by states, whose clock runs in the next day, and the list behind a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.auth import AppServices, PageVisitor
from api.pages.countdown import Countdown, countdown
from api.pages.rendering import render
from casework.windows.board import view_windows
from casework.windows.ports import DueWindow, WindowCount
from casework.windows.window import WindowOwner, WindowState

router = APIRouter()

#: The columns of the board, from calm to settled.
STATES: Final = (
    WindowState.OPEN,
    WindowState.DUE_SOON,
    WindowState.BREACHED,
    WindowState.MET,
    WindowState.MET_LATE,
    WindowState.WITHHELD,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One kind of window, and how many stand in each state of `STATES`."""

    kind: str
    owner: WindowOwner
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowLine:
    """One window of a list."""

    due: DueWindow
    left: Countdown | None


@router.get("/windows")
def windows_page(
    request: Request,
    services: AppServices,
    visitor: PageVisitor,
    kind: Annotated[str, Query(max_length=40)] = "",
    state: WindowState | None = None,
) -> Response:
    """The board, with the windows of a kind or state below it when one is chosen."""
    board = view_windows(visitor.context, kind=kind or None, state=state)
    now = services.clock()
    next_day = _lines(board.next_day, now)
    context = {
        "visitor": visitor,
        "states": STATES,
        "rows": board_rows(board.counts),
        "next_day": {
            owner: [each for each in next_day if each.due.window.owner is owner]
            for owner in WindowOwner
        },
        "listed": _lines(board.listed, now),
        "kind": kind,
        "state": state,
    }
    return render(request, "windows.html", context)


def board_rows(counts: Sequence[WindowCount]) -> tuple[BoardRow, ...]:
    """One row for each kind that has any window, those with breaches first."""
    found = {
        (each.kind, each.owner): tuple(
            sum(
                other.count
                for other in counts
                if (other.kind, other.owner, other.state) == (each.kind, each.owner, state)
            )
            for state in STATES
        )
        for each in counts
    }
    rows = [
        BoardRow(kind=kind, owner=owner, counts=numbers)
        for (kind, owner), numbers in found.items()
        if any(numbers)
    ]
    late, soon = STATES.index(WindowState.BREACHED), STATES.index(WindowState.DUE_SOON)
    return tuple(sorted(rows, key=lambda row: (-row.counts[late], -row.counts[soon], row.kind)))


def _lines(windows: Sequence[DueWindow], now: datetime) -> tuple[WindowLine, ...]:
    return tuple(
        WindowLine(due=each, left=countdown(each.window.due, now) if each.window.due else None)
        for each in windows
    )
