"""How somebody speaks against what is spoken at the household place."""

from dataclasses import dataclass

import numpy as np

from matching.compare.comparison import Comparison
from matching.compare.likelihood import Anybody, Floats
from matching.compare.setting import Setting
from matching.dialect.geography import homes
from matching.dialect.groups import dialect_groups, group_numbers
from matching.evidence import Evidence, Signal
from matching.model import Probe
from matching.registry.rows import Several


@dataclass(frozen=True, slots=True, eq=False)
class _Dialect:
    """One person's speech against a registry; `chances` by distinct home."""

    words: str
    chances: Floats
    anybody: Anybody
    setting: Setting

    def evidence(self, row: int) -> Evidence:
        registry = self.setting.registry
        places = registry.several(Several.HOMES).of_row(row)
        if not places:
            return Evidence.silent(Signal.DIALECT, "记录里没有可用的家乡地址")
        ratio, home = max(
            (self.anybody.ratio(float(self.chances[home])), home)
            for home in (int(registry.homes.place_of[place]) for place in places)
        )
        column = registry.homes
        return Evidence(
            signal=Signal.DIALECT,
            bits=self.setting.policy.dialect.bits(ratio),
            detail=f"口音听来像{self.words}，登记的家乡{'多' if ratio >= 1 else '少'}讲这种话",
            probe_value=self.words,
            candidate_value="".join(column.places.path(int(column.nodes[home]))),
        )


def compare_dialect(probe: Probe, setting: Setting) -> Comparison:
    """How much likelier such speech is from each home than from the registry's at large."""
    heard = [(group, share) for group, share in probe.dialect if group in group_numbers()]
    if not heard:
        return Comparison.silent(Signal.DIALECT, "口音还没有判断")
    registry, policy = setting.registry, setting.policy
    column, owners = registry.homes, registry.several(Several.HOMES)
    weights = np.zeros(len(group_numbers()))
    # What is no group (`mixed`) is spoken everywhere alike.
    anywhere = max(0.0, 1 - sum(share for _, share in heard))
    for group, share in heard:
        weights[group_numbers()[group]] += share
    from_here = homes(column.places) @ weights + anywhere
    chances: Floats = from_here[column.places.upper_of(column.nodes)].astype(np.float64)
    anybody = setting.anybody("dialect", chances[column.place_of], float(from_here.mean()))
    ratios = owners.best(anybody.ratios(chances)[column.place_of], np.nan)
    return Comparison(
        signal=Signal.DIALECT,
        bits=np.nan_to_num(policy.dialect.all_bits(ratios)),
        evidence=_Dialect(_words(heard), chances, anybody, setting).evidence,
        ratios=ratios,
    )


def _words(heard: list[tuple[str, float]]) -> str:
    """The likeliest group by its name."""
    best = max(heard, key=lambda each: (each[1], each[0]))[0]
    return dialect_groups()[group_numbers()[best]].name
