"""Divisions by how their names were heard: every name of the country scored, the best shown."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.alignment import rules_between
from matching.text.gazetteer import LEVELS, Gazetteer, Path_, gazetteer
from matching.text.heard_name import HeardName, heard_name
from matching.text.normalize import normalize
from matching.text.place_core import core
from matching.text.smallest import smallest
from matching.text.sound_costs import SoundCosts
from matching.text.symbols import Costs

#: The longest cores have 13 characters; what is longer is a phrase (see `place_resolver`).
LONGEST_NAME: Final = 14
#: The suffix was said (龙回县) and the division is of another kind: nats.
_OTHER_KIND: Final = 1.5
#: The division bore the name only in former times: nats.
_FORMER: Final = 0.7
FORMER_NAME: Final = "旧地名"
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
    """A heard name against every core of the gazetteer."""

    heard: HeardName
    #: By position, of every symbol.
    positions: tuple[Costs, ...]
    #: Of every core.
    costs: Costs
    #: What was taken off before scoring; "" when nothing was.
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A node that one way of reading the query leads to."""

    node: int
    core: int
    cost: float
    is_former: bool
    way: ScoredName


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
                if found.node not in best or found.cost < best[found.node].cost:
                    best[found.node] = found
        order = sorted(best.values(), key=self._order)
        return tuple(self._hit(found, sound) for found in order[: max(0, limit)])

    def score(self, text: str, sound: SoundCosts, suffix: str = "") -> ScoredName | None:
        """A name against every core; None when nothing in it can be read."""
        heard = heard_name(text, longest=LONGEST_NAME)
        if not heard:
            return None
        positions = tuple(self.places.symbols.costs(each, sound) for each in heard)
        costs = self.places.columns.costs(
            positions, dropped=sound.dropped, inserted=sound.inserted
        )
        return ScoredName(heard, positions, costs, suffix)

    def chance_bits(self, scored: ScoredName) -> float:
        """log2 P(heard | any name): each position against the characters that names are made of."""
        shares = self.places.symbol_shares
        return sum(math.log2(float(shares @ np.exp(-each))) for each in scored.positions)

    def _ways(self, name: str, sound: SoundCosts) -> Iterator[ScoredName]:
        """The name as heard, and without its suffix where it has one."""
        plain = normalize(name[: 4 * LONGEST_NAME])[:LONGEST_NAME]
        bare = core(plain)
        for text, suffix in {plain: "", bare: plain.removeprefix(bare)}.items():
            scored = self.score(text, sound, suffix)
            if scored is not None:
                yield scored

    def _found(self, way: ScoredName, within: Sequence[int], limit: int) -> Iterator[_Found]:
        rows = self._inside(way.costs, within, limit) if within else self._all(way.costs, limit)
        for node, number, is_former in rows:
            cost = float(way.costs[number]) + (_FORMER if is_former else 0.0)
            if way.suffix and not self.places.name(node).endswith(way.suffix):
                cost += _OTHER_KIND
            yield _Found(node, number, cost, is_former, way)

    def _all(self, costs: Costs, limit: int) -> Iterator[tuple[int, int, bool]]:
        """Nodes worth a place in the answer, their core, and whether the name is a former one."""
        wanted = limit * _SPARE
        for number in smallest(costs, wanted).tolist():
            nodes = self.places.nodes_of(number)
            yield from ((node, number, False) for node in self._highest(nodes, limit))
            yield from ((node, number, True) for node in self.places.formerly(number).tolist())
            wanted -= max(1, len(nodes))
            if wanted <= 0:
                return

    def _inside(
        self, costs: Costs, within: Sequence[int], limit: int
    ) -> Iterator[tuple[int, int, bool]]:
        old_nodes = self.places.packed.arrays["former_node"]
        old_cores = self.places.packed.arrays["former_core"]
        for root in within:
            inside = self.places.inside(root)
            cores = self.places.cores[inside.start : inside.stop]
            for at in smallest(costs[cores], limit * _SPARE).tolist():
                yield inside.start + at, int(cores[at]), False
            rows = np.flatnonzero((old_nodes >= inside.start) & (old_nodes < inside.stop))
            for at in rows[smallest(costs[old_cores[rows]], limit)].tolist():
                yield int(old_nodes[at]), int(old_cores[at]), True

    def _highest(self, nodes: NDArray[np.int32], limit: int) -> list[int]:
        """Of namesakes, those of the highest level first; more than these cannot be shown."""
        order = np.argsort(self.places.levels[nodes], kind="stable")[: limit * _SPARE]
        chosen: list[int] = nodes[order].tolist()
        return chosen

    def _order(self, found: _Found) -> tuple[float, int, int, int]:
        """By cost; then a higher level, a rarer name, the source's order."""
        namesakes = len(self.places.nodes_of(found.core))
        return round(found.cost, 4), int(self.places.levels[found.node]), namesakes, found.node

    def _hit(self, found: _Found, sound: SoundCosts) -> PlaceHit:
        places, way = self.places, found.way
        symbols = places.core_symbols(found.core)
        rules = rules_between(symbols, way.heard, way.positions, places.symbols, sound)
        return PlaceHit(
            node=found.node,
            path=places.path(found.node),
            level=LEVELS[places.levels[found.node]],
            code=places.code(found.node),
            cost=found.cost,
            score=math.exp(-max(0.0, found.cost) / len(way.heard)),
            bits=-found.cost / math.log(2) - self.chance_bits(way),
            rules=(*rules, FORMER_NAME) if found.is_former else rules,
        )
