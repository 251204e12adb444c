"""Things that both sides may name in words of their own: what few others name says more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from matching.compare.comparison import Comparison, Floats
from matching.compare.setting import Setting
from matching.evidence import Evidence, Lacks, Signal
from matching.model import PersonFacts
from matching.registry.registry import Registry, WordColumn
from matching.registry.rows import Several
from matching.text.normalize import normalize

_SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WordKind:
    """Which words are compared."""

    signal: Signal
    column: Several
    words: Callable[[Registry], WordColumn]
    of: Callable[[PersonFacts], Sequence[str]]
    nothing_said: str
    nothing_written: str


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """What one person named against a registry: each word with its bits."""

    kind: WordKind
    worth: tuple[tuple[str, float], ...]
    setting: Setting

    def evidence(self, row: int) -> Evidence:
        theirs = self.kind.of(self.setting.registry.candidates[row].facts)
        if not theirs:
            return Evidence.silent(self.kind.signal, self.kind.nothing_written)
        shared = [
            (bits, said, written)
            for said, bits in self.worth
            for written in theirs
            if _is_same(normalize(said), normalize(written))
        ]
        if not shared:
            return Evidence.silent(self.kind.signal, "两边说的不是同一样，不能比较", Lacks.COMMON)
        bits, said, written = max(shared)
        return Evidence(
            signal=self.kind.signal,
            bits=bits,
            detail=f"都说到“{min(said, written, key=len)}”",
            probe_value="、".join(word for word, _ in self.worth),
            candidate_value="、".join(theirs),
        )


def compare_words(words: Sequence[str], kind: WordKind, setting: Setting) -> Comparison:
    """The rarest word that both name; what only one side names says nothing."""
    said = [word for word in dict.fromkeys(words) if len(normalize(word)) >= _SHORTEST]
    if not said:
        return Comparison.silent(kind.signal, kind.nothing_said)
    owners = setting.registry.several(kind.column)
    column = kind.words(setting.registry)
    scores: Floats = np.zeros(len(column.word_of))
    worth = []
    for word in said:
        same = _same(normalize(word), column.texts)[column.word_of]
        with_word = owners.best(same.astype(np.float64), 0.0)
        here = int(with_word.sum()), len(same)
        with_it, words_of_all = setting.counts(f"{kind.signal} {word}", here)
        worth.append((word, _bits(with_it, words_of_all, setting)))
        scores = np.maximum(scores, np.where(same, worth[-1][1], 0.0))
    found = _Words(kind, tuple(worth), setting)
    return Comparison(signal=kind.signal, bits=owners.best(scores, 0.0), evidence=found.evidence)


def _same(word: str, texts: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([_is_same(word, text) for text in texts], np.bool_)


def _bits(with_word: int, words: int, setting: Setting) -> float:
    """log2 of the chance that both name it, over the share of records that do."""
    weights, background = setting.policy.words, setting.policy.background
    share = (with_word + background * weights.rare) / (words + background)
    return max(0.0, min(log2(weights.shared / share), weights.most))


def _is_same(one: str, other: str) -> bool:
    """One holds the other: 糖厂 in 县糖厂旁边."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST and shorter in longer
