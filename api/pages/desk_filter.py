"""What a desk shows, as its address has it: piles, whose, which kinds. Kept while leads are reviewed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Query

from casework.accounts.access import Actor, Role
from casework.leads.lead import LeadState
from casework.leads.moves import ANSWERABLE
from casework.leads.view import LeadChoice
from matching.fusion import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    """One pile of leads on the desk."""

    key: str
    title: str
    states: tuple[LeadState, ...]


STATION_TRAYS: Final = (
    Tray(
        key="todo",
        title="待审核",
        states=(
            LeadState.PROPOSED,
            LeadState.IN_REVIEW,
            LeadState.NEEDS_MORE,
            LeadState.DEFERRED,
        ),
    ),
    Tray(key="second", title="待复核", states=(LeadState.REJECTION_PROPOSED,)),
    Tray(key="police", title="公安核实中", states=ANSWERABLE),
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
    Tray(key="todo", title="待答复", states=ANSWERABLE),
    Tray(
        key="done",
        title="已答复",
        states=(LeadState.CONFIRMED, LeadState.REFUTED, LeadState.INCONCLUSIVE),
    ),
)


class Whose(StrEnum):
    """Whose work."""

    MINE = "mine"
    STATION = "station"


class Kind(StrEnum):
    """Which kinds of work."""

    ALL = "all"
    LEAD = "lead"
    WINDOW = "window"


WHOSE_WORDS: Final[Mapping[Whose, str]] = {
    Whose.MINE: "我的和待分派的",
    Whose.STATION: "全站",
}
KIND_WORDS: Final[Mapping[Kind, str]] = {
    Kind.ALL: "全部类型",
    Kind.LEAD: "线索",
    Kind.WINDOW: "时限",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFilter:
    """One view of the desk."""

    tray: str = "todo"
    who: Whose = Whose.STATION
    kind: Kind = Kind.ALL
    band: Band | None = None

    @property
    def query(self) -> str:
        """As a query string; two equal filters have equal addresses."""
        parts = {"tray": self.tray, "who": self.who.value, "kind": self.kind.value}
        return urlencode(parts | ({"band": self.band.value} if self.band else {}))

    def chosen(self, actor: Actor) -> Tray:
        """The pile; one that this user does not have means the first."""
        trays = trays_of(actor)
        return next((each for each in trays if each.key == self.tray), trays[0])

    def choice(self, actor: Actor) -> LeadChoice:
        """What casework is asked for."""
        return LeadChoice(
            states=frozenset(self.chosen(actor).states),
            mine=self.who is Whose.MINE,
            band=self.band,
        )


def trays_of(actor: Actor) -> tuple[Tray, ...]:
    """The piles that concern this user."""
    return POLICE_TRAYS if Role.POLICE in actor.roles else STATION_TRAYS


async def desk_filter(
    tray: Annotated[str, Query(max_length=10)] = "todo",
    who: Whose = Whose.STATION,
    kind: Kind = Kind.ALL,
    band: Annotated[str, Query(max_length=10)] = "",
) -> DeskFilter:
    """The filter of an address; an empty or unknown strength means any."""
    return DeskFilter(tray=tray, who=who, kind=kind, band=Band(band) if band in set(Band) else None)


async def trail_filter(
    tray: Annotated[str | None, Query(max_length=10)] = None,
    who: Whose = Whose.STATION,
    kind: Kind = Kind.ALL,
    band: Annotated[str, Query(max_length=10)] = "",
) -> DeskFilter | None:
    """The desk from which a lead was opened; None when it was opened from elsewhere."""
    return None if tray is None else await desk_filter(tray, who, kind, band)
