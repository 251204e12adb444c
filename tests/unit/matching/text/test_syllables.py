from matching.text.syllables import UNREAD, syllable_numbers, syllable_table


def test_numbers_are_places_in_the_table_and_none_is_no_reading() -> None:
    table, numbers = syllable_table(), syllable_numbers()
    assert table[UNREAD].text == ""
    assert len(numbers) == len(table) - 1
    assert all(table[number].text == text for text, number in numbers.items())


def test_a_syllable_is_its_initial_and_final() -> None:
    zhuang = syllable_table()[syllable_numbers()["zhuang"]]
    assert (zhuang.initial, zhuang.final) == ("zh", "uang")
