"""Which dialects are spoken where: `county_groups.tsv`, corrected by `county_groups_by_hand.tsv`."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.dialect.groups import dialect_groups, group_numbers
from matching.tables import tsv_rows
from matching.text.gazetteer import PROVINCE, Gazetteer, Path_

Shares = NDArray[np.float64]

#: A speaker of a group is from a county where it is spoken, from elsewhere in its province, or from anywhere:
#: people move, the register is thin, and a dialect goes beyond its county. House figures.
_COUNTY: Final = 0.4
_PROVINCE: Final = 0.45
_ANYWHERE: Final = 1 - _COUNTY - _PROVINCE


@cache
def groups_by_place() -> Mapping[Path_, Shares]:
    """Division of county level or above -> shares of the groups there, shape (G,), summing to 1."""
    found = {(*row[0].split("/"),): _shares(row[1]) for row in _rows("county_groups.tsv")}
    for row in _rows("county_groups_by_hand.tsv"):
        above, shares = (*row[0].split("/"),), _shares(row[1])
        found |= dict.fromkeys([path for path in found if path[: len(above)] == above], shares)
        found[above] = shares
    return found


@lru_cache(maxsize=2)
def shares_by_division(places: Gazetteer) -> Shares:
    """P(group | from this division) for each of `places.upper`, shape (U, G), every share above 0.

    Divisions that the tables do not have stand for the whole country.
    """
    table, levels = groups_by_place(), places.levels[places.upper]
    paths = [places.path(node) for node in places.upper.tolist()]
    nowhere = np.full(len(dialect_groups()), np.nan)
    own = np.array([table.get(path, nowhere) for path in paths])
    provinces = np.array([table.get(path[:1], nowhere) for path in paths])
    sizes = people(places)
    country = np.nansum(own * sizes[:, None], 0)
    country /= country.sum()
    own, provinces = (np.where(np.isnan(each), country, each) for each in (own, provinces))
    own[levels == PROVINCE] = provinces[levels == PROVINCE]
    # A group nobody of the register speaks keeps a share, so that no division is impossible.
    country = (country + 1e-4) / (country + 1e-4).sum()
    shares: Shares = _COUNTY * own + _PROVINCE * provinces + _ANYWHERE * country
    return shares


@lru_cache(maxsize=2)
def homes(places: Gazetteer) -> NDArray[np.float32]:
    """P(from this division | group) / P(from this division), shape (U, G)."""
    shares = shares_by_division(places)
    sizes = people(places)
    country = (shares * sizes[:, None]).sum(0) / sizes.sum()
    ratios: NDArray[np.float32] = (shares / country).astype(np.float32)
    return ratios


@lru_cache(maxsize=2)
def people(places: Gazetteer) -> Shares:
    """How large each of `places.upper` is: the divisions in it that are in no smaller one of them, and itself."""
    own = places.upper_of(np.arange(len(places.levels)))
    return np.bincount(own, minlength=len(places.upper)).astype(np.float64)


def _shares(text: str) -> Shares:
    """`xiang=0.83 gan=0.17`."""
    shares = np.zeros(len(dialect_groups()))
    for pair in text.split():
        group, _, share = pair.partition("=")
        shares[group_numbers()[group]] = float(share)
    normal: Shares = shares / shares.sum()
    return normal


def _rows(name: str) -> list[list[str]]:
    return tsv_rows("matching.dialect", name)
