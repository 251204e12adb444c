"""How the program is set up: who does what at which station, and which values a station changed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from casework.accounts.access import Permission, Role
from casework.accounts.user import User
from casework.context import Context
from casework.windows.case_windows import shipped_rules
from casework.windows.rules import WindowRules
from casework.windows.station_rules import overrides_of, rules_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StationRow:
    """A station or agency as its accounts make it."""

    name: str
    #: Enabled accounts by role.
    people: Mapping[Role, int]
    disabled: int
    #: Own values of the windows by `kind.name`.
    overrides: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTable:
    """The windows of the law with a station's own values."""

    rules: WindowRules
    shipped: WindowRules
    overrides: Mapping[str, str]


def view_stations(context: Context) -> tuple[StationRow, ...]:
    """Every station and agency that has an account, by name.

    Raises:
        NotPermittedError: not the actor's business.
    """
    context.require(Permission.READ_SETUP)
    with context.open_work() as work:
        everybody = work.users.all_users()
        rows = tuple(
            _station(name, everybody, overrides_of(work, name))
            for name in sorted({user.station for user in everybody})
        )
        context.trace(work, "setup.view", "setup:stations")
        work.commit()
    return rows


def view_rules(context: Context) -> RuleTable:
    """The rows of the law as they hold at the actor's station.

    Raises:
        NotPermittedError: not the actor's business.
    """
    context.require(Permission.READ_SETUP)
    station = context.actor.station
    with context.open_work() as work:
        table = RuleTable(
            rules=rules_of(work, station),
            shipped=shipped_rules(),
            overrides=overrides_of(work, station),
        )
        context.trace(work, "setup.view", "setup:windows")
        work.commit()
    return table


def look_at_setup(context: Context, part: str) -> None:
    """Note that somebody looks at a part that is not in the database: versions, health.

    Raises:
        NotPermittedError: not the actor's business.
    """
    context.require(Permission.READ_SETUP)
    with context.open_work() as work:
        context.trace(work, "setup.view", f"setup:{part}")
        work.commit()


def _station(name: str, everybody: tuple[User, ...], overrides: Mapping[str, str]) -> StationRow:
    here = [user for user in everybody if user.station == name]
    people = Counter(role for user in here if not user.disabled for role in user.roles)
    return StationRow(
        name=name,
        people=people,
        disabled=sum(user.disabled for user in here),
        overrides=overrides,
    )
