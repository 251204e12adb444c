"""The own ID number, as far as somebody remembers it."""

from typing import Final

from matching.compare.comparison import Comparison
from matching.compare.digits import NumberKind, compare_numbers
from matching.compare.setting import Setting
from matching.evidence import Signal
from matching.model import Probe
from matching.registry.digits import ID_LENGTH
from matching.registry.rows import Several

_ID_NUMBERS: Final = NumberKind(
    signal=Signal.ID_NUMBER,
    column=Several.ID_NUMBERS,
    length=ID_LENGTH,
    written=lambda candidate: candidate.facts.id_digits,
    nothing_said="还没有问到身份证号的任何一段",
    nothing_written="记录里没有身份证号",
)


def compare_id_number(probe: Probe, setting: Setting) -> Comparison:
    """Digits anywhere in the number on record."""
    return compare_numbers(probe.facts.id_digits, _ID_NUMBERS, setting)
