"""Order of events: nobody goes missing after being found."""

from datetime import date
from functools import partial

import numpy as np

from matching.compare.comparison import SILENT, Comparison, bits_of_outcomes
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Probe
from matching.registry.rows import UNKNOWN, Single


def compare_dates(probe: Probe, setting: Setting) -> Comparison:
    """Missing before found supports a little; the reverse speaks strongly against."""
    found = probe.found_on
    if found is None:
        return Comparison.silent(Signal.DATES, "受助人员的发现日期没有登记")
    missing = setting.registry.single(Single.MISSING)
    outcomes = np.where(missing == UNKNOWN, SILENT, missing > found.toordinal())
    worth = setting.policy.outcomes["dates"].bits()
    return Comparison(
        signal=Signal.DATES,
        bits=bits_of_outcomes(outcomes, worth),
        outcomes={"dates": outcomes},
        evidence=partial(_evidence, found, setting, worth),
    )


def _evidence(found: date, setting: Setting, worth: tuple[float, ...], row: int) -> Evidence:
    missing = setting.registry.candidates[row].missing_since
    if missing is None:
        return Evidence.silent(Signal.DATES, "记录里没有走失日期")
    in_order = missing <= found
    return Evidence(
        signal=Signal.DATES,
        bits=worth[0] if in_order else worth[1],
        detail="走失在前，发现在后" if in_order else "报的走失日期晚于发现日期",
        probe_value=found.isoformat(),
        candidate_value=missing.isoformat(),
    )
