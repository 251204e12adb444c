"""Own names: the best pair of what was heard and what is on record, rarer names worth more."""

from dataclasses import dataclass

import numpy as np

from matching.compare.comparison import Comparison, Floats
from matching.compare.likelihood import Anybody
from matching.compare.name_chances import NameChances, name_chances
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Probe
from matching.registry.registry import NameColumn
from matching.registry.rows import Several
from matching.text.name_costs import NameOutcome, name_similarity


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    """One name as heard: its chance for each of the registry's names, and for anybody's."""

    text: str
    chances: Floats
    anybody: Anybody


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """Everything that was heard as the person's name against a registry."""

    heard: tuple[_Heard, ...]
    setting: Setting

    def evidence(self, row: int) -> Evidence:
        places = self.setting.registry.several(Several.NAMES).of_row(row)
        if not places:
            return Evidence.silent(Signal.NAME, "记录里没有姓名")
        written = self.setting.registry.candidates[row].facts.names
        ratio, heard, name = max(
            (heard.anybody.ratio(float(heard.chances[place])), heard.text, name)
            for heard in self.heard
            for place, name in zip(places, written, strict=True)
        )
        return Evidence(
            signal=Signal.NAME,
            bits=self.setting.policy.name.bits(ratio),
            detail=_detail(heard, name, self.setting),
            probe_value=heard,
            candidate_value=name,
        )


def compare_name(probe: Probe, setting: Setting) -> Comparison:
    """The best-agreeing pair of names; silent when one side has none."""
    registry = setting.registry
    heard = tuple(
        _Heard(text, chances, setting.anybody(f"name {text}", chances, population))
        for text in dict.fromkeys(probe.facts.names)
        for readings in [name_chances(text, registry.names, setting.sound)]
        if readings
        for chances, population in [_of_anyone(readings, registry.names)]
    )
    if not heard:
        return Comparison.silent(Signal.NAME, "还没有问到受助人员的姓名")
    owners = registry.several(Several.NAMES)
    ratios = np.full(registry.size, np.nan)
    for each in heard:
        ratios = np.fmax(ratios, owners.best(each.anybody.ratios(each.chances), np.nan))
    bits = np.nan_to_num(setting.policy.name.all_bits(ratios))
    return Comparison(
        signal=Signal.NAME, bits=bits, evidence=_Names(heard, setting).evidence, ratios=ratios
    )


def _of_anyone(readings: tuple[NameChances, ...], column: NameColumn) -> tuple[Floats, float]:
    """The best of what the clerk left open, for each name of the registry and for anybody's."""
    chances = np.zeros(len(column.surname_of), np.float32)
    for each in readings:
        whole = each.surname[column.surname_of] * each.given[column.given_of]
        np.maximum(chances, whole, out=chances)
    return chances.astype(np.float64), max(
        each.anybody_surname * each.anybody_given for each in readings
    )


def _detail(heard: str, written: str, setting: Setting) -> str:
    match = name_similarity(heard, written, setting.sound)
    if match.outcome is NameOutcome.DIFFERENT:
        return f"自称“{heard}”与登记姓名“{written}”不同"
    return f"“{heard}”与“{written}”{'、'.join(match.rules)}"
