"""Birth years: the gap between two ranges; stated ages are rounded and counted in 虚岁."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.compare.comparison import SILENT, Comparison, bits_of_outcomes
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Probe, YearRange
from matching.registry.rows import UNKNOWN, Single

#: A range this wide is a guess by eye, on whichever side.
WIDE: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Births:
    """One birth against a registry; a guess by eye has a table of its own."""

    ours: YearRange
    setting: Setting
    stated: tuple[float, ...]
    apparent: tuple[float, ...]

    def evidence(self, row: int) -> Evidence:
        theirs = self.setting.registry.candidates[row].facts.birth
        if theirs is None:
            return Evidence.silent(Signal.BIRTH, "记录里没有出生年份")
        is_guess = _is_wide(self.ours) or _is_wide(theirs)
        table = self.setting.policy.outcomes["apparent_age" if is_guess else "birth"]
        worth = self.apparent if is_guess else self.stated
        gap = middles_apart(self.ours, theirs) if is_guess else years_apart(self.ours, theirs)
        return Evidence(
            signal=Signal.BIRTH,
            bits=worth[table.outcome(gap)],
            detail=f"出生年份相差{'约' if is_guess else ''} {gap} 年" if gap else "出生年份相符",
            probe_value=year_words(self.ours),
            candidate_value=year_words(theirs),
        )


def compare_birth(probe: Probe, setting: Setting) -> Comparison:
    """The gap in years, held against how many of the registry are as near."""
    ours = probe.facts.birth
    if ours is None:
        return Comparison.silent(Signal.BIRTH, "受助人员的出生年份还不知道")
    registry, tables = setting.registry, setting.policy.outcomes
    first, last = registry.single(Single.BORN_FROM), registry.single(Single.BORN_TO)
    is_guess = (last - first >= WIDE) | _is_wide(ours)
    apart = np.maximum(np.maximum(ours.earliest - last, first - ours.latest), 0)
    gaps = np.where(is_guess, np.abs(ours.earliest + ours.latest - first - last) // 2, apart)
    bits, worths, compared = np.zeros(registry.size), [], {}
    for name, chosen in (("birth", ~is_guess), ("apparent_age", is_guess)):
        outcomes = np.searchsorted(tables[name].limits, gaps)
        outcomes = np.where((first == UNKNOWN) | ~chosen, SILENT, outcomes)
        compared[name] = outcomes
        worths.append(setting.worth(name, outcomes, tables[name]))
        bits += bits_of_outcomes(outcomes, worths[-1])
    births = _Births(ours, setting, *worths)
    return Comparison(signal=Signal.BIRTH, bits=bits, evidence=births.evidence, outcomes=compared)


def years_apart(one: YearRange, other: YearRange) -> int:
    """Years between two ranges; 0 when they overlap."""
    return max(one.earliest - other.latest, other.earliest - one.latest, 0)


def middles_apart(one: YearRange, other: YearRange) -> int:
    """Whole years between the middles of two ranges: a guess is likelier right in the middle."""
    return abs(one.earliest + one.latest - other.earliest - other.latest) // 2


def _is_wide(years: YearRange) -> bool:
    return years.latest - years.earliest >= WIDE


def year_words(years: YearRange) -> str:
    """1964 年, or 1963–1965 年."""
    if years.earliest == years.latest:
        return f"{years.earliest} 年"
    return f"{years.earliest}–{years.latest} 年"
