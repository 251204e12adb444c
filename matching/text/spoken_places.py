"""A shortlist of places scored once more: one dialect has to explain every syllable, and be spoken there.

The sound matrix of several groups is their mean, syllable by syllable: 湖南 heard as 福兰 costs as if one
group took h for f and another n for l. Here each group explains the whole name by itself, and a place
counts a group as far as it is spoken there:

    P(heard | place) = sum over groups of P(group) P(heard | name, group) P(from this county | group) / P(county)

Never a filter: every group keeps a share of every county, and a city or county, which people know who never
lived there, keeps half of its chance whoever speaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.gazetteer import COUNTY, Gazetteer
from matching.text.heard_name import HeardName
from matching.text.smallest import smallest
from matching.text.sound_columns import HeardCosts, SoundColumns
from matching.text.speakers import Speakers
from matching.text.spoken_costs import position_by_speaker
from matching.text.symbols import Costs

Numbers = NDArray[np.intp]

#: Cores that every group scores; on a fold of the learning points 0.92 of those meant are among them.
SHORTLIST: Final = 1_000
#: A name with n namesakes in sight costs this times ln(n) more: nothing tells them apart, and different
#: names are worth more to a reader than one name over and over. Chosen on the same fold.
_NAMESAKES: Final = 0.5
#: Nats less by level, province to hamlet: people name a county more often than a village. House figures.
_OFTEN_NAMED: Final = np.array([1.5, 1.5, 1.5, 0.5, 0.0, 0.0])


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """N places by one of their names; one element a candidate in every array."""

    nodes: Numbers
    cores: Numbers
    is_former: NDArray[np.bool_]

    @classmethod
    def everywhere(cls, places: Gazetteer, costs: HeardCosts) -> "Candidates":
        """The places of the cheapest cores of the country."""
        cores, _ = places.columns.nearest(costs, SHORTLIST)
        nodes = places.nodes_of_cores(cores)
        is_chosen = np.zeros(places.columns.size, np.bool_)
        is_chosen[cores] = True
        old = np.flatnonzero(is_chosen[places.packed.arrays["former_core"]])
        return cls._of(places, nodes, old)

    @classmethod
    def inside(cls, places: Gazetteer, costs: HeardCosts, within: Sequence[int]) -> "Candidates":
        """The cheapest places among some divisions and what lies inside them."""
        by_core = places.columns.costs(costs)
        arrays = places.packed.arrays
        roots = [places.inside(node) for node in within]
        nodes = np.unique(np.concatenate([np.arange(each.start, each.stop) for each in roots]))
        nodes = nodes[smallest(by_core[places.cores[nodes]], SHORTLIST)]
        at = arrays["former_node"]
        old = np.flatnonzero(sum((at >= each.start) & (at < each.stop) for each in roots))
        old = old[smallest(by_core[arrays["former_core"][old]], SHORTLIST)]
        return cls._of(places, nodes, old)

    @classmethod
    def _of(cls, places: Gazetteer, nodes: NDArray[np.integer], old: Numbers) -> "Candidates":
        """Nodes by their names now, and rows of the table of former names."""
        arrays = places.packed.arrays
        return cls(
            nodes=np.concatenate((nodes, arrays["former_node"][old])).astype(np.intp),
            cores=np.concatenate((places.cores[nodes], arrays["former_core"][old])).astype(np.intp),
            is_former=np.arange(len(nodes) + len(old)) >= len(nodes),
        )


@dataclass(frozen=True, slots=True, eq=False)
class SpokenPlaces:
    """Candidates, scored."""

    found: Candidates
    #: -ln P(heard | name), whoever speaks; shape (N,).
    costs: Costs
    #: Nats more where people who speak so are rare, and where the place is seldom named; shape (N,).
    apart: Costs
    #: Each group's part in the explanation, to be compared within a column; shape (G, N).
    parts: Costs

    @classmethod
    def of(
        cls,
        places: Gazetteer,
        heard: HeardName,
        costs: HeardCosts,
        speakers: Speakers,
        found: Candidates,
    ) -> "SpokenPlaces":
        """`costs` are those of the groups' mean; what a wrong length costs is taken from them."""
        numbers, own = np.unique(found.cores, return_inverse=True)
        by_name = _costs_by_group(places, numbers, heard, costs, speakers)
        # Against the cheapest group of each name: long names cost more than a float's exponential can hold.
        least = by_name.min(0)
        by_name = np.exp(least - by_name) * speakers.weights[:, None]
        homes = speakers.homes(places)[places.upper_of(found.nodes)].T
        homes = np.where(places.levels[found.nodes] > COUNTY, homes, (homes + 1) / 2)
        parts = by_name[:, own] * homes
        explained = np.log(by_name.sum(0))
        rarely = np.log(np.bincount(own))[own] * _NAMESAKES
        rarely -= _OFTEN_NAMED[places.levels[found.nodes]]
        apart = explained[own] - np.log(parts.sum(0)) + rarely
        return cls(found, (least - explained)[own], apart.astype("f4"), parts)

    def best(self, count: int) -> Numbers:
        """Where the `count` likeliest candidates stand, likeliest first."""
        return smallest(self.costs + self.apart, count)


def _costs_by_group(
    places: Gazetteer,
    numbers: Numbers,
    heard: HeardName,
    costs: HeardCosts,
    speakers: Speakers,
) -> Costs:
    """-ln P(heard | core, group), shape (G, cores): every group's symbols stand one behind the other."""
    lengths, flat = places.symbols_of(numbers)
    symbols, flat = np.unique(flat, return_inverse=True)
    groups = len(speakers.weights)
    shifts = np.repeat(np.arange(groups) * len(symbols), len(flat))
    columns = SoundColumns.of(np.tile(lengths, groups), np.tile(flat, groups) + shifts)
    positions = [position_by_speaker(places.symbols, symbols, each, speakers) for each in heard]
    spread = HeardCosts(
        positions=tuple(each.ravel() for each in positions),
        dropped=costs.dropped,
        inserted=costs.inserted,
        least=tuple(float(each.min()) for each in positions),
        chance=costs.chance,
    )
    return columns.costs(spread).reshape(groups, -1)
