"""Landmarks that both sides name: a factory, a bridge, a temple."""

from typing import Final

from matching.compare.comparison import Comparison
from matching.compare.setting import Setting
from matching.compare.shared_words import WordKind, compare_words
from matching.evidence import Signal
from matching.model import Probe
from matching.registry.rows import Several

_LANDMARKS: Final = WordKind(
    signal=Signal.LANDMARKS,
    column=Several.LANDMARKS,
    words=lambda registry: registry.landmarks,
    of=lambda facts: facts.landmarks,
    nothing_said="还没有问到家附近的地标",
    nothing_written="记录里没有地标",
)


def compare_landmarks(probe: Probe, setting: Setting) -> Comparison:
    """The rarest that both name."""
    return compare_words(probe.facts.landmarks, _LANDMARKS, setting)
