"""A lead in words and in rows that add up: data for pages, print and command line, no HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import exp2
from typing import Final

from matching.evidence import Evidence, Signal

SIGNAL_WORDS: Final[Mapping[Signal, str]] = {
    Signal.FACE: "人脸",
    Signal.NAME: "姓名",
    Signal.RELATIVES: "亲属",
    Signal.HOME: "家乡",
    Signal.SEX: "性别",
    Signal.BIRTH: "出生年份",
    Signal.HEIGHT: "身高",
    Signal.MARKS: "体貌特征",
    Signal.DATES: "走失与发现时间",
    Signal.APPARENT_AGE: "目测年龄",
    Signal.BLOOD: "血型",
    Signal.FOUND_PLACE: "走失与发现地点",
    Signal.DIALECT: "口音",
    Signal.ID_NUMBER: "身份证号片段",
    Signal.PHONE: "电话片段",
    Signal.LANGUAGES: "语言",
    Signal.WORK: "职业",
    Signal.LANDMARKS: "地标",
}
#: Probabilities are told as "a out of b" with b up to this.
_LARGEST_OUT_OF: Final = 10
_HARDLY: Final = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterfallRow:
    """One step of the sum: from where the total stood to where it stands."""

    label: str
    bits: float
    #: The total after this row.
    running: float


def waterfall(prior_bits: float, evidence: Iterable[Evidence]) -> tuple[WaterfallRow, ...]:
    """The prior, then each piece of evidence that is not silent; the last running is the total."""
    rows = [WaterfallRow(label="先验", bits=prior_bits, running=prior_bits)]
    for each in evidence:
        if not each.is_silent:
            running = rows[-1].running + each.bits
            label = SIGNAL_WORDS[each.signal]
            rows.append(WaterfallRow(label=label, bits=each.bits, running=running))
    return tuple(rows)


def odds_in_words(probability: float) -> str:
    """A probability as people say it: 约 5 次里 4 次是同一人."""
    if probability >= 1 - _HARDLY:
        return "几乎可以肯定是同一人（200 次里错不到 1 次）"
    if probability < 1 / (2 * _LARGEST_OUT_OF):
        times = round(1 / max(probability, 1e-9))
        return f"约 {times} 次里 1 次是同一人" if times < 1000 else "是同一人的可能极小"  # noqa: PLR2004 - beyond that nobody counts
    share = Fraction(probability).limit_denominator(_LARGEST_OUT_OF)
    if share == 1:
        return f"{_LARGEST_OUT_OF} 次里至少 {_LARGEST_OUT_OF - 1} 次是同一人"
    return f"约 {share.denominator} 次里 {share.numerator} 次是同一人"


def strength_in_words(bits: float) -> str:
    """Bits as a factor: 使同一人的可能增大约 16 倍."""
    factor = exp2(abs(bits))
    if factor < 1.05:  # noqa: PLR2004 - below five per cent nobody notices
        return "几乎不改变判断"
    direction = "增大" if bits > 0 else "减小"
    shown = f"{factor:.1f}" if factor < 10 else f"{factor:,.0f}"  # noqa: PLR2004 - two digits
    return f"使同一人的可能{direction}约 {shown} 倍"
