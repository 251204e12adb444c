"""The windows of a station (or of one agency across stations): how many stand how, and what is next."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from casework.accounts.access import Permission
from casework.context import Context
from casework.windows.due_list import own_clock
from casework.windows.ports import DueFilter, DueWindow, WindowCount
from casework.windows.window import WindowState

#: How far the time line looks ahead.
AHEAD: Final = timedelta(hours=24)
MOST_LISTED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowsBoard:
    """One look at the windows."""

    counts: tuple[WindowCount, ...]
    #: Running windows that are late or due within a day, nearest first.
    next_day: tuple[DueWindow, ...]
    #: The windows that were asked for; empty when none were.
    listed: tuple[DueWindow, ...]


def view_windows(
    context: Context, *, kind: str | None = None, state: WindowState | None = None
) -> WindowsBoard:
    """The board, and the windows of one kind or state when one is named.

    Raises:
        NotPermittedError: the role may not read windows.
    """
    context.require(Permission.READ_WINDOWS)
    everything = own_clock(context, DueFilter(limit=MOST_LISTED))
    chosen = replace(everything, kind=kind, state=state)
    with context.open_work() as work:
        board = WindowsBoard(
            counts=work.windows.counts(everything),
            next_day=work.windows.due(replace(everything, before=context.clock() + AHEAD)),
            listed=work.windows.due(chosen) if kind or state else (),
        )
        user = f"user:{context.actor.user_id}"
        context.trace(work, "window.board", user, n=str(len(board.listed) + len(board.next_day)))
        work.commit()
    return board
