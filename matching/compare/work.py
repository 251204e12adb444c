"""Kinds of work that both sides name."""

from typing import Final

from matching.compare.comparison import Comparison
from matching.compare.setting import Setting
from matching.compare.shared_words import WordKind, compare_words
from matching.evidence import Signal
from matching.model import Probe
from matching.registry.rows import Several

_WORK: Final = WordKind(
    signal=Signal.WORK,
    column=Several.WORK,
    words=lambda registry: registry.work,
    of=lambda facts: facts.work,
    nothing_said="还没有问到做过什么工作",
    nothing_written="记录里没有职业",
)


def compare_work(probe: Probe, setting: Setting) -> Comparison:
    """The rarest that both name."""
    return compare_words(probe.facts.work, _WORK, setting)
