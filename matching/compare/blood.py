"""Blood group: types are as common as the registry says, and forms are sometimes wrong."""

from functools import partial

import numpy as np

from matching.compare.comparison import SILENT, Comparison, bits_of_outcomes
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import BloodType, Probe
from matching.registry.rows import BLOOD_TYPES, UNKNOWN, Single


def compare_blood(probe: Probe, setting: Setting) -> Comparison:
    """Same or different; a rare group that agrees says more."""
    ours = probe.facts.blood_type
    if ours is None:
        return Comparison.silent(Signal.BLOOD, "受助人员的血型还不知道")
    theirs = setting.registry.single(Single.BLOOD)
    outcomes = np.where(theirs == UNKNOWN, SILENT, theirs != BLOOD_TYPES.index(ours))
    table = setting.policy.outcomes["blood"]
    worth = setting.worth("blood", outcomes, table)
    return Comparison(
        signal=Signal.BLOOD,
        bits=bits_of_outcomes(outcomes, worth),
        outcomes={"blood": outcomes},
        evidence=partial(_evidence, ours, setting, worth),
    )


def _evidence(ours: BloodType, setting: Setting, worth: tuple[float, ...], row: int) -> Evidence:
    theirs = setting.registry.candidates[row].facts.blood_type
    if theirs is None:
        return Evidence.silent(Signal.BLOOD, "记录里没有血型")
    is_same = ours is theirs
    return Evidence(
        signal=Signal.BLOOD,
        bits=worth[0] if is_same else worth[1],
        detail="血型相同" if is_same else "血型不同",
        probe_value=f"{ours.value} 型",
        candidate_value=f"{theirs.value} 型",
    )
