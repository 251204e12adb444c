"""Where somebody went missing against where they were found: most people are not carried far."""

from dataclasses import dataclass

import numpy as np

from matching.compare.comparison import Comparison
from matching.compare.home import PARTED
from matching.compare.likelihood import Anybody, Floats
from matching.compare.place_agreement import agreement
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Probe
from matching.registry.rows import Several
from matching.text.written_place import written_node


@dataclass(frozen=True, slots=True, eq=False)
class _FoundPlace:
    """Where one person was found against a registry."""

    node: int
    chances: Floats
    anybody: Anybody
    setting: Setting

    def evidence(self, row: int) -> Evidence:
        registry = self.setting.registry
        places = registry.several(Several.MISSING_PLACES).of_row(row)
        if not places:
            return Evidence.silent(Signal.FOUND_PLACE, "记录里没有可用的走失地点")
        column = registry.missing_places
        at = int(column.place_of[places[0]])
        shared, level = int(column.shared(self.node, slice(at, at + 1))[0]), int(column.levels[at])
        whole = min(level, int(column.places.levels[self.node])) + 1
        return Evidence(
            signal=Signal.FOUND_PLACE,
            bits=self.setting.policy.found_place.bits(self.anybody.ratio(float(self.chances[at]))),
            detail=f"发现地与走失地{'相合' if shared >= whole else PARTED[shared]}",
            probe_value="".join(column.places.path(self.node)),
            candidate_value="".join(column.places.path(int(column.nodes[at]))),
        )


def compare_found_place(probe: Probe, setting: Setting) -> Comparison:
    """The two places level by level, held against how many of the registry went missing there."""
    node = written_node(probe.found_place) if probe.found_place else None
    if node is None:
        return Comparison.silent(Signal.FOUND_PLACE, "没有可用的发现地点")
    registry, policy = setting.registry, setting.policy
    column, owners = registry.missing_places, registry.several(Several.MISSING_PLACES)
    chances = agreement(node, column, policy.found_place_parts)
    level = int(column.places.levels[node])
    anybody = setting.anybody(
        "found place",
        chances[column.place_of],
        1 / max(1, int(column.places.level_counts[level])),
    )
    ratios = owners.best(anybody.ratios(chances)[column.place_of], np.nan)
    return Comparison(
        signal=Signal.FOUND_PLACE,
        bits=np.nan_to_num(policy.found_place.all_bits(ratios)),
        evidence=_FoundPlace(node, chances, anybody, setting).evidence,
        ratios=ratios,
    )
