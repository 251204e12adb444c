from math import fsum

import numpy as np
import pytest

from matching.evidence import Evidence, Signal
from matching.fusion import Band, Odds, band, fuse, probability, total_bits, with_rivals
from matching.policy import load_policy

POLICY = load_policy()


def piece(signal: Signal, bits: float) -> Evidence:
    return Evidence(signal=signal, bits=bits, detail="")


def test_the_total_is_prior_plus_evidence() -> None:
    fused = fuse(
        [piece(Signal.NAME, 5.0), piece(Signal.SEX, -5.6)], prior_bits=-10.0, policy=POLICY
    )
    assert fused.total_bits == pytest.approx(-10.6)
    assert band(fused, POLICY) is Band.WEAK


def test_signals_that_say_the_same_thing_twice_are_capped_together() -> None:
    evidence = [piece(Signal.NAME, 20.0), piece(Signal.RELATIVES, 20.0), piece(Signal.SEX, 1.0)]
    fused = fuse(evidence, prior_bits=0.0, policy=POLICY)
    cap = next(each for each in POLICY.caps if Signal.NAME in each.signals)
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
        [piece(Signal.FACE, 11.0), piece(Signal.NAME, 22.0)], prior_bits=-15.0, policy=POLICY
    )
    assert band(face_only, POLICY) is Band.POSSIBLE
    assert band(both, POLICY) is Band.STRONG


def test_all_records_at_once_have_the_totals_of_one_by_one() -> None:
    parts = {
        Signal.NAME: np.array([20.0, -2.0]),
        Signal.RELATIVES: np.array([20.0, 5.0]),
        Signal.SEX: np.array([0.9, -5.0]),
    }
    pairs = [
        fuse(
            [piece(signal, float(bits[row])) for signal, bits in parts.items()],
            prior_bits=0.0,
            policy=POLICY,
        )
        for row in range(2)
    ]
    one_by_one = [each.total_bits + each.calibration_bits for each in pairs]
    assert total_bits(parts, 2, POLICY).tolist() == pytest.approx(one_by_one)


def test_rivals_and_nobody_share_the_chance() -> None:
    bits = np.array([5.0, 5.0, -20.0])
    odds = Odds.of(bits)
    fused = [fuse([], prior_bits=each, policy=POLICY) for each in bits.tolist()]
    shares = [with_rivals(each, odds).probability for each in fused]
    assert fsum([odds.nobody, *shares]) == pytest.approx(1)
    assert shares[0] == pytest.approx(32 / 65, rel=1e-4)


def test_without_rivals_nothing_is_taken_off() -> None:
    assert Odds.of(np.array([60.0])).rival_bits(60.0) == 0.0
