"""Home: the places that the words may mean, against the place on record, level by level.

Many records at one place make naming it worth less: the ratio is against the mean of the registry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp2
from typing import Final

import numpy as np

from matching.compare.comparison import Comparison
from matching.compare.likelihood import Anybody, Floats
from matching.compare.place_agreement import agreement
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Home, Probe
from matching.registry.rows import Several, home_node
from matching.text.heard_places import HeardPlace, heard_places

#: Readings so many bits worse than the best one add nothing that could be seen.
_NEGLIGIBLE: Final = 14.0
#: A place that was chosen from the list of divisions was not misheard.
_CHOSEN_BITS: Final = 40.0
PARTED: Final = (
    "不在同一省",
    "同省不同市",
    "同市不同县",
    "同县不同乡镇",
    "同乡镇不同村",
    "同村不同组",
)


@dataclass(frozen=True, slots=True, eq=False)
class _Phrase:
    """One phrase about home: how likely it is for each distinct home of the registry."""

    text: str
    heard: tuple[HeardPlace, ...]
    chances: Floats
    anybody: Anybody


@dataclass(frozen=True, slots=True, eq=False)
class _Homes:
    """Everything that was said of home against a registry."""

    phrases: tuple[_Phrase, ...]
    setting: Setting

    def evidence(self, row: int) -> Evidence:
        registry = self.setting.registry
        places = registry.several(Several.HOMES).of_row(row)
        if not places:
            return Evidence.silent(Signal.HOME, "记录里没有可用的家乡地址")
        distinct = [int(registry.homes.place_of[place]) for place in places]
        ratio, number, home = max(
            (phrase.anybody.ratio(float(phrase.chances[home])), -number, home)
            for number, phrase in enumerate(self.phrases)
            for home in distinct
        )
        phrase = self.phrases[-number]
        return Evidence(
            signal=Signal.HOME,
            bits=self.setting.policy.home.bits(ratio),
            detail=_detail(phrase.heard, home, self.setting),
            probe_value=phrase.text,
            candidate_value="".join(registry.homes.places.path(int(registry.homes.nodes[home]))),
        )


def compare_home(probe: Probe, setting: Setting) -> Comparison:
    """The best-agreeing pair of homes; silent when one side names none that is known."""
    found = (_phrase(home, setting) for home in dict.fromkeys(probe.facts.homes))
    phrases = tuple(each for each in found if each is not None)
    if not phrases:
        return Comparison.silent(Signal.HOME, "还没有问到可用的家乡地名")
    registry = setting.registry
    owners, place_of = registry.several(Several.HOMES), registry.homes.place_of
    ratios = np.full(registry.size, np.nan)
    for phrase in phrases:
        by_value = phrase.anybody.ratios(phrase.chances)[place_of]
        ratios = np.fmax(ratios, owners.best(by_value, np.nan))
    bits = np.nan_to_num(setting.policy.home.all_bits(ratios))
    return Comparison(
        signal=Signal.HOME, bits=bits, evidence=_Homes(phrases, setting).evidence, ratios=ratios
    )


def _phrase(home: Home, setting: Setting) -> _Phrase | None:
    heard = _heard(home, setting)
    if not heard:
        return None
    column = setting.registry.homes
    strongest = max(each.bits for each in heard)
    heard = tuple(each for each in heard if each.bits >= strongest - _NEGLIGIBLE)
    # Relative to the strongest reading: only ratios count, and 2 ** 80 would drown them.
    chances = np.full(len(column.nodes), exp2(-strongest))
    population = exp2(-strongest)
    for each in heard:
        level = int(column.places.levels[each.node])
        weight = exp2(each.bits - strongest) * int(column.places.level_counts[level])
        chances += weight * agreement(each.node, column, setting.policy.home_parts)
        population += exp2(each.bits - strongest)
    by_value = chances[column.place_of]
    anybody = setting.anybody(f"home {_words(home)}", by_value, population)
    return _Phrase(_words(home), heard, chances, anybody)


def _heard(home: Home, setting: Setting) -> tuple[HeardPlace, ...]:
    node = home_node(home) if home.path else None
    if node is None:
        return setting.notes.places(home.text, lambda: heard_places(home.text, setting.resolver))
    return (HeardPlace(node=node, bits=_CHOSEN_BITS, words=_words(home), rules=()),)


def _words(home: Home) -> str:
    return home.text or "".join(home.path)


def _detail(heard: Sequence[HeardPlace], home: int, setting: Setting) -> str:
    """The reading that speaks most for this home, and where it parts from it."""
    column, parts = setting.registry.homes, setting.policy.home_parts
    only = slice(home, home + 1)
    best = max(
        heard,
        key=lambda each: (
            each.bits + np.log2(agreement(each.node, column, parts, only)[0] + 1e-12),
            -each.node,
        ),
    )
    shared = int(column.shared(best.node, only)[0])
    depth = min(int(column.places.levels[best.node]), int(column.levels[home])) + 1
    rules = "、".join(rule for rule in best.rules if rule != "同字")
    name = column.places.name(best.node)
    said = f"“{best.words}”{'（' + rules + '）' if rules else ''}听作{name}"
    if shared < depth:
        return f"{said}，与登记的家乡{PARTED[shared]}"
    return f"{said}，与登记的家乡相符；库内同地 {setting.everyone.homes.inside(best.node)} 人"
