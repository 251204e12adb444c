import numpy as np
import pytest

from matching.dialect.groups import dialect_groups
from matching.dialect.inference import (
    MIXED,
    SpeechEvidence,
    group_shares,
    guess_groups,
    log_likelihood,
)
from matching.dialect.word_markers import find_markers


def best(evidence: SpeechEvidence) -> str:
    return guess_groups(evidence)[0].group


def test_every_group_and_mixed_are_answered_and_sum_to_one() -> None:
    found = guess_groups(SpeechEvidence(markers=find_markers("佢哋冇屋企")))
    assert {each.group for each in found} == {group.id for group in dialect_groups()} | {MIXED}
    assert sum(each.probability for each in found) == pytest.approx(1)
    assert [each.probability for each in found] == sorted(
        (each.probability for each in found), reverse=True
    )
    assert found[0].group == "yue"
    assert "屋企" in found[0].markers


def test_nothing_said_is_no_evidence() -> None:
    nothing = SpeechEvidence()
    assert not nothing
    assert not log_likelihood(nothing).any()
    chances = {each.group: each.probability for each in guess_groups(nothing)}
    assert len({round(chances[group.id], 9) for group in dialect_groups()}) == 1


@pytest.mark.parametrize(
    ("pairs", "group"),
    [
        ([("福兰", "湖南"), ("费龙", "会隆"), ("房山", "黄山")], "xiang"),
        ([("王石", "黄石"), ("汪埔", "黄埔"), ("寸光", "春光"), ("思甘", "西江")], "yue"),
    ],
)
def test_the_group_that_explains_corrected_names_gains(
    pairs: list[tuple[str, str]], group: str
) -> None:
    odds = log_likelihood(SpeechEvidence(corrected=pairs))
    numbers = {each.id: at for at, each in enumerate(dialect_groups())}
    assert odds[numbers[group]] > odds[numbers["beijing"]]
    assert odds[numbers[group]] > np.median(odds)


def test_names_heard_right_speak_for_the_standard() -> None:
    odds = log_likelihood(SpeechEvidence(corrected=[("湖南", "湖南"), ("水浒", "水浒")]))
    numbers = {each.id: at for at, each in enumerate(dialect_groups())}
    assert odds[numbers["beijing"]] > odds[numbers["minnan"]]


def test_pairs_of_different_lengths_or_without_reading_say_nothing() -> None:
    evidence = SpeechEvidence(corrected=[("湖南省", "湖南"), ("？", "！"), ("\ue000", "湖")])
    assert not log_likelihood(evidence).any()


def test_what_the_speech_is_called_decides_without_ruling_out() -> None:
    found = guess_groups(SpeechEvidence(named=[{"yue": 0.95, "pinghua": 0.05}]))
    assert found[0].group == "yue"
    assert min(each.probability for each in found) > 0


def test_a_name_for_several_groups_means_its_parts() -> None:
    found = guess_groups(SpeechEvidence(named=[{"southwest": 1.0}]))
    assert all(each.group.startswith("southwest-") for each in found[:5])


def test_witnesses_against_each_other_are_mixed() -> None:
    text = "屋企，圪蹴，小嫚，攒劲，查某，堂客"
    found = guess_groups(SpeechEvidence(markers=find_markers(text)))
    assert found[0].group == MIXED


def test_a_mixed_speaker_may_be_of_any_group_alike() -> None:
    guesses = guess_groups(SpeechEvidence(markers=find_markers("佢哋冇屋企")))
    shares = group_shares(guesses)
    assert {group for group, _ in shares} == {group.id for group in dialect_groups()}
    assert sum(share for _, share in shares) == pytest.approx(1)
    assert [group for group, _ in shares] == [e.group for e in guesses if e.group != MIXED]
