"""The due list: every running window across cases, agencies and kinds, nearest first."""

from dataclasses import dataclass, replace

from casework.accounts.access import Permission, Role
from casework.context import Context
from casework.windows.alerts import Alert
from casework.windows.ports import DueFilter, DueWindow
from casework.windows.window import WindowOwner

#: Agencies see the windows that run on their own clock.
_OWN_CLOCK = {
    Role.POLICE: WindowOwner.POLICE,
    Role.CIVIL_AFFAIRS: WindowOwner.CIVIL_AFFAIRS,
    Role.INSTITUTION: WindowOwner.INSTITUTION,
}
_STATION_ROLES = frozenset({Role.INTAKE, Role.SPECIALIST, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class DueList:
    """Running windows, and the breaches that a supervisor has to look into."""

    windows: tuple[DueWindow, ...]
    escalations: tuple[Alert, ...]


def list_due(context: Context, wanted: DueFilter) -> DueList:
    """Running windows of the actor's station, or of the actor's agency across stations.

    Raises:
        NotPermittedError: the role may not read windows.
    """
    context.require(Permission.READ_WINDOWS)
    narrowed = own_clock(context, wanted)
    with context.open_work() as work:
        windows = work.windows.due(narrowed)
        is_supervisor = Role.SUPERVISOR in context.actor.roles
        escalations = work.alerts.escalations(context.actor.station) if is_supervisor else ()
        context.trace(work, "window.list", f"user:{context.actor.user_id}", n=str(len(windows)))
        work.commit()
    return DueList(windows=windows, escalations=escalations)


def own_clock(context: Context, wanted: DueFilter) -> DueFilter:
    """The filter within what this user may see: the own station, or the own agency's clock."""
    roles = context.actor.roles
    if roles & _STATION_ROLES:
        return replace(wanted, station=context.actor.station)
    owner = next(owner for role, owner in _OWN_CLOCK.items() if role in roles)
    return replace(wanted, station=None, owner=owner)
