"""A lead in words and in rows that add up: data for pages, print and command line, no HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from math import exp2
from typing import Final

from matching.evidence import Evidence, Lacks, Signal, Stance
from matching.policy import MatchPolicy
from matching.reach import reach_of
from matching.tables import toml_table

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
#: A step of fewer bits is not worth a row.
_NOTHING: Final = 1e-9
#: How many next steps anybody reads.
_STEPS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a lead's chance is made of."""

    prior_bits: float
    evidence: tuple[Evidence, ...]
    calibration_bits: float = 0.0
    same_person_bits: float = 0.0
    rival_bits: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterfallRow:
    """One step of the sum: from where the total stood to where it stands."""

    label: str
    bits: float
    #: The total after this row.
    running: float
    #: Why, in one Chinese sentence.
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Something to find out, and what it could change."""

    signal: Signal
    what: str
    #: Bits if it agrees as well as can be, and if it does not agree at all.
    for_bits: float
    against_bits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a lead stands where it stands."""

    #: The last running total is the log2 odds of the lead's probability.
    rows: tuple[WaterfallRow, ...]
    #: What speaks against, and what is not known; one sentence each.
    against: tuple[str, ...]
    missing: tuple[str, ...]
    #: What would change the rank most, first.
    next_steps: tuple[NextStep, ...]


def explain(score: Score, policy: MatchPolicy, *, hide_details: bool = False) -> Explanation:
    """One lead. With `hide_details` no value of either side is told, only signals and bits."""
    evidence = tuple(map(without_details, score.evidence)) if hide_details else score.evidence
    return Explanation(
        rows=waterfall(replace(score, evidence=evidence)),
        against=tuple(_sentence(e) for e in evidence if e.stance is Stance.AGAINST),
        missing=tuple(_sentence(e) for e in evidence if e.is_silent),
        next_steps=next_steps(evidence, policy),
    )


def without_details(evidence: Evidence) -> Evidence:
    """The same piece of evidence without anybody's values."""
    words = {Stance.FOR: "支持", Stance.AGAINST: "反对", Stance.SILENT: "不能比较"}
    return Evidence(
        signal=evidence.signal,
        bits=evidence.bits,
        detail=words[evidence.stance],
        is_silent=evidence.is_silent,
        lacks=evidence.lacks,
    )


def next_steps(evidence: Iterable[Evidence], policy: MatchPolicy) -> tuple[NextStep, ...]:
    """What to find out about silent signals, the one that could change most first."""
    found = [
        NextStep(signal=each.signal, what=what, for_bits=reach.most, against_bits=reach.least)
        for each in evidence
        if each.is_silent and (what := _what(each))
        for reach in [reach_of(each.signal, policy)]
    ]
    found.sort(key=lambda step: (step.against_bits - step.for_bits, step.signal))
    return tuple(found[:_STEPS])


def nobody_found(
    silent: Iterable[Evidence], gallery_size: int, policy: MatchPolicy
) -> tuple[str, ...]:
    """Nobody found is an answer, too: what was done, and what to find out next.

    `silent`: the signals about which the resident's side knows nothing.
    """
    steps = next_steps(silent, policy)
    compared = f"已与库内 {gallery_size} 条记录逐一比对，没有一条够得上待核线索。"
    again = "新记录入库或补充线索后会自动再比。"
    asks = tuple(f"下一步：{step.what}。" for step in steps)
    return (compared + again, *asks)


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


def waterfall(score: Score) -> tuple[WaterfallRow, ...]:
    """The prior, each piece of evidence that speaks, then calibration, records of the same person and those of others.

    The last running total is the log2 odds of the probability that is shown.
    """
    steps = [
        ("先验", score.prior_bits, "看任何线索之前：库有多大，受助人员在库内的比例有多高"),
        *(
            (SIGNAL_WORDS[each.signal], each.bits, each.detail)
            for each in score.evidence
            if not each.is_silent
        ),
        *(
            (label, bits, sentence)
            for label, bits, sentence in (
                ("校准", score.calibration_bits, "各项线索并不完全独立，按实际核实结果折算"),
                (
                    "同一人另有记录",
                    score.same_person_bits,
                    "另有记录的姓名和证件号、电话、亲属或走失日期与此相同，很可能登记的是同一个人：几条的可能合在一起算",
                ),
                (
                    "其他人选",
                    score.rival_bits,
                    "至多一条记录是本人：其他记录也像，就分走一部分可能",
                ),
            )
            if abs(bits) > _NOTHING
        ),
    ]
    rows: list[WaterfallRow] = []
    running = 0.0
    for label, bits, sentence in steps:
        running += bits
        rows.append(WaterfallRow(label=label, bits=bits, running=running, sentence=sentence))
    return tuple(rows)


def _sentence(evidence: Evidence) -> str:
    return f"{SIGNAL_WORDS[evidence.signal]}：{evidence.detail}"


def _what(evidence: Evidence) -> str:
    """The step for whoever lacks the fact; "" when nobody can help."""
    step = _steps().get(evidence.signal.value, {})
    return step.get("look" if evidence.lacks is Lacks.RECORD else "ask", "")


@cache
def _steps() -> Mapping[str, Mapping[str, str]]:
    return toml_table("matching", "next_steps.toml")
