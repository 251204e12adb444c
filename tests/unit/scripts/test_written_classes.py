import pytest

from scripts.dialects.misheard import learned_characters
from scripts.dialects.written_classes import class_numbers, common_in_class, written_for

PLACE = {char: place for place, char in enumerate(learned_characters())}
#: 湖, 扶, 福 and everything else, each a class of its own.
CLASSES = [[PLACE["湖"]], [PLACE["扶"]], [PLACE["福"]]]
CLASSES.append([place for place in PLACE.values() if [place] not in CLASSES])


def test_every_point_and_character_counts_alike_and_one_syllable_is_no_mishearing() -> None:
    one = [("湖", "wu"), ("扶", "wu"), ("福", "fuk")]
    other = [("湖", "fu"), ("扶", "fu"), ("福", "fu")]
    chances = written_for([one, other], CLASSES)
    assert chances[0] == pytest.approx([0, 0.75, 0.25, 0])
    assert chances[1] == pytest.approx([1, 0, 0, 0])
    assert chances[2] == pytest.approx([1, 0, 0, 0])
    assert chances[3].sum() == 0


def test_classes_know_their_common_characters() -> None:
    assert class_numbers(CLASSES)[PLACE["福"]] == 2
    assert common_in_class(CLASSES)[:3].tolist() == [1, 1, 1]
    assert common_in_class([[PLACE["魃"]]]).tolist() == [0]
