"""Birth years: the gap between two ranges; stated ages are rounded and counted in 虚岁."""

from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import PersonFacts, YearRange

#: A range this wide says hardly more than that somebody is grown up.
_WIDE = 12


def compare_birth(ours: PersonFacts, theirs: PersonFacts, setting: Setting) -> Evidence:
    """The gap in years; a wide range may speak against but hardly for."""
    if ours.birth is None or theirs.birth is None:
        return Evidence.silent(Signal.BIRTH, "一方没有出生年份")
    gap = years_apart(ours.birth, theirs.birth)
    bits = setting.policy.birth.bits(gap)
    if _width(ours.birth) >= _WIDE or _width(theirs.birth) >= _WIDE:
        bits = min(bits, 1.0)
    return Evidence(
        signal=Signal.BIRTH,
        bits=bits,
        detail=f"出生年份相差 {gap} 年" if gap else "出生年份相符",
        probe_value=_words(ours.birth),
        candidate_value=_words(theirs.birth),
    )


def years_apart(one: YearRange, other: YearRange) -> int:
    """Years between two ranges; 0 when they overlap."""
    return max(one.earliest - other.latest, other.earliest - one.latest, 0)


def _width(years: YearRange) -> int:
    return years.latest - years.earliest


def _words(years: YearRange) -> str:
    if years.earliest == years.latest:
        return f"{years.earliest} 年"
    return f"{years.earliest}–{years.latest} 年"
