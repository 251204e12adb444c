from math import fsum

import pytest

from matching.evidence import Evidence, Signal
from matching.fusion import Band, fuse, probability
from matching.policy import load_policy

POLICY = load_policy()


def piece(signal: Signal, bits: float) -> Evidence:
    return Evidence(signal=signal, bits=bits, detail="")


def test_the_total_is_prior_plus_evidence() -> None:
    fused = fuse(
        [piece(Signal.NAME, 5.0), piece(Signal.SEX, -5.6)], prior_bits=-10.0, policy=POLICY
    )
    assert fused.total_bits == pytest.approx(-10.6)
    assert fused.band is Band.WEAK


def test_signals_that_say_the_same_thing_twice_are_capped_together() -> None:
    evidence = [piece(Signal.HOME, 20.0), piece(Signal.RELATIVES, 20.0), piece(Signal.NAME, 1.0)]
    fused = fuse(evidence, prior_bits=0.0, policy=POLICY)
    (cap,) = POLICY.caps
    capped = [each for each in fused.evidence if each.signal in cap.signals]
    assert fsum(each.bits for each in capped) == pytest.approx(cap.most)
    assert fused.total_bits == pytest.approx(cap.most + 1.0)


def test_what_speaks_against_is_never_capped_away() -> None:
    evidence = [piece(Signal.HOME, 30.0), piece(Signal.RELATIVES, -2.0)]
    fused = fuse(evidence, prior_bits=0.0, policy=POLICY)
    assert fused.evidence[1].bits == -2.0


def test_probabilities_stay_between_nought_and_one() -> None:
    assert probability(0) == 0.5
    assert probability(1) == pytest.approx(2 / 3)
    assert 0 <= probability(-5000) < probability(-10) < probability(10) <= probability(5000) <= 1


def test_strong_needs_a_second_kind_of_evidence() -> None:
    face_only = fuse([piece(Signal.FACE, 40.0)], prior_bits=-10.0, policy=POLICY)
    both = fuse(
        [piece(Signal.FACE, 11.0), piece(Signal.NAME, 13.0)], prior_bits=-15.0, policy=POLICY
    )
    assert face_only.band is Band.POSSIBLE
    assert both.band is Band.STRONG
