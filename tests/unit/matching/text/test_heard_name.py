from matching.text.heard_name import heard_name, spelled
from matching.text.syllables import UNREAD, syllable_numbers

N = syllable_numbers()


def test_characters_and_pinyin_are_positions() -> None:
    found = heard_name("龙hui", longest=8)
    assert [each.char for each in found] == ["龙", ""]
    assert found[1].readings == (N["hui"],)


def test_spelling_takes_the_fewest_syllables() -> None:
    assert spelled("longhui") == (N["long"], N["hui"])
    assert spelled("lü") == (N["lv"],)
    assert spelled("xyz") == ()
    assert spelled("") == ()


def test_a_name_is_cut_and_signs_are_no_positions() -> None:
    assert len(heard_name("龙" * 100, longest=5)) == 5
    assert heard_name("。！😀", longest=5) == ()


def test_a_rare_character_without_reading_keeps_its_position() -> None:
    _, rare = heard_name("龙\ue000", longest=5)
    assert (rare.char, rare.readings) == ("\ue000", (UNREAD,))
