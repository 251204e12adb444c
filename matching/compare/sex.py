"""Sex as written on both forms."""

from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import PersonFacts, Sex

_WORDS = {Sex.MALE: "男", Sex.FEMALE: "女"}


def compare_sex(ours: PersonFacts, theirs: PersonFacts, setting: Setting) -> Evidence:
    """Half the population agrees by accident; a contradiction is a clerk's slip or another person."""
    if ours.sex is None or theirs.sex is None:
        return Evidence.silent(Signal.SEX, "一方没有性别")
    is_same = ours.sex is theirs.sex
    return Evidence(
        signal=Signal.SEX,
        bits=setting.policy.sex_same if is_same else setting.policy.sex_different,
        detail="性别相同" if is_same else "性别不同",
        probe_value=_WORDS[ours.sex],
        candidate_value=_WORDS[theirs.sex],
    )
