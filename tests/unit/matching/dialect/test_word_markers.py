import numpy as np
import pytest

from matching.dialect.groups import dialect_groups
from matching.dialect.word_markers import find_markers


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("冇钱返屋企", "yue"),
        ("涯兜食朝", "hakka"),
        ("查某走仔", "minnan"),
        ("佢的婆姨在圪梁上", "jin"),
        ("小嫚赶海", "jiaoliao"),
        ("尕娃攒劲得很", "lanyin"),
        ("搞么事，过早没有", "southwest-huguang"),
    ],
)
def test_words_speak_for_their_group(text: str, group: str) -> None:
    total = np.sum([marker.log_odds for marker in find_markers(text)], axis=0)
    assert dialect_groups()[int(total.argmax())].id == group


def test_each_word_counts_once_and_the_longest_counts() -> None:
    found = find_markers("佢哋冇钱，佢哋冇屋")
    assert [each.word for each in found] == ["佢哋", "冇"]
    assert (found[0].start, found[0].end) == (0, 2)


@pytest.mark.parametrize("text", ["", "我家在河南，去年出来打工。", "abc 123", "大家都好"])
def test_ordinary_words_say_nothing(text: str) -> None:
    assert find_markers(text) == ()


def test_log_odds_are_about_the_mean_over_groups() -> None:
    (marker,) = find_markers("屋企")
    assert np.isfinite(marker.log_odds).all()
    assert np.exp(marker.log_odds).mean() == pytest.approx(1, abs=0.35)
