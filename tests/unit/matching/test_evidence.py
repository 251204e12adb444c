from math import inf, nan

import pytest

from matching.errors import BadFactError
from matching.evidence import Evidence, Signal, Stance
from matching.model import YearRange


def test_silence_is_neither_for_nor_against() -> None:
    silent = Evidence.silent(Signal.HEIGHT, "一方没有身高")
    assert (silent.stance, silent.bits) == (Stance.SILENT, 0.0)
    assert Evidence(signal=Signal.SEX, bits=1, detail="相同").stance is Stance.FOR
    assert Evidence(signal=Signal.SEX, bits=-1, detail="不同").stance is Stance.AGAINST


@pytest.mark.parametrize("bits", [inf, -inf, nan])
def test_bits_are_finite(bits: float) -> None:
    with pytest.raises(BadFactError):
        Evidence(signal=Signal.SEX, bits=bits, detail="")


def test_a_silent_signal_has_no_bits() -> None:
    with pytest.raises(BadFactError):
        Evidence(signal=Signal.SEX, bits=1, detail="", is_silent=True)


def test_years_run_forward() -> None:
    with pytest.raises(BadFactError):
        YearRange(earliest=1965, latest=1964)
