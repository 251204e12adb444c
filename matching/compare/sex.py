"""Sex as written on both forms."""

from typing import Final

from matching.compare.comparison import Comparison
from matching.compare.same_value import ValueKind, compare_values
from matching.compare.setting import Setting
from matching.evidence import Signal
from matching.model import Probe, Sex
from matching.registry.rows import SEXES, Single

_SEX: Final = ValueKind(
    signal=Signal.SEX,
    column=Single.SEX,
    values=SEXES,
    of=lambda facts: facts.sex,
    table="sex",
    rare_says_more=False,
    name="性别",
    words={Sex.MALE: "男", Sex.FEMALE: "女"},
    nothing_said="受助人员的性别没有登记",
)


def compare_sex(probe: Probe, setting: Setting) -> Comparison:
    """Half the population agrees by accident; a contradiction is a clerk's slip or another person."""
    return compare_values(probe.facts, _SEX, setting)
