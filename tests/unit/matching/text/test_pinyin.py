import pytest

from matching.text.pinyin import fold, folded, readings, surname_table, syllables


def test_there_is_one_syllable_for_each_character() -> None:
    assert syllables("隆回") == ("long", "hui")
    assert len(syllables("隆a回🙂𬭎")) == 5
    assert syllables("") == ()


@pytest.mark.parametrize(
    ("surname", "reading"),
    [("单", "shan"), ("仇", "qiu"), ("区", "ou"), ("查", "zha"), ("解", "xie"), ("朴", "piao")],
)
def test_surnames_are_read_as_surnames_first(surname: str, reading: str) -> None:
    assert readings(surname, "福")[0] == (reading, "fu")


def test_both_readings_of_a_surname_are_kept() -> None:
    assert set(readings("覃", "明")) == {("qin", "ming"), ("tan", "ming")}


def test_a_surname_of_two_characters_is_read_as_one_name() -> None:
    assert readings("万俟", "明")[0] == ("mo", "qi", "ming")


@pytest.mark.parametrize(
    ("heard", "meant"),
    [("long", "nong"), ("hu", "fu"), ("zhang", "zang"), ("xing", "xin"), ("ren", "leng")],
)
def test_distinctions_that_are_often_lost_fall_together(heard: str, meant: str) -> None:
    assert folded(heard) == folded(meant)


def test_syllables_that_nobody_confuses_stay_apart() -> None:
    assert len({fold((each,)) for each in ("ba", "ma", "guo", "xue", "yi")}) == 5


def test_the_table_holds_no_surname_twice_as_compound_and_common() -> None:
    table = surname_table()
    assert all(len(each) == 2 for each in table.compound)
    assert all(len(each) == 1 for each in table.common)
    assert all(len(name) == len(reading) for name, reading in table.readings.items())
