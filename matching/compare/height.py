"""Height in centimetres; measured on both sides with a few centimetres of error."""

from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import PersonFacts


def compare_height(ours: PersonFacts, theirs: PersonFacts, setting: Setting) -> Evidence:
    """The difference of the two heights."""
    if ours.height_cm is None or theirs.height_cm is None:
        return Evidence.silent(Signal.HEIGHT, "一方没有身高")
    gap = abs(ours.height_cm - theirs.height_cm)
    return Evidence(
        signal=Signal.HEIGHT,
        bits=setting.policy.height.bits(gap),
        detail=f"身高相差 {gap} 厘米",
        probe_value=f"{ours.height_cm} 厘米",
        candidate_value=f"{theirs.height_cm} 厘米",
    )
