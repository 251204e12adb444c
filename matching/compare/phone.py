"""A relative's phone, as far as somebody remembers it."""

from typing import Final

from matching.compare.comparison import Comparison
from matching.compare.digits import NumberKind, compare_numbers
from matching.compare.setting import Setting
from matching.evidence import Signal
from matching.model import Probe
from matching.registry.digits import PHONE_LENGTH
from matching.registry.rows import Several

_PHONES: Final = NumberKind(
    signal=Signal.PHONE,
    column=Several.PHONES,
    length=PHONE_LENGTH,
    written=lambda candidate: candidate.facts.phone_digits,
    nothing_said="还没有问到家里电话的任何一段",
    nothing_written="记录里没有可比的电话",
)


def compare_phone(probe: Probe, setting: Setting) -> Comparison:
    """Digits anywhere in a mobile number on record."""
    return compare_numbers(probe.facts.phone_digits, _PHONES, setting)
