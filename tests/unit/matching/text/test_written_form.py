import numpy as np

from matching.text.written_form import WrittenForms, written_weights

FORMS = WrittenForms.of(["龙", "河", "何", "王", "\ue000"])


def _chances(char: str) -> list[float]:
    chances = np.zeros(5, np.float32)
    FORMS.add_chances(chances, char)
    return [float(each) for each in chances]


def test_the_very_character_is_likeliest_also_in_traditional_form() -> None:
    for char in ("龙", "龍"):
        found = _chances(char)
        assert max(found) == found[0] >= np.float32(written_weights().same)


def test_cantonese_homophones_are_more_than_strangers() -> None:
    found = _chances("黄")
    assert found[3] >= np.float32(written_weights().cantonese)
    assert found[0] == 0


def test_characters_without_facts_are_only_like_themselves() -> None:
    found = _chances("\ue000")
    assert found[4] > 0
    assert found[:4] == [0, 0, 0, 0]
