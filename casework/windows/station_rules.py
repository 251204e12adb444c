"""A station's own values for windows: kept in the workspace, recorded in the trail, shown as such."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from casework.accounts.access import Permission
from casework.cases.case import Entry
from casework.context import Context
from casework.ports import UnitOfWork
from casework.windows.case_windows import plan_case_windows, shipped_rules
from casework.windows.rules import WindowRules
from casework.windows.window import Window

_NONE = "{}"


def override_window(context: Context, setting: str, value: str | None) -> Mapping[str, str]:
    """Set or (with None) drop one value of the own station; returns all that stand now.

    Windows that run already take the new value at their next look.

    Raises:
        NotPermittedError: only supervisors may.
        BadInputError: no such row or value, or one that cannot be read.
    """
    context.require(Permission.SUPERVISE_CASE)
    station = context.actor.station
    with context.open_work() as work:
        overrides = {**overrides_of(work, station), setting: value or ""}
        standing = {key: each for key, each in sorted(overrides.items()) if each}
        shipped_rules().with_overrides(standing)
        work.workspace.set(_key(station), json.dumps(standing))
        context.trace(work, "window.override", "windows", setting=setting, value=value or "")
        work.commit()
    return standing


def overrides_of(work: UnitOfWork, station: str) -> dict[str, str]:
    """The station's own values by `kind.name`."""
    values: dict[str, str] = json.loads(work.workspace.get(_key(station)) or _NONE)
    return values


def plan_for_station(
    work: UnitOfWork, station: str, entries: Iterable[Entry], *, now: datetime
) -> tuple[Window, ...]:
    """The windows of a case by the rules of its station."""
    return plan_case_windows(entries, rules=rules_of(work, station), now=now)


def rules_of(work: UnitOfWork, station: str) -> WindowRules:
    """The rule table with the station's own values."""
    return _rules(work.workspace.get(_key(station)) or _NONE)


@lru_cache(maxsize=64)
def _rules(stored: str) -> WindowRules:
    return shipped_rules().with_overrides(json.loads(stored))


def _key(station: str) -> str:
    return f"window_overrides:{station}"
