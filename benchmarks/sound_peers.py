"""Peers of the sound matrices: plain pinyin, and codes in the plane in the manner of DimSim."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.text.sound_classes import sound_classes
from matching.text.sound_costs import SoundCosts, built_in_costs
from matching.text.syllables import syllable_table

_CODES: Final = Path(__file__).parent / "data" / "sound_codes.toml"
#: A part that is another one; a unit in the plane. Only the order that they give matters.
_OTHER_PART: Final = 3.0
_UNIT: Final = 0.5
#: Further apart than this is as far as anything.
_FURTHEST: Final = 8.0


@cache
def plain_pinyin() -> SoundCosts:
    """Initials and finals are the same or they are not."""
    parts = [(each.initial, each.final) for each in syllable_table()]
    initials, finals = (np.array([part[at] for part in parts]) for at in (0, 1))
    other = 1.0 * (initials[:, None] != initials) + (finals[:, None] != finals)
    return _from_distances(_OTHER_PART * other, "plain-pinyin")


@cache
def codes_in_the_plane() -> SoundCosts:
    """As far apart as the initials and the finals are in the plane."""
    table = tomllib.loads(_CODES.read_text(encoding="utf-8"))
    nowhere = [999.0, 999.0]
    places = [
        np.array([table[part].get(getattr(each, part[:-1]), nowhere) for each in syllable_table()])
        for part in ("initials", "finals")
    ]
    apart = sum(np.linalg.norm(each[:, None] - each[None, :], axis=2) for each in places)
    return _from_distances(_UNIT * np.asarray(apart), "codes-in-the-plane")


def _from_distances(apart: NDArray[np.float64], version: str) -> SoundCosts:
    chances = np.exp(-np.minimum(apart, _FURTHEST))
    chances /= chances.sum(1).max()
    plain = built_in_costs()
    return SoundCosts.from_chances(
        chances[sound_classes().syllables],
        version=version,
        dropped=float(np.exp(-plain.dropped)),
        inserted=float(np.exp(-plain.inserted)),
    )
