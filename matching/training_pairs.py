"""The pairs of one resident that a policy is trained on: the likeliest, the decided, and some at random.

Nobody can count all pairs of a registry; random ones stand for all that are neither likely nor decided.
"""

from collections.abc import Mapping
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.compare.comparison import SILENT, Comparison
from matching.compare.setting import Setting
from matching.compare.table import compare
from matching.fusion import total_bits
from matching.model import Probe
from matching.text.smallest import smallest
from matching.training import Pairs

_LIKELIEST: Final = 30
_RANDOM: Final = 200
CHANNELS: Final = ("name", "relatives", "home", "found_place", "dialect")


def training_pairs(
    probe: Probe, setting: Setting, decided: Mapping[str, bool], rng: Random
) -> Pairs:
    """Pairs of one resident; `decided` says of record ids whether they are the resident's."""
    registry = setting.registry
    comparisons = compare(probe, setting)
    parts = {each.signal: each.bits for each in comparisons if each.bits is not None}
    likely = smallest(-total_bits(parts, registry.size, setting.policy), _LIKELIEST)
    chosen = sorted({*likely.tolist(), *registry.rows_of(decided).values()})
    rest = sorted(set(rng.sample(range(registry.size), min(_RANDOM, registry.size))) - {*chosen})
    rows = np.array([*chosen, *rest], np.intp)
    stands_for = (registry.size - len(chosen)) / max(1, len(rest))
    labels = [decided.get(record_id) for record_id in registry.candidates.ids.named(rows)]
    return Pairs(
        outcomes={name: _of(comparisons, name, rows, SILENT) for name in setting.policy.outcomes},
        ratios={name: _ratios(comparisons, name, rows) for name in CHANNELS},
        labels=np.array([np.nan if label is None else float(label) for label in labels]),
        weights=np.array([1.0] * len(chosen) + [stands_for] * len(rest)),
    )


def _of(
    comparisons: tuple[Comparison, ...], name: str, rows: NDArray[np.intp], nothing: int
) -> NDArray[np.intp]:
    """The outcomes by one table; a table may serve two signals, the first that speaks counts."""
    for each in comparisons:
        if name in each.outcomes:
            return each.outcomes[name][rows].astype(np.intp)
    return np.full(len(rows), nothing, np.intp)


def _ratios(
    comparisons: tuple[Comparison, ...], name: str, rows: NDArray[np.intp]
) -> NDArray[np.float64]:
    found = next((each.ratios for each in comparisons if each.signal.value == name), None)
    return np.full(len(rows), np.nan) if found is None else found[rows]
