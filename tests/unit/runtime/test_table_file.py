import pytest

from casework.errors import BadInputError
from runtime.table_file import LARGEST_FILE, Table, read_table

TEXT = "姓名,性别\n区㛃娣,女\n"
EXPECTED = Table(header=("姓名", "性别"), rows=(("区㛃娣", "女"),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_table_is_read_from_every_usual_encoding(encoding: str) -> None:
    assert read_table(TEXT.encode(encoding), "走失.csv") == EXPECTED


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_recognised(delimiter: str, line_end: str) -> None:
    text = TEXT.replace(",", delimiter).replace("\n", line_end)
    assert read_table(text.encode(), "a.txt") == EXPECTED


def test_a_quoted_cell_keeps_its_delimiters_quotes_and_line_breaks() -> None:
    table = read_table('姓名,特征\n甲,"左手,有疤\n说""冇"""\n'.encode(), "a.csv")
    assert table.rows == (("甲", '左手,有疤\n说"冇"'),)


def test_blank_rows_are_kept_so_that_row_numbers_stay_those_of_the_sheet() -> None:
    assert read_table("姓名\n\n甲\n".encode(), "a.csv").rows == ((), ("甲",))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", "空的"),
        (b"x" * (LARGEST_FILE + 1), "a.csv", "64 MB"),
        (b"PK\x03\x04rest", "a.csv", "工作簿"),
        (b"\xd0\xcf\x11\xe0rest", "a.xls", "工作簿"),
        (TEXT.encode(), "a.pdf", "只能导入 CSV"),
        (b"\xff\xff\xff", "a.csv", "编码"),
        (b"\xff\xfea", "a.csv", "编码"),
        ("姓名\n甲\x00".encode(), "a.csv", "损坏"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.csv", ""),
        ('姓名\n"甲'.encode(), "a.csv", "第 2 行"),
        (("姓名\n" + "长" * 200_000).encode(), "a.csv", "第 2 行"),
        ("\n姓名\n".encode(), "a.csv", "第一行是空的"),
        (b"\xef\xbb\xbf", "a.csv", "第一行是空的"),
    ],
)
def test_what_is_not_a_table_is_refused_with_a_sentence(data: bytes, name: str, words: str) -> None:
    with pytest.raises(BadInputError) as refusal:
        read_table(data, name)
    assert words in refusal.value.sentence
    assert refusal.value.sentence.endswith("。")
