from matching.text.characters import char_readings, character_table, simplified
from matching.text.syllables import syllable_numbers

TABLE = character_table()
N = syllable_numbers()


def test_characters_are_read_simplified_and_taken_apart() -> None:
    assert N["long"] in char_readings("龙")
    assert {N["chong"], N["zhong"]} <= set(char_readings("重"))
    assert simplified("龍") == "龙"
    assert simplified("龙") == "龙"
    assert chr(TABLE.radical("河")) in "氵水"
    assert ord("可") in TABLE.parts("河")


def test_cantonese_tells_the_same_from_other() -> None:
    assert set(TABLE.jyutping("王")) & set(TABLE.jyutping("黄"))
    assert not set(TABLE.jyutping("王")) & set(TABLE.jyutping("李"))


def test_an_unknown_character_stays_as_it_is() -> None:
    for char in ("\ue000", "😀", "a", "\0"):
        assert TABLE.row(char) is None
        assert simplified(char) == char
        assert char_readings(char) == ()
        assert (TABLE.radical(char), TABLE.corners(char)) == (0, -1)
