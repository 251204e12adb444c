from collections.abc import Sequence
from datetime import date
from itertools import count

import pytest

from casework.errors import BadInputError
from casework.records.columns import Field, plain_header, table_words
from casework.records.table import CheckedTable, check_rows
from matching.model import Home, Relation, Relative, Sex, YearRange

TODAY = date(2026, 3, 5)
HEADER = ("姓名", "性别", "出生日期", "走失时间", "编号")


def check(header: Sequence[str], *rows: Sequence[str]) -> CheckedTable:
    ids = count(1)
    return check_rows(header, rows, source="表.csv", today=TODAY, new_id=lambda: f"id{next(ids)}")


def test_a_full_row_becomes_a_record() -> None:
    written = {
        "姓名*": "区娣",
        "小名": "阿娣",
        "性别": "女",
        "出生年": "1975",
        "身高（cm）": "156",
        "户籍地址": "广东省英德市大站镇",
        "家庭住址": "清远市区",
        "失踪日期": "2001年5月",
        "走失地点": "东莞火车站",
        "体貌特征": "左手有疤",
        "亲属": "父亲：区伯佑",
        "联系电话": "0763-1234567",
        "报案编号": "GA-1",
        "照片": "1.jpg",
    }
    table = check(tuple(written), tuple(written.values()))
    (accepted,) = table.accepted
    record, facts = accepted.record, accepted.record.facts
    assert (accepted.row, accepted.photo) == (2, "1.jpg")
    assert (record.record_id, record.source, record.source_number) == ("id1", "表.csv", "GA-1")
    assert (record.missing_since, record.missing_place) == (date(2001, 5, 1), "东莞火车站")
    assert record.contact_phone == "0763-1234567"
    assert (facts.names, facts.sex, facts.height_cm) == (("区娣", "阿娣"), Sex.FEMALE, 156)
    assert facts.birth == YearRange(earliest=1975, latest=1975)
    assert facts.homes == (Home(text="广东省英德市大站镇"), Home(text="清远市区"))
    assert facts.marks == ("左手有疤",)
    assert facts.relatives == (Relative(relation=Relation.FATHER, name="区伯佑"),)
    assert (table.rejected, table.warnings) == ((), ())


def test_an_id_number_fills_in_sex_and_birth_year_only_where_they_are_missing() -> None:
    number = "110101196403050016"
    table = check(
        ("姓名", "性别", "出生年", "身份证号"), ("甲", "", "", number), ("甲", "女", "1966", number)
    )
    first, second = (row.record.facts for row in table.accepted)
    assert (first.sex, first.birth) == (Sex.MALE, YearRange(earliest=1964, latest=1964))
    assert (second.sex, second.birth) == (Sex.FEMALE, YearRange(earliest=1966, latest=1966))
    assert table.accepted[0].record.id_number == number


def test_an_age_counts_from_the_day_of_going_missing() -> None:
    table = check(("姓名", "年龄", "走失时间"), ("甲", "30", "1996-05-01"), ("乙", "30", ""))
    births = [row.record.facts.birth for row in table.accepted]
    assert births == [YearRange(earliest=1965, latest=1967), YearRange(earliest=1995, latest=1997)]


@pytest.mark.parametrize(
    ("row", "column", "word"),
    [
        (("", "男", "", "", ""), "姓名", "没有姓名"),
        (("不详", "男", "", "", ""), "姓名", "没有姓名"),
        (("、", "男", "", "", ""), "姓名", "没有姓名"),
        (("甲乙", "公", "", "", ""), "性别", "“男”或“女”"),
        (("甲乙", "", "2026-03-06", "", ""), "出生日期", "将来"),
        (("甲乙", "", "1999-02-30", "", ""), "出生日期", "没有这一天"),
        (("甲乙", "", "1899", "", ""), "出生日期", "125 年前"),
        (("甲乙", "", "去年", "", ""), "出生日期", "看不懂"),
        (("甲乙", "", "", "2027", ""), "走失时间", "将来"),
        (("甲乙", "", "1980-05-01", "1979", ""), "走失时间", "早于出生"),
        (("甲" * 51, "", "", "", ""), "姓名", "超过 50 个字"),
        (("甲乙", "", "", "", "1", "多余"), "（表头以外）", "逗号"),
    ],
)
def test_a_bad_row_is_refused_for_one_reason_that_names_the_column(
    row: tuple[str, ...], column: str, word: str
) -> None:
    table = check(HEADER, ("好人", "", "", "", ""), row)
    (rejected,) = table.rejected
    assert (rejected.row, rejected.column) == (3, column)
    assert word in rejected.reason
    assert all(cell not in rejected.reason for cell in row if len(cell) > 1 and cell != "不详")
    assert len(table.accepted) == 1


def test_a_birth_on_the_day_of_going_missing_and_today_is_possible() -> None:
    table = check(HEADER, ("甲", "", "2026-03-05", "2026-03", ""))
    assert not table.rejected


def test_a_second_row_with_the_same_number_is_refused_and_points_to_the_first() -> None:
    table = check(HEADER, ("甲", "", "", "", "A1"), ("乙", "", "", "", "A1"))
    assert [row.row for row in table.accepted] == [2]
    assert (table.rejected[0].row, table.rejected[0].column) == (3, "编号")
    assert "第 2 行" in table.rejected[0].reason


def test_a_refused_row_does_not_use_up_its_number() -> None:
    table = check(HEADER, ("甲", "公", "", "", "A1"), ("甲", "男", "", "", "A1"))
    assert [row.row for row in table.accepted] == [3]


def test_a_row_without_a_number_gets_the_same_one_at_every_import() -> None:
    plain = check(("姓名", "性别", "照片"), ("甲", "男", "1.jpg"), ("乙", "男", ""))
    moved = check(("性别", "照片", "姓名"), ("男", "2.jpg", " 甲 "))
    first, second = (row.record.source_number for row in plain.accepted)
    assert first == moved.accepted[0].record.source_number
    assert first != second
    assert "甲" not in first


def test_blank_rows_are_passed_over_and_still_counted() -> None:
    assert [row.row for row in check(("姓名",), (), (" ",), ("甲",)).accepted] == [4]


def test_a_short_row_leaves_the_rest_unknown() -> None:
    assert check(HEADER, ("甲",)).accepted[0].record.facts.sex is None


def test_columns_that_are_not_used_are_reported() -> None:
    assert check(("姓名", "星座", "备注", ""), ("甲",)).warnings == (
        "有 2 列没有用到：星座、备注。",
    )
    assert check(("姓名",)).warnings == ("表格里只有表头，没有数据行。",)


@pytest.mark.parametrize(
    "header", [("名称", "性别"), (), ("甲", "男"), ("姓名", "姓名"), ("姓名", "电话", "手机")]
)
def test_a_header_that_cannot_be_understood_refuses_the_whole_table(
    header: tuple[str, ...],
) -> None:
    with pytest.raises(BadInputError):
        check(header, ("甲",))


def test_every_field_has_a_column_and_no_column_name_means_two_things() -> None:
    words = table_words()
    assert set(words.fields.values()) == set(Field)
    assert all(name == plain_header(name) for name in words.fields)
