"""Own names: the best pair of what was heard and what is on record, rarer names worth more."""

from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.frequencies import rarity_bits
from matching.model import PersonFacts
from matching.text.names import NameMatch, NameOutcome, name_similarity, split_name


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
        else min(_bits(match, written, setting), weights.most)
    )
    return Evidence(
        signal=Signal.NAME,
        bits=bits,
        detail=_detail(match, heard, written),
        probe_value=heard,
        candidate_value=written,
    )


def _bits(match: NameMatch, written: str, setting: Setting) -> float:
    name, weights = split_name(written), setting.policy.name
    share = setting.frequencies.surname_share(name)
    if match.outcome is not NameOutcome.SURNAME:
        share *= setting.frequencies.given_share(name)
    if match.outcome is NameOutcome.NEAR:
        # A near sound covers several names: about as many as one fold of the fuzzy rules joins.
        share *= _NAMES_PER_NEAR_SOUND
    return rarity_bits(weights.m[match.outcome], share, weights.rarest)


#: How many names of a registry fall together when one syllable is heard only roughly (assumed).
_NAMES_PER_NEAR_SOUND = 8.0


def _detail(match: NameMatch, heard: str, written: str) -> str:
    if match.outcome is NameOutcome.DIFFERENT:
        return f"自称“{heard}”与登记姓名“{written}”不同"
    return f"“{heard}”与“{written}”{'、'.join(match.rules)}"
