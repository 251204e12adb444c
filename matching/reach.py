"""How far one signal could move a lead: at most for it, at most against it."""

from dataclasses import dataclass
from math import log2
from typing import Final

from matching.evidence import Signal
from matching.policy import Channel, MatchPolicy

#: A channel could say more of the rarest words; this is what it says of usual ones that agree.
_USUAL_MOST: Final = 12.0
#: Most that is told against somebody by a face (`calibration.toml`).
_FACE_AGAINST: Final = -5.0


@dataclass(frozen=True, slots=True)
class Reach:
    """Bits when a fact that is not known yet agrees as well as usual, and when it does not at all."""

    most: float
    least: float


def reach_of(signal: Signal, policy: MatchPolicy) -> Reach:
    """The reach of one signal under a policy."""
    if signal is Signal.FACE:
        return Reach(policy.limits.face_cap, _FACE_AGAINST)
    outcomes = policy.outcomes.get(signal.value)
    if outcomes is not None:
        bits = outcomes.bits()
        return Reach(bits[0], bits[-1])
    channels = {
        Signal.NAME: policy.name,
        Signal.RELATIVES: policy.relatives,
        Signal.HOME: policy.home,
        Signal.FOUND_PLACE: policy.found_place,
        Signal.DIALECT: policy.dialect,
    }
    if signal in channels:
        return _of_channel(channels[signal])
    if signal in {Signal.ID_NUMBER, Signal.PHONE}:
        return Reach(min(policy.numbers.most, _USUAL_MOST), log2(policy.numbers.wrong))
    shared = policy.marks if signal is Signal.MARKS else policy.words
    return Reach(min(log2(shared.shared / shared.rare), shared.most), 0.0)


def _of_channel(channel: Channel) -> Reach:
    return Reach(min(channel.most, _USUAL_MOST), log2(channel.slip))
