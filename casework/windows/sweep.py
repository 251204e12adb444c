"""The sweep: looks at every window whose time to look has come. Any number may run at once.

1. A case is claimed by compare-and-set on its next look, so two sweepers never take the same one.
2. Its windows are planned again: what was open may be due soon, what was due is breached.
3. Each reminder that has fallen due is written once; writing it again changes nothing.
4. The case is looked at again at the earliest next look of its windows.
A sweeper that dies leaves its claim; the case is taken again when the lease ends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casework.cases.case import Case
from casework.context import Context
from casework.errors import StaleVersionError
from casework.jobs.notice import NoticeKind
from casework.leads.lapsing import lapse_overdue
from casework.ports import UnitOfWork
from casework.windows.alerts import Alert
from casework.windows.reminders import ReminderLevel, reminders
from casework.windows.station_rules import plan_for_station
from casework.windows.window import Window

#: Reminders that are notices, too.
NOTICED: Final[Mapping[ReminderLevel, NoticeKind]] = {
    ReminderLevel.DUE_SOON: NoticeKind.WINDOW_DUE_SOON,
    ReminderLevel.ESCALATE: NoticeKind.WINDOW_BREACHED,
}
#: Cases claimed in one transaction.
BATCH: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepReport:
    """What one sweep did."""

    cases: int
    alerts: int
    #: Leads whose police answer became overdue.
    lapsed: int


def sweep(context: Context) -> SweepReport:
    """Look at everything that is due for a look."""
    cases = alerts = 0
    while claimed := _claim(context):
        for case_id in claimed:
            alerts += _look_unless_written(context, case_id)
        cases += len(claimed)
    return SweepReport(cases=cases, alerts=alerts, lapsed=lapse_overdue(context))


def _claim(context: Context) -> tuple[str, ...]:
    with context.open_work() as work:
        claimed = work.windows.claim_looks(context.clock(), BATCH)
        if claimed:
            work.commit()
    return claimed


def _look_unless_written(context: Context, case_id: str) -> int:
    """Look, but give way to whoever is writing into the file: that asks for a look of its own."""
    try:
        return _look(context, case_id)
    except StaleVersionError:
        return 0


def _look(context: Context, case_id: str) -> int:
    with context.open_work() as work:
        case = work.cases.get(case_id)
        # Takes the row: windows planned from an older history must not replace newer ones.
        work.cases.save(case, read_version=case.version)
        now = context.clock()
        history = work.cases.entries(case_id)
        windows = plan_for_station(work, case.station, history, now=now)
        work.windows.replace(case_id, windows)
        ahead = [entry.happened_at for entry in history if entry.happened_at > now]
        if ahead:  # the clock was set back: look again when it has caught up
            work.windows.look_by(case_id, min(ahead))
        told = sum(_tell(context, work, alert) for alert in _alerts(context, case, windows, now))
        if told:
            context.trace(work, "window.alert", f"case:{case_id}", alerts=str(told))
        work.commit()
    return told


def _tell(context: Context, work: UnitOfWork, alert: Alert) -> bool:
    is_new = work.alerts.add(alert)
    kind = NOTICED.get(alert.level)
    if is_new and kind is not None:
        window = f"{alert.kind}:{alert.sequence}:{alert.starts:%Y%m%d%H%M}"
        context.notify(work, alert.station, kind, f"case:{alert.case_id}:{window}")
    return is_new


def _alerts(
    context: Context, case: Case, windows: tuple[Window, ...], now: datetime
) -> Iterator[Alert]:
    for window in windows:
        for at, level in reminders(window):
            if at <= now and window.starts is not None:
                yield Alert(
                    alert_id=context.new_id(),
                    case_id=case.case_id,
                    station=case.station,
                    kind=window.kind,
                    subject=window.subject or "",
                    sequence=window.sequence,
                    starts=window.starts,
                    level=level,
                    owner=window.owner,
                    at=at,
                )
