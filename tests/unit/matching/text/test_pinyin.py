import pytest

from matching.text.pinyin import name_reading, surname_table, syllables


def test_there_is_one_syllable_for_each_character() -> None:
    assert syllables("隆回") == ("long", "hui")
    assert len(syllables("隆a回🙂𬭎")) == 5
    assert syllables("") == ()


@pytest.mark.parametrize(
    ("surname", "reading"),
    [("单", "shan"), ("区", "ou"), ("查", "zha"), ("万俟", "mo qi"), ("刘", "liu")],
)
def test_surnames_are_read_as_surnames(surname: str, reading: str) -> None:
    assert name_reading(surname, "福") == (*reading.split(), "fu")


def test_the_table_holds_no_surname_twice_as_compound_and_common() -> None:
    table = surname_table()
    assert all(len(each) == 2 for each in table.compound)
    assert all(len(each) == 1 for each in table.common)
    assert all(len(name) == len(reading) for name, reading in table.readings.items())
