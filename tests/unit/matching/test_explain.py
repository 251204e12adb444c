import pytest

from matching.evidence import Evidence, Signal
from matching.explain import SIGNAL_WORDS, odds_in_words, strength_in_words, waterfall


def test_the_waterfall_begins_with_the_prior_and_ends_with_the_total() -> None:
    evidence = [
        Evidence(signal=Signal.HOME, bits=7.1, detail=""),
        Evidence.silent(Signal.HEIGHT, "没有"),
        Evidence(signal=Signal.SEX, bits=-5.6, detail=""),
    ]
    rows = waterfall(-16.6, evidence)
    assert [row.label for row in rows] == ["先验", "家乡", "性别"]
    assert rows[-1].running == pytest.approx(-16.6 + 7.1 - 5.6)


def test_every_signal_has_a_word() -> None:
    assert set(SIGNAL_WORDS) == set(Signal)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.8, "约 5 次里 4 次是同一人"),
        (0.5, "约 2 次里 1 次是同一人"),
        (0.02, "约 50 次里 1 次是同一人"),
        (0.999, "几乎可以肯定是同一人（200 次里错不到 1 次）"),
        (0.97, "10 次里至少 9 次是同一人"),
        (0.0, "是同一人的可能极小"),
    ],
)
def test_probabilities_are_told_as_people_say_them(probability: float, words: str) -> None:
    assert odds_in_words(probability) == words


def test_bits_are_told_as_factors() -> None:
    assert strength_in_words(4.0) == "使同一人的可能增大约 16 倍"
    assert strength_in_words(-1.0) == "使同一人的可能减小约 2.0 倍"
    assert strength_in_words(0.01) == "几乎不改变判断"
