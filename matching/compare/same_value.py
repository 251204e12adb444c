"""Facts that are one of a few values: same or different."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from matching.compare.comparison import SILENT, Comparison, bits_of_outcomes
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import PersonFacts
from matching.registry.rows import UNKNOWN, Single


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueKind:
    """Which fact is compared."""

    signal: Signal
    column: Single
    #: In the order in which the column numbers them.
    values: Sequence[StrEnum]
    of: Callable[[PersonFacts], StrEnum | None]
    #: The table of outcomes in the policy: same, different.
    table: str
    #: Whether agreeing says more the rarer the value is in the registry.
    rare_says_more: bool
    #: What the fact is called, and each value.
    name: str
    words: Mapping[StrEnum, str]
    nothing_said: str


@dataclass(frozen=True, slots=True, eq=False)
class _Value:
    """One person's value against a registry, with the bits of the same and of another one."""

    ours: StrEnum
    worth: tuple[float, ...]
    kind: ValueKind
    setting: Setting

    def evidence(self, row: int) -> Evidence:
        kind = self.kind
        theirs = kind.of(self.setting.registry.candidates[row].facts)
        if theirs is None:
            return Evidence.silent(kind.signal, f"记录里没有{kind.name}")
        is_same = self.ours is theirs
        return Evidence(
            signal=kind.signal,
            bits=self.worth[0] if is_same else self.worth[1],
            detail=f"{kind.name}相同" if is_same else f"{kind.name}不同",
            probe_value=kind.words[self.ours],
            candidate_value=kind.words[theirs],
        )


def compare_values(facts: PersonFacts, kind: ValueKind, setting: Setting) -> Comparison:
    """Every record has the same value, another one, or none written down."""
    ours = kind.of(facts)
    if ours is None:
        return Comparison.silent(kind.signal, kind.nothing_said)
    theirs = setting.registry.single(kind.column)
    outcomes = np.where(theirs == UNKNOWN, SILENT, theirs != kind.values.index(ours))
    table = setting.policy.outcomes[kind.table]
    worth = setting.worth(kind.table, outcomes, table) if kind.rare_says_more else table.bits()
    return Comparison(
        signal=kind.signal,
        bits=bits_of_outcomes(outcomes, worth),
        outcomes={kind.table: outcomes},
        evidence=_Value(ours, worth, kind, setting).evidence,
    )
