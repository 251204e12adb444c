"""The clock of one case: from its events to every window as it stands at a moment."""

from collections.abc import Iterable
from datetime import datetime

from casework.clock.events import ClockEvent, ClockEventKind
from casework.clock.workdays import Workdays
from casework.errors import BadInputError
from casework.windows.history import History
from casework.windows.rules import WindowRules
from casework.windows.standing import View, not_begun, stand
from casework.windows.starts import Horizon, begun_windows
from casework.windows.window import Window

__all__ = ["ClockEvent", "ClockEventKind", "in_plan_order", "plan", "require_offsets"]


def plan(
    events: Iterable[ClockEvent],
    *,
    rules: WindowRules,
    workdays: Workdays,
    now: datetime,
    until: datetime,
) -> tuple[Window, ...]:
    """Every window of one case as it stands at `now`.

    One-off windows are planned whatever `until`; recurring ones while they begin before it. Rows
    that nothing has started yet are `waiting` without times and stand last. Events after `now`
    may start windows (an admission that is planned for) but neither satisfy nor stop any.

    Raises:
        BadInputError: `now` or `until` has no offset.
    """
    require_offsets(now, until)
    history = History(events)
    known = History(event for event in history.events if event.at <= now)
    horizon = Horizon(workdays=workdays, until=until)
    windows: list[Window] = []
    for rule in rules.rows:
        if rule.for_station:
            continue
        view = View(rules=rules, rule=rule, known=known, now=now)
        begun = [stand(view, each) for each in begun_windows(rule, history, horizon)]
        windows.extend(begun or [not_begun(view)])
    return in_plan_order(windows)


def require_offsets(*moments: datetime) -> None:
    """Raises BadInputError when a moment has no offset."""
    if any(each.utcoffset() is None for each in moments):
        raise BadInputError("时间缺少时区，请写明偏移，例如 2026-03-05T09:30+08:00。")


def in_plan_order(windows: Iterable[Window]) -> tuple[Window, ...]:
    """By start, what has none last; windows that begin together in the order of the table."""
    begun = [window for window in windows if window.starts is not None]
    rest = [window for window in windows if window.starts is None]
    return (*sorted(begun, key=_start), *rest)


def _start(window: Window) -> float:
    return window.starts.timestamp() if window.starts else float("inf")
