"""Height in centimetres, with a few centimetres of error on both sides; children grow.

A child's height at the time of going missing says nothing about somebody found a year later.
"""

from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.compare.comparison import SILENT, Comparison, bits_of_outcomes
from matching.compare.setting import Setting
from matching.evidence import Evidence, Lacks, Signal
from matching.model import Candidate, Probe
from matching.registry.rows import UNKNOWN, Single

#: Years; by then nearly everybody has stopped growing.
_GROWN: Final = 18
_DAYS_A_YEAR: Final = 365.25


def compare_height(probe: Probe, setting: Setting) -> Comparison:
    """The difference of the two heights, held against how many of the registry are as near."""
    ours = probe.facts.height_cm
    if ours is None:
        return Comparison.silent(Signal.HEIGHT, "受助人员的身高还没有量")
    theirs, table = setting.registry.single(Single.HEIGHT), setting.policy.outcomes["height"]
    outcomes = np.searchsorted(table.limits, np.abs(theirs - ours))
    outcomes = np.where((theirs == UNKNOWN) | _has_grown(probe, setting), SILENT, outcomes)
    worth = setting.worth("height", outcomes, table)
    return Comparison(
        signal=Signal.HEIGHT,
        bits=bits_of_outcomes(outcomes, worth),
        outcomes={"height": outcomes},
        evidence=partial(_evidence, probe, setting, worth),
    )


def _has_grown(probe: Probe, setting: Setting) -> NDArray[np.bool_]:
    """Which records are of children who went missing more than a year before."""
    registry = setting.registry
    missing, born = registry.single(Single.MISSING), registry.single(Single.BORN_TO)
    if probe.found_on is None:
        return np.zeros(registry.size, np.bool_)
    # Whole years by the mean length of a year: exact to a day, which no child outgrows.
    age = missing / _DAYS_A_YEAR - born
    long_ago = probe.found_on.toordinal() - missing > _DAYS_A_YEAR
    found: NDArray[np.bool_] = (missing != UNKNOWN) & (born != UNKNOWN) & (age < _GROWN) & long_ago
    return found


def has_grown(probe: Probe, candidate: Candidate) -> bool:
    """The same for one record."""
    missing, birth = candidate.missing_since, candidate.facts.birth
    if probe.found_on is None or missing is None or birth is None:
        return False
    age = missing.toordinal() / _DAYS_A_YEAR - birth.latest
    return age < _GROWN and (probe.found_on - missing).days > _DAYS_A_YEAR


def _evidence(probe: Probe, setting: Setting, worth: tuple[float, ...], row: int) -> Evidence:
    candidate = setting.registry.candidates[row]
    ours, theirs = probe.facts.height_cm, candidate.facts.height_cm
    if ours is None or theirs is None:
        return Evidence.silent(Signal.HEIGHT, "记录里没有身高")
    if has_grown(probe, candidate):
        why = "走失时还未成年，已过一年以上，身高不能比较"
        return Evidence.silent(Signal.HEIGHT, why, Lacks.COMMON)
    gap = abs(ours - theirs)
    return Evidence(
        signal=Signal.HEIGHT,
        bits=worth[setting.policy.outcomes["height"].outcome(gap)],
        detail=f"身高相差 {gap} 厘米",
        probe_value=f"{ours} 厘米",
        candidate_value=f"{theirs} 厘米",
    )
