"""Height in centimetres; measured on both sides with a few centimetres of error."""

from functools import partial

import numpy as np

from matching.compare.comparison import SILENT, Comparison, bits_of_outcomes
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Probe
from matching.registry.rows import UNKNOWN, Single


def compare_height(probe: Probe, setting: Setting) -> Comparison:
    """The difference of the two heights, held against how many of the registry are as near."""
    ours = probe.facts.height_cm
    if ours is None:
        return Comparison.silent(Signal.HEIGHT, "受助人员的身高还没有量")
    theirs, table = setting.registry.single(Single.HEIGHT), setting.policy.outcomes["height"]
    outcomes = np.searchsorted(table.limits, np.abs(theirs - ours))
    outcomes = np.where(theirs == UNKNOWN, SILENT, outcomes)
    worth = setting.worth("height", outcomes, table)
    return Comparison(
        signal=Signal.HEIGHT,
        bits=bits_of_outcomes(outcomes, worth),
        outcomes={"height": outcomes},
        evidence=partial(_evidence, ours, setting, worth),
    )


def _evidence(ours: int, setting: Setting, worth: tuple[float, ...], row: int) -> Evidence:
    theirs = setting.registry.candidates[row].facts.height_cm
    if theirs is None:
        return Evidence.silent(Signal.HEIGHT, "记录里没有身高")
    gap = abs(ours - theirs)
    return Evidence(
        signal=Signal.HEIGHT,
        bits=worth[setting.policy.outcomes["height"].outcome(gap)],
        detail=f"身高相差 {gap} 厘米",
        probe_value=f"{ours} 厘米",
        candidate_value=f"{theirs} 厘米",
    )
