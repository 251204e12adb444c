"""The age that a stranger would guess, where a birth year was stated as well: a check on what was said."""

from functools import partial

import numpy as np

from matching.compare.birth import middles_apart, year_words
from matching.compare.comparison import SILENT, Comparison, bits_of_outcomes
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Probe, YearRange
from matching.registry.rows import UNKNOWN, Single


def compare_apparent_age(probe: Probe, setting: Setting) -> Comparison:
    """The gap between the middle of the guess and the year on record."""
    ours = probe.facts.apparent_birth
    if ours is None:
        return Comparison.silent(Signal.APPARENT_AGE, "没有目测年龄，或没有自述年龄可对照")
    first = setting.registry.single(Single.BORN_FROM)
    last = setting.registry.single(Single.BORN_TO)
    table = setting.policy.outcomes["apparent_age"]
    gaps = np.abs(ours.earliest + ours.latest - first - last) // 2
    outcomes = np.where(first == UNKNOWN, SILENT, np.searchsorted(table.limits, gaps))
    worth = setting.worth("guessed age", outcomes, table)
    return Comparison(
        signal=Signal.APPARENT_AGE,
        bits=bits_of_outcomes(outcomes, worth),
        evidence=partial(_evidence, ours, setting, worth),
    )


def _evidence(ours: YearRange, setting: Setting, worth: tuple[float, ...], row: int) -> Evidence:
    theirs = setting.registry.candidates[row].facts.birth
    if theirs is None:
        return Evidence.silent(Signal.APPARENT_AGE, "记录里没有出生年份")
    gap = middles_apart(ours, theirs)
    return Evidence(
        signal=Signal.APPARENT_AGE,
        bits=worth[setting.policy.outcomes["apparent_age"].outcome(gap)],
        detail=f"目测年龄与登记的出生年份相差约 {gap} 年"
        if gap
        else "目测年龄与登记的出生年份相符",
        probe_value=year_words(ours),
        candidate_value=year_words(theirs),
    )
