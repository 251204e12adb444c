"""Estimating a policy's figures from pairs: labelled where people have decided, by EM where not.

Fellegi & Sunter 1969 with the EM of Winkler 1988 ("Using the EM algorithm for weight computation in the
Fellegi-Sunter model"): every pair is one person's with some chance, by the figures so far; the figures are
then counted again, each pair with its chance. Pairs that were confirmed or refuted keep their label.
A signal of a channel gives a likelihood ratio r; its slip s is the share of one person's pairs whose
words belong to something else, with the ratio (1 - s) r + s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.compare.comparison import SILENT
from matching.policy import Channel, MatchPolicy, Outcomes

Floats = NDArray[np.float64]
Integers = NDArray[np.integer[Any]]

#: The policy's own figures count like so many pairs: few labels move them a little.
_PRIOR_PAIRS: Final = 20.0
_ROUNDS: Final = 200
_CONVERGED: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """P compared pairs."""

    #: Table of the policy -> outcome of each pair, `SILENT` where not compared; shape (P,).
    outcomes: Mapping[str, Integers]
    #: Channel of the policy -> likelihood ratio of each pair, NaN where not compared; shape (P,).
    ratios: Mapping[str, Floats]
    #: 1 confirmed, 0 refuted, NaN undecided; shape (P,).
    labels: Floats
    #: How many pairs of the registry each stands for; shape (P,).
    weights: Floats

    @property
    def labelled(self) -> int:
        """How many were decided by people."""
        return int((~np.isnan(self.labels)).sum())

    @classmethod
    def joined(cls, parts: Sequence["Pairs"]) -> "Pairs":
        """All pairs of several probes."""
        first = parts[0]
        return cls(
            outcomes={k: np.concatenate([p.outcomes[k] for p in parts]) for k in first.outcomes},
            ratios={k: np.concatenate([p.ratios[k] for p in parts]) for k in first.ratios},
            labels=np.concatenate([p.labels for p in parts]),
            weights=np.concatenate([p.weights for p in parts]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The figures that explain the pairs best."""

    #: Table -> (m, u).
    outcomes: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
    slips: Mapping[str, float]
    #: The share of all pairs that are one person's.
    share: float


@dataclass(frozen=True, slots=True)
class _State:
    m: dict[str, Floats]
    u: dict[str, Floats]
    slips: dict[str, float]
    share: float

    def log_odds(self, pairs: Pairs) -> Floats:
        """Natural log odds that each pair is one person's."""
        odds = np.full(len(pairs.labels), np.log(self.share / (1 - self.share)))
        for name, outcomes in pairs.outcomes.items():
            odds += np.append(np.log(self.m[name] / self.u[name]), 0.0)[outcomes]
        for name, ratios in pairs.ratios.items():
            slip = self.slips[name]
            odds += np.nan_to_num(np.log((1 - slip) * ratios + slip))
        return odds


def estimate(pairs: Pairs, policy: MatchPolicy, share: float) -> Estimate:
    """EM from the policy's figures on, until nothing moves.

    Args:
        pairs: at least one.
        policy: where to start, and what few pairs fall back to.
        share: a first guess of the share of pairs that are one person's.
    """
    state = _State(
        m={name: np.array(policy.outcomes[name].m) for name in pairs.outcomes},
        u={name: np.array(policy.outcomes[name].u) for name in pairs.outcomes},
        slips={name: channel_of(policy, name).slip for name in pairs.ratios},
        share=share,
    )
    start = state
    for _ in range(_ROUNDS):
        chances = _chances(state, pairs)
        new = _counted(pairs, chances, state, start)
        moved = abs(new.share - state.share) / state.share + sum(
            float(np.abs(new.m[name] - state.m[name]).max()) for name in state.m
        )
        state = new
        if moved < _CONVERGED:
            break
    return Estimate(
        outcomes={
            name: (tuple(state.m[name].tolist()), tuple(state.u[name].tolist())) for name in state.m
        },
        slips=state.slips,
        share=state.share,
    )


def channel_of(policy: MatchPolicy, name: str) -> Channel:
    """A channel by its table's name."""
    found: Channel = getattr(policy, name)
    return found


def in_order(m: tuple[float, ...], u: tuple[float, ...], table: Outcomes) -> Outcomes:
    """Estimated shares as a table of the policy: rounded, and never a worse outcome worth more.

    Where the counts of neighbouring outcomes contradict their order they are pooled (the pool
    adjacent violators of isotonic regression, weighted by u).
    """
    pools = [[m_i, u_i, 1.0] for m_i, u_i in zip(m, u, strict=True)]
    at = 0
    while at + 1 < len(pools):
        if pools[at][0] / pools[at][1] >= pools[at + 1][0] / pools[at + 1][1]:
            at += 1
            continue
        merged = [a + b for a, b in zip(pools[at], pools.pop(at + 1), strict=True)]
        pools[at] = merged
        at = max(0, at - 1)
    ratios = [pool[0] / pool[1] for pool in pools for _ in range(int(pool[2]))]
    shares = np.array([ratio * u_i for ratio, u_i in zip(ratios, u, strict=True)])
    return Outcomes(
        m=tuple((shares / shares.sum()).tolist()),
        u=tuple((np.array(u) / sum(u)).tolist()),
        limits=table.limits,
        source="estimated",
    )


def _chances(state: _State, pairs: Pairs) -> Floats:
    chances = 1 / (1 + np.exp(-np.clip(state.log_odds(pairs), -700, 700)))
    return np.where(np.isnan(pairs.labels), chances, pairs.labels)


def _counted(pairs: Pairs, chances: Floats, state: _State, start: _State) -> _State:
    """The figures again, every pair counted with its chance."""
    one, two = pairs.weights * chances, pairs.weights * (1 - chances)
    return _State(
        m={k: _shares(o, one, start.m[k]) for k, o in pairs.outcomes.items()},
        u={k: _shares(o, two, start.u[k]) for k, o in pairs.outcomes.items()},
        slips={
            k: _slip(ratios, one, state.slips[k], start.slips[k])
            for k, ratios in pairs.ratios.items()
        },
        share=float(np.clip(one.sum() / pairs.weights.sum(), 1e-12, 1 - 1e-6)),
    )


def _shares(outcomes: Integers, weights: Floats, prior: Floats) -> Floats:
    seen = outcomes != SILENT
    counts = np.bincount(outcomes[seen], weights[seen], minlength=len(prior))
    found: Floats = (counts + _PRIOR_PAIRS * prior) / (counts.sum() + _PRIOR_PAIRS)
    return found


def _slip(ratios: Floats, weights: Floats, slip: float, prior: float) -> float:
    """The expected share of pairs that slipped, given that they are one person's."""
    seen = ~np.isnan(ratios)
    slipped = slip / ((1 - slip) * ratios[seen] + slip)
    total = float(weights[seen].sum()) + _PRIOR_PAIRS
    return (float((weights[seen] * slipped).sum()) + _PRIOR_PAIRS * prior) / total
