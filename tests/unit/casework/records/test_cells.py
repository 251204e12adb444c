from datetime import date

import pytest

from casework.records.cells import (
    BadCellError,
    PartialDate,
    birth_on_id,
    plain_cell,
    read_age,
    read_blood_type,
    read_date,
    read_height,
    read_id_number,
    read_names,
    read_relatives,
    read_sex,
    read_words,
    sex_on_id,
    years_from_age,
)
from matching.model import Relation, Relative, Sex, YearRange


def with_check_digit(first_17: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(first_17, weights, strict=True))
    return first_17 + "10X98765432"[total % 11]


@pytest.mark.parametrize(
    "text",
    ["1964-03-05", "1964/3/5", "1964.3.5", "1964年3月5日", "19640305", "１９６４年３月５日"],
)
def test_a_full_date_is_read_however_it_is_written(text: str) -> None:
    assert read_date(text) == PartialDate(year=1964, month=3, day=5)


def test_the_time_of_day_is_dropped() -> None:
    assert read_date("2010-05-06 08:30:00") == PartialDate(year=2010, month=5, day=6)
    assert read_date("2010年5月6日 8时") == PartialDate(year=2010, month=5, day=6)


@pytest.mark.parametrize("text", ["1964", "1964年"])
def test_a_year_alone_may_mean_any_of_its_days(text: str) -> None:
    read = read_date(text)
    assert (read.earliest, read.latest) == (date(1964, 1, 1), date(1964, 12, 31))


@pytest.mark.parametrize("text", ["2024-02", "2024年2月", "2024/2"])
def test_a_month_ends_on_its_own_last_day(text: str) -> None:
    assert read_date(text).latest == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["1964-02-30", "1964-00-01", "1964-01-00", "0000-01-01", "六四年", "45000.5", "64-3-5"]
)
def test_a_date_that_does_not_exist_or_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadCellError):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "sex"), [("男", Sex.MALE), ("女性", Sex.FEMALE), ("Ｆ", Sex.FEMALE)]
)
def test_sex_is_read(text: str, sex: Sex) -> None:
    assert read_sex(text) is sex


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("165", 165),
        ("165cm", 165),
        ("１６５厘米", 165),
        ("1.65米", 165),
        ("1米7", 170),
        ("约1.6m左右", 160),
    ],
)
def test_height_is_read_in_centimetres(text: str, height: int) -> None:
    assert read_height(text) == height


@pytest.mark.parametrize("text", ["39", "251", "5尺", "1.65.2", "高"])
def test_an_impossible_height_is_refused(text: str) -> None:
    with pytest.raises(BadCellError):
        read_height(text)


def test_age_is_read_and_turned_into_years_that_allow_for_nominal_age() -> None:
    assert read_age("约65岁左右") == 65
    assert years_from_age(65, 2010) == YearRange(earliest=1944, latest=1946)
    with pytest.raises(BadCellError):
        read_age("126")


def test_an_id_number_gives_birth_and_sex() -> None:
    man, woman = with_check_digit("11010119640305001"), with_check_digit("11010119640305002")
    assert read_id_number(f" {man.lower()} ") == man
    assert birth_on_id(man) == PartialDate(year=1964, month=3, day=5)
    assert (sex_on_id(man), sex_on_id(woman)) == (Sex.MALE, Sex.FEMALE)


def test_an_id_number_from_before_a_county_was_renamed_is_accepted() -> None:
    old = with_check_digit("44182319640305123")
    assert read_id_number(old) == old


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("110101196403050010", "校验码"),
        ("1101011964", "18 位"),
        ("１１０１０１６４０３０５００１", "18 位"),
        (with_check_digit("11010119640231001"), "出生日期"),
    ],
)
def test_a_wrong_id_number_is_refused_without_being_repeated(number: str, word: str) -> None:
    assert number != with_check_digit("11010119640305001")
    with pytest.raises(BadCellError) as refusal:
        read_id_number(number)
    assert word in refusal.value.sentence
    assert number not in refusal.value.sentence


def test_several_names_in_one_cell_are_told_apart() -> None:
    assert read_names("区娣（阿娣）、区 三妹") == ("区娣", "阿娣", "区三妹")
    assert read_names("Ali Khan") == ("Ali Khan",)


def test_relatives_are_read_from_the_usual_form() -> None:
    assert read_relatives("父亲：区伯佑；母亲：黄氏（已故），细佬 区志强。大哥李国顺") == (
        Relative(relation=Relation.FATHER, name="区伯佑"),
        Relative(relation=Relation.MOTHER, name="黄"),
        Relative(relation=Relation.YOUNGER_BROTHER, name="区志强"),
        Relative(relation=Relation.ELDER_BROTHER, name="李国顺"),
    )


def test_a_relation_without_a_name_and_a_name_without_a_relation_are_kept() -> None:
    assert read_relatives("母亲;子墨;女") == (
        Relative(relation=Relation.MOTHER),
        Relative(relation=Relation.OTHER, name="子墨"),
        Relative(relation=Relation.DAUGHTER),
    )


@pytest.mark.parametrize("text", ["", "  ", "不详", "—", "\u200b无\ufeff"])
def test_a_cell_that_says_nothing_is_empty(text: str) -> None:
    assert plain_cell(text) == ""


def test_invisible_characters_go_and_rare_ones_stay() -> None:
    assert plain_cell("\x00刘\ud800 \t福\u200b生\U00030000") == "刘 福 生\U00030000"


@pytest.mark.parametrize(("text", "group"), [("AB", "AB"), ("o型", "O"), (" A 型", "A")])
def test_a_blood_group_is_read_with_or_without_its_word(text: str, group: str) -> None:
    assert read_blood_type(text).value == group


def test_another_blood_group_is_refused() -> None:
    with pytest.raises(BadCellError):
        read_blood_type("熊猫血")


def test_several_words_are_read_once_each() -> None:
    assert read_words("泥水匠、挑夫，泥水匠") == ("泥水匠", "挑夫")
