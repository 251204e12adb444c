"""Reading a table from the bytes of a CSV file, whichever program wrote it.

Chinese offices send UTF-8 with and without a byte-order mark, GB18030 (what Excel writes for
"CSV") and UTF-16 (what it writes for "Unicode text"), separated by commas, semicolons or tabs.
"""

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from typing import Final

from casework.errors import BadInputError

LARGEST_FILE: Final = 64 * 2**20
SUFFIXES: Final = (".csv", ".tsv", ".txt")
DELIMITERS: Final = (",", "\t", ";")
#: How workbooks begin: XLSX is a ZIP archive, XLS an OLE compound file.
WORKBOOK_STARTS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
#: Control characters that no text file contains; the white-space ones are not among them.
BINARY: Final = frozenset(map(chr, (*range(9), *range(14, 27), *range(28, 32))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells as text. Blank rows are kept, so that `rows[0]` is always row 2 of the sheet."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(data: bytes, name: str) -> Table:
    """Decode and split a CSV file; `name` is the file's name, of which only the ending counts.

    Raises:
        BadInputError: the file is empty, too large, not text, not CSV, or its quotes do not match.
    """
    _check_kind(data, name)
    text = _decode(data)
    if any(char in BINARY for char in text):
        raise BadInputError("文件里有文本文件不该有的字符，可能已经损坏，请重新导出 CSV。")
    header, *rows = _cells(text) or [()]
    if not any(cell.strip() for cell in header):
        raise BadInputError("表格的第一行是空的，请把表头（姓名、性别……）放在第一行。")
    return Table(header=header, rows=tuple(rows))


def _check_kind(data: bytes, name: str) -> None:
    if not data:
        raise BadInputError("文件是空的，请检查导出是否成功。")
    if len(data) > LARGEST_FILE:
        raise BadInputError("文件超过 64 MB，请拆成几个较小的表格分次导入。")
    if data.startswith(WORKBOOK_STARTS):
        raise BadInputError("这是 Excel 工作簿，请另存为“CSV UTF-8”格式后再导入。")
    if not name.lower().endswith(SUFFIXES):
        raise BadInputError("只能导入 CSV 表格（.csv、.tsv 或 .txt），请另存为 CSV 后再导入。")


def _decode(data: bytes) -> str:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInputError("看不懂文件的文字编码，请另存为“CSV UTF-8”格式后再导入。")


def _cells(text: str) -> list[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[str, ...]] = []
    try:
        rows.extend(tuple(row) for row in reader)
    except csv.Error as error:
        sentence = f"第 {len(rows) + 1} 行读不下去：引号不成对，或者一格太长，请检查这一行。"
        raise BadInputError(sentence) from error
    return rows


def _delimiter(text: str) -> str:
    """The candidate that occurs most often in the first line; a comma when none does."""
    first_line = text.partition("\n")[0]
    return max(DELIMITERS, key=first_line.count)
