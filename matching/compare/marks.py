"""Marks: scars, moles and disabilities that both sides describe, rarer ones worth more."""

from dataclasses import dataclass
from math import fsum, log2

import numpy as np

from matching.compare.comparison import Comparison, Floats
from matching.compare.setting import Setting
from matching.evidence import Evidence, Lacks, Signal
from matching.model import Probe
from matching.registry.marks import mark_words, marks_in
from matching.registry.rows import Several


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """One person's marks against a registry, and what sharing each is worth."""

    described: tuple[str, ...]
    worth: dict[int, float]
    setting: Setting

    def evidence(self, row: int) -> Evidence:
        theirs = self.setting.registry.candidates[row].facts.marks
        if not theirs:
            return Evidence.silent(Signal.MARKS, "记录里没有体貌特征")
        shared = sorted(marks_in(theirs) & self.worth.keys())
        if not shared:
            return Evidence.silent(Signal.MARKS, "两边描述的特征不在同一处，不能比较", Lacks.COMMON)
        return Evidence(
            signal=Signal.MARKS,
            bits=min(fsum(self.worth[mark] for mark in shared), self.setting.policy.marks.most),
            detail="、".join(map(mark_words, shared)) + "一致",
            probe_value="；".join(self.described),
            candidate_value="；".join(theirs),
        )


def compare_marks(probe: Probe, setting: Setting) -> Comparison:
    """Marks that agree in place and kind. Marks that only one side mentions say nothing."""
    ours = marks_in(probe.facts.marks)
    if not ours:
        return Comparison.silent(Signal.MARKS, "受助人员没有可比的体貌特征")
    theirs = setting.registry.several(Several.MARKS)
    worth = {mark: _worth(mark, setting) for mark in sorted(ours)}
    table = np.zeros(max(int(theirs.values.max(initial=0)), *worth) + 1)
    table[list(worth)] = list(worth.values())
    total = np.bincount(theirs.owners(), weights=table[theirs.values[:, 0]], minlength=theirs.size)
    bits: Floats = np.minimum(total, setting.policy.marks.most)
    marks = _Marks(probe.facts.marks, worth, setting)
    return Comparison(signal=Signal.MARKS, bits=bits, evidence=marks.evidence)


def _worth(mark: int, setting: Setting) -> float:
    """log2 of the chance that both describe it, over the share of records that do."""
    weights, background = setting.policy.marks, setting.policy.background
    theirs = setting.registry.several(Several.MARKS)
    here = int((theirs.values[:, 0] == mark).sum()), int((np.diff(theirs.starts) > 0).sum())
    with_mark, with_any = setting.counts(f"mark {mark}", here)
    share = (with_mark + background * weights.rare) / (with_any + background)
    return max(0.0, log2(weights.shared / share))
