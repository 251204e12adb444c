"""Sex as written on both forms."""

from functools import partial
from typing import Final

import numpy as np

from matching.compare.comparison import SILENT, Comparison, bits_of_outcomes
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Probe, Sex
from matching.registry.rows import SEXES, UNKNOWN, Single

_WORDS: Final = {Sex.MALE: "男", Sex.FEMALE: "女"}


def compare_sex(probe: Probe, setting: Setting) -> Comparison:
    """Half the population agrees by accident; a contradiction is a clerk's slip or another person."""
    sex = probe.facts.sex
    if sex is None:
        return Comparison.silent(Signal.SEX, "受助人员的性别没有登记")
    theirs = setting.registry.single(Single.SEX)
    outcomes = np.where(theirs == UNKNOWN, SILENT, theirs != SEXES.index(sex))
    worth = setting.policy.outcomes["sex"].bits()
    return Comparison(
        signal=Signal.SEX,
        bits=bits_of_outcomes(outcomes, worth),
        outcomes={"sex": outcomes},
        evidence=partial(_evidence, sex, setting, worth),
    )


def _evidence(ours: Sex, setting: Setting, worth: tuple[float, ...], row: int) -> Evidence:
    theirs = setting.registry.candidates[row].facts.sex
    if theirs is None:
        return Evidence.silent(Signal.SEX, "记录里没有性别")
    is_same = ours is theirs
    return Evidence(
        signal=Signal.SEX,
        bits=worth[0] if is_same else worth[1],
        detail="性别相同" if is_same else "性别不同",
        probe_value=_WORDS[ours],
        candidate_value=_WORDS[theirs],
    )
