"""Blood group: types are as common as the registry says, and forms are sometimes wrong."""

from typing import Final

from matching.compare.comparison import Comparison
from matching.compare.same_value import ValueKind, compare_values
from matching.compare.setting import Setting
from matching.evidence import Signal
from matching.model import Probe
from matching.registry.rows import BLOOD_TYPES, Single

_BLOOD: Final = ValueKind(
    signal=Signal.BLOOD,
    column=Single.BLOOD,
    values=BLOOD_TYPES,
    of=lambda facts: facts.blood_type,
    table="blood",
    rare_says_more=True,
    name="血型",
    words={each: f"{each.value} 型" for each in BLOOD_TYPES},
    nothing_said="受助人员的血型还不知道",
)


def compare_blood(probe: Probe, setting: Setting) -> Comparison:
    """Same or different; a rare group that agrees says more."""
    return compare_values(probe.facts, _BLOOD, setting)
