import pytest

from matching.evidence import Evidence, Lacks, Signal
from matching.explain import (
    SIGNAL_WORDS,
    Score,
    explain,
    nobody_found,
    odds_in_words,
    strength_in_words,
    waterfall,
)
from matching.policy import load_policy
from matching.reach import reach_of


def test_the_waterfall_begins_with_the_prior_and_ends_with_the_total() -> None:
    evidence = (
        Evidence(signal=Signal.HOME, bits=7.1, detail=""),
        Evidence.silent(Signal.HEIGHT, "没有"),
        Evidence(signal=Signal.SEX, bits=-5.6, detail=""),
    )
    rows = waterfall(Score(prior_bits=-16.6, evidence=evidence))
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


POLICY = load_policy()
SCORE = Score(
    prior_bits=-15.0,
    evidence=(
        Evidence(
            signal=Signal.HOME, bits=9.0, detail="同县", probe_value="龙回", candidate_value="隆回"
        ),
        Evidence(signal=Signal.SEX, bits=-5.6, detail="性别不同"),
        Evidence.silent(Signal.NAME, "还没有问到受助人员的姓名", Lacks.RESIDENT),
        Evidence.silent(Signal.HEIGHT, "记录里没有身高"),
    ),
    calibration_bits=-0.5,
    rival_bits=-2.0,
)


def test_the_rows_of_a_lead_add_up_exactly_and_each_says_why() -> None:
    rows = explain(SCORE, POLICY).rows
    assert [row.label for row in rows] == ["先验", "家乡", "性别", "校准", "其他人选"]
    assert rows[-1].running == pytest.approx(-15 + 9 - 5.6 - 0.5 - 2)
    assert all(row.sentence for row in rows)


def test_what_speaks_against_and_what_is_missing_are_told_apart() -> None:
    told = explain(SCORE, POLICY)
    assert told.against == ("性别：性别不同",)
    assert told.missing == ("姓名：还没有问到受助人员的姓名", "身高：记录里没有身高")


def test_what_could_change_most_is_asked_first_and_of_the_side_that_lacks_it() -> None:
    name, height = explain(SCORE, POLICY).next_steps
    assert (name.signal, height.signal) == (Signal.NAME, Signal.HEIGHT)
    assert name.for_bits - name.against_bits > height.for_bits - height.against_bits
    assert "写明" in height.what or "报案人" in height.what
    assert "报案人" not in name.what


def test_details_can_be_hidden_without_changing_the_sum() -> None:
    hidden = explain(SCORE, POLICY, hide_details=True)
    assert [row.bits for row in hidden.rows] == [row.bits for row in explain(SCORE, POLICY).rows]
    assert "龙回" not in repr(hidden)
    assert "同县" not in repr(hidden)


def test_no_candidate_is_an_answer_with_next_questions() -> None:
    silent = [each for each in SCORE.evidence if each.is_silent]
    compared, *asks = nobody_found(silent, 100_000, POLICY)
    assert "100000 条" in compared
    assert asks[0].startswith("下一步：换个时间再问姓名")


@pytest.mark.parametrize("signal", Signal)
def test_every_signal_has_a_reach_on_the_right_sides(signal: Signal) -> None:
    reach = reach_of(signal, POLICY)
    assert reach.least <= 0 < reach.most
