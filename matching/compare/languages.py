"""Ways of speaking that both sides name."""

from typing import Final

from matching.compare.comparison import Comparison
from matching.compare.setting import Setting
from matching.compare.shared_words import WordKind, compare_words
from matching.evidence import Signal
from matching.model import Probe
from matching.registry.rows import Several

_LANGUAGES: Final = WordKind(
    signal=Signal.LANGUAGES,
    column=Several.LANGUAGES,
    words=lambda registry: registry.languages,
    of=lambda facts: facts.languages,
    nothing_said="还没有记下会说什么话",
    nothing_written="记录里没有语言",
)


def compare_languages(probe: Probe, setting: Setting) -> Comparison:
    """The rarest that both name."""
    return compare_words(probe.facts.languages, _LANGUAGES, setting)
