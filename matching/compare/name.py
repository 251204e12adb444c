"""Own names: the best pair of what was heard and what is on record, rarer names worth more."""

from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.frequencies import Frequencies, rarity_bits
from matching.model import PersonFacts
from matching.text.name_costs import NameMatch, NameOutcome, name_similarity
from matching.text.names import PersonName, split_name


def compare_name(ours: PersonFacts, theirs: PersonFacts, setting: Setting) -> Evidence:
    """The best-agreeing pair of names; silent when one side has none."""
    if not ours.names or not theirs.names:
        return Evidence.silent(Signal.NAME, "一方没有姓名")
    pairs = [_pair(heard, written, setting) for heard in ours.names for written in theirs.names]
    return max(pairs, key=lambda each: (each.bits, each.probe_value, each.candidate_value))


def _pair(heard: str, written: str, setting: Setting) -> Evidence:
    match = name_similarity(heard, written)
    weights = setting.policy.name
    bits = (
        weights.different
        if match.outcome is NameOutcome.DIFFERENT
        else min(_bits(match, heard, written, setting), weights.most)
    )
    return Evidence(
        signal=Signal.NAME,
        bits=bits,
        detail=_detail(match, heard, written),
        probe_value=heard,
        candidate_value=written,
    )


def _bits(match: NameMatch, heard: str, written: str, setting: Setting) -> float:
    weights = setting.policy.name
    share = _share(match, split_name(heard), split_name(written), setting.frequencies)
    return rarity_bits(weights.m[match.outcome], share, weights.rarest)


def _share(
    match: NameMatch, heard: PersonName, written: PersonName, frequencies: Frequencies
) -> float:
    """The share of the registry that would agree as much by accident."""
    if match.outcome is NameOutcome.PET_NAME:
        shared = sorted(set(heard.given) & set(written.given))
        return min(frequencies.character_share(char) for char in shared)
    surname = frequencies.surname_share(written)
    if match.outcome is NameOutcome.SURNAME:
        return surname
    whole = surname * frequencies.given_share(written)
    return whole * _NAMES_PER_NEAR_SOUND if match.outcome is NameOutcome.NEAR else whole


#: How many names of a registry fall together when one syllable is heard only roughly (assumed).
_NAMES_PER_NEAR_SOUND = 8.0


def _detail(match: NameMatch, heard: str, written: str) -> str:
    if match.outcome is NameOutcome.DIFFERENT:
        return f"自称“{heard}”与登记姓名“{written}”不同"
    return f"“{heard}”与“{written}”{'、'.join(match.rules)}"
