"""Divisions by how their names were heard: every name of the country scored, the best shown."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.alignment import rules_between
from matching.text.gazetteer import COUNTY, LEVELS, PROVINCE, Gazetteer, Path_, gazetteer
from matching.text.heard_name import HeardName, heard_name
from matching.text.normalize import normalize
from matching.text.place_core import core, is_kind
from matching.text.smallest import smallest
from matching.text.sound_columns import HeardCosts
from matching.text.sound_costs import SoundCosts
from matching.text.sound_rules import in_dialect
from matching.text.speakers import Speakers
from matching.text.spoken_costs import dialect_of
from matching.text.spoken_places import Candidates, SpokenPlaces

#: The longest cores have 13 characters; what is longer is a phrase (see `place_resolver`).
LONGEST_NAME: Final = 14
#: The suffix was said (龙回县) and the division is of another kind: nats.
_OTHER_KIND: Final = 1.5
#: The name is not the official one of today: nats.
_FORMER: Final = 0.7
_FORMER_NAME: Final = "旧地名"
_SPOKEN_NAME: Final = "俗称"
#: People name a county more readily than one of its villages: nats for each level down. Assumed.
_LOWER_LEVEL: Final = 0.1
#: Cores looked at for each division wanted, so that kinds and former names can reorder.
_SPARE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHit:
    """One division that may have been meant."""

    node: int
    path: Path_
    level: str
    code: str | None
    #: -ln of the likelihood of what was heard; smaller is better.
    cost: float
    #: Mean likelihood of a position, 0 to 1; 1 is the very characters.
    score: float
    #: log2(P(heard | this name) / P(heard | any name)).
    bits: float
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ScoredName:
    """A heard name against every symbol of the gazetteer."""

    heard: HeardName
    costs: HeardCosts
    sound: SoundCosts
    #: What was taken off before scoring; "" when nothing was.
    suffix: str = ""


#: A node, the core by which it was found, what the core costs, and whether it is a former name.
_Row = tuple[int, int, float, bool]


@dataclass(frozen=True, slots=True)
class _Found:
    """A node that one way of reading the query leads to."""

    node: int
    core: int
    cost: float
    is_former: bool
    way: ScoredName
    #: Nats more for a place where hardly anybody speaks so, and for one with many namesakes.
    apart: float = 0.0
    #: The dialect that explains the mishearing; "" when none in particular does.
    dialect: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class PlaceSearch:
    """Search over a gazetteer. `sound` is a parameter of each search: dialects bring their own."""

    places: Gazetteer = field(default_factory=gazetteer)

    def search(
        self, name: str, sound: SoundCosts, *, within: Sequence[int] = (), limit: int = 10
    ) -> tuple[PlaceHit, ...]:
        """The divisions most likely meant by one heard name, best first, each once.

        `within`: nodes; only they and what lies inside them is answered. Text without a single
        readable position gives an empty answer.
        """
        best: dict[int, _Found] = {}
        for way in self._ways(name, sound):
            for found in self._found(way, within, max(0, limit)):
                usual = best.get(found.node)
                if usual is None or found.cost + found.apart < usual.cost + usual.apart:
                    best[found.node] = found
        order = sorted(best.values(), key=self._order)
        return tuple(self._hit(found) for found in order[: max(0, limit)])

    def score(self, text: str, sound: SoundCosts, suffix: str = "") -> ScoredName | None:
        """A name against every symbol; None when nothing in it can be read."""
        heard = heard_name(text, longest=LONGEST_NAME)
        if not heard:
            return None
        positions = [self.places.symbols.costs(each, sound) for each in heard]
        costs = HeardCosts.of(positions, self.places.symbol_shares, sound.dropped, sound.inserted)
        return ScoredName(heard, costs, sound, suffix)

    def divisions_named(self, name: str) -> tuple[int, ...]:
        """Counties and above that a name stands for, of the highest level that has any."""
        text, levels = normalize(name), self.places.levels
        found = (self.places.find(text), self.places.formerly_named(text))
        upper = ([node for node in nodes if levels[node] <= COUNTY] for nodes in found)
        nodes = next(filter(None, upper), [])
        top = min((int(levels[node]) for node in nodes), default=0)
        cities = [node for node in nodes if levels[node] == top]
        return tuple(cities) if top == PROVINCE else tuple(nodes)

    def nearest_cores(self, scored: ScoredName, count: int) -> dict[int, float]:
        """The cheapest cores with their costs, cheapest first."""
        rows, costs = self.places.columns.nearest(scored.costs, count)
        return dict(zip(rows.tolist(), costs.tolist(), strict=True))

    def _ways(self, name: str, sound: SoundCosts) -> Iterator[ScoredName]:
        """The name as heard, and without its suffix where it has one."""
        plain = normalize(name[: 4 * LONGEST_NAME])[:LONGEST_NAME]
        bare = core(plain)
        for text, suffix in {plain: "", bare: plain.removeprefix(bare)}.items():
            scored = self.score(text, sound, suffix)
            if scored is not None:
                yield scored

    def _found(self, way: ScoredName, within: Sequence[int], limit: int) -> Iterator[_Found]:
        if way.sound.speakers is not None:
            rows = self._spoken(way, way.sound.speakers, within, limit)
        else:
            plain = self._inside(way, within, limit) if within else self._all(way, limit)
            rows = (_Found(*row, way) for row in plain)
        for found in rows:
            cost = found.cost + (_FORMER if found.is_former else 0.0)
            if way.suffix and not is_kind(self.places.name(found.node), way.suffix):
                cost += _OTHER_KIND
            yield replace(found, cost=cost)

    def _spoken(
        self, way: ScoredName, speakers: Speakers, within: Sequence[int], limit: int
    ) -> Iterator[_Found]:
        """Nodes worth a place in the answer when something is known, or not, about who speaks."""
        if within:
            found = Candidates.inside(self.places, way.costs, within)
        else:
            found = Candidates.everywhere(self.places, way.costs)
        scored = SpokenPlaces.of(self.places, way.heard, way.costs, speakers, found)
        for at in scored.best(limit * _SPARE).tolist():
            yield _Found(
                node=int(found.nodes[at]),
                core=int(found.cores[at]),
                cost=float(scored.costs[at]),
                is_former=bool(found.is_former[at]),
                way=way,
                apart=float(scored.apart[at]),
                dialect=dialect_of(scored.parts[:, at], speakers),
            )

    def _all(self, way: ScoredName, limit: int) -> Iterator[_Row]:
        """Nodes worth a place in the answer."""
        wanted = limit * _SPARE
        for number, cost in self.nearest_cores(way, wanted).items():
            nodes = self.places.nodes_of(number)
            yield from ((node, number, cost, False) for node in self._highest(nodes, limit))
            former = self.places.formerly(number).tolist()
            yield from ((node, number, cost, True) for node in former)
            wanted -= max(1, len(nodes))
            if wanted <= 0:
                return

    def _inside(self, way: ScoredName, within: Sequence[int], limit: int) -> Iterator[_Row]:
        costs = self.places.columns.costs(way.costs)
        old_nodes = self.places.packed.arrays["former_node"]
        old_cores = self.places.packed.arrays["former_core"]
        for root in within:
            inside = self.places.inside(root)
            cores = self.places.cores[inside.start : inside.stop]
            own = costs[cores]
            for at in smallest(own, limit * _SPARE).tolist():
                yield inside.start + at, int(cores[at]), float(own[at]), False
            rows = np.flatnonzero((old_nodes >= inside.start) & (old_nodes < inside.stop))
            old = costs[old_cores[rows]]
            for at in smallest(old, limit).tolist():
                row = rows[at]
                yield int(old_nodes[row]), int(old_cores[row]), float(old[at]), True

    def _highest(self, nodes: NDArray[np.int32], limit: int) -> list[int]:
        """Of namesakes, those of the highest level first; more than these cannot be shown."""
        most = limit * _SPARE
        if len(nodes) > most:
            nodes = nodes[np.argsort(self.places.levels[nodes], kind="stable")[:most]]
        chosen: list[int] = nodes.tolist()
        return chosen

    def _order(self, found: _Found) -> tuple[float, int, int, int]:
        """By cost, higher levels a little sooner; then a higher level, a rarer name, the source's order."""
        namesakes = len(self.places.nodes_of(found.core))
        level = int(self.places.levels[found.node])
        cost = found.cost + found.apart + level * _LOWER_LEVEL
        return round(cost, 4), level, namesakes, found.node

    def _hit(self, found: _Found) -> PlaceHit:
        places, way = self.places, found.way
        symbols = places.core_symbols(found.core)
        rules = rules_between(symbols, way.heard, way.costs.positions, places.symbols, way.sound)
        rules = in_dialect(rules, found.dialect)
        return PlaceHit(
            node=found.node,
            path=places.path(found.node),
            level=LEVELS[places.levels[found.node]],
            code=places.code(found.node),
            cost=found.cost,
            score=math.exp(-max(0.0, found.cost) / len(way.heard)),
            bits=(way.costs.chance - found.cost) / math.log(2),
            rules=(*rules, other_name_rule(places, found.node, found.core))
            if found.is_former
            else rules,
        )


def other_name_rule(places: Gazetteer, node: int, number: int) -> str:
    """What kind of name a core is of a node whose official name it is not."""
    return _SPOKEN_NAME if places.is_spoken(node, number) else _FORMER_NAME
