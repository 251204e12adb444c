"""Fragments of a number that somebody remembers, against whole numbers on record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import log2

import numpy as np

from matching.compare.comparison import Comparison, Floats
from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Candidate
from matching.registry.digits import digits_of, holding
from matching.registry.rows import Several


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberKind:
    """Which numbers are compared."""

    signal: Signal
    column: Several
    length: int
    #: The whole numbers of a record, as they were written.
    written: Callable[[Candidate], Iterable[str]]
    nothing_said: str
    nothing_written: str


@dataclass(frozen=True, slots=True, eq=False)
class _Fragments:
    """What somebody remembers of one kind of number against a registry."""

    kind: NumberKind
    #: (text, digits, bits when a record has it).
    said: tuple[tuple[str, tuple[int, ...], float], ...]
    setting: Setting

    def evidence(self, row: int) -> Evidence:
        candidate = self.setting.registry.candidates[row]
        numbers = [digits_of(text) for text in self.kind.written(candidate)]
        whole = [each for each in numbers if len(each) == self.kind.length]
        if not whole:
            return Evidence.silent(self.kind.signal, self.kind.nothing_written)
        held = [(bits, text) for text, digits, bits in self.said if _is_in_any(digits, whole)]
        text = max(held, default=(0.0, self.said[0][0]))[1]
        return Evidence(
            signal=self.kind.signal,
            bits=max(held)[0] if held else _against(self.setting),
            detail="说出的数字在登记号码里" if held else "说出的数字不在登记号码里",
            probe_value=text,
            candidate_value=f"含 {text}" if held else "不含",
        )


def compare_numbers(texts: Iterable[str], kind: NumberKind, setting: Setting) -> Comparison:
    """The longest fragment that a record's number holds; other digits speak a little against."""
    weights = setting.policy.numbers
    said = tuple(
        (text, digits, _bits(len(digits), kind.length, setting))
        for text in dict.fromkeys(texts)
        for digits in [digits_of(text)]
        if weights.shortest <= len(digits) <= kind.length
    )
    if not said:
        return Comparison.silent(kind.signal, kind.nothing_said)
    owners = setting.registry.several(kind.column)
    scores: Floats = np.full(len(owners.values), _against(setting))
    for _, digits, bits in said:
        scores = np.where(holding(owners.values, digits), np.maximum(scores, bits), scores)
    found = _Fragments(kind, said, setting)
    return Comparison(signal=kind.signal, bits=owners.best(scores, 0.0), evidence=found.evidence)


def _bits(count: int, length: int, setting: Setting) -> float:
    """log2 of the chance to remember right, over that to hit one of the places by accident."""
    weights = setting.policy.numbers
    accident = min(1.0, (length - count + 1) * 10.0**-count)
    return max(0.0, min(log2((1 - weights.wrong) / accident), weights.most))


def _against(setting: Setting) -> float:
    return log2(setting.policy.numbers.wrong)


def _is_in_any(fragment: tuple[int, ...], numbers: Iterable[tuple[int, ...]]) -> bool:
    return any(
        fragment == number[start : start + len(fragment)]
        for number in numbers
        for start in range(len(number) - len(fragment) + 1)
    )
