"""Whatever is in a file, importing it ends in rows or in one sentence."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casework.errors import BadInputError
from casework.records.columns import table_words
from casework.records.table import check_rows
from runtime.table_file import Table, read_table

TODAY = date(2026, 3, 5)
HEADERS = st.sampled_from(sorted(table_words().fields))
#: Lone surrogates cannot come from a decoded file, but a caller may hand them in.
WILD = st.text(st.characters())
NEARLY = st.from_regex(r"[男女父母约 :：;0-9０-９/.\-年月日岁米cmxX]{0,20}", fullmatch=True)


def check(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """How many rows were answered; -1 when the table was refused as a whole."""
    try:
        table = check_rows(header, rows, source="a.csv", today=TODAY, new_id=lambda: "id")
    except BadInputError:
        return -1
    assert all(rejected.reason.endswith("。") for rejected in table.rejected)
    return len(table.accepted) + len(table.rejected)


@given(st.binary(), st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_end_in_a_table_or_a_refusal(data: bytes, name: str) -> None:
    try:
        table = read_table(data, name)
    except BadInputError:
        return
    check(table.header, table.rows)


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", min_codepoint=32, max_codepoint=0x3FFFF)),
            min_size=1,
        )
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_quoted_table_comes_back_cell_by_cell(cells: list[list[str]], encoding: str) -> None:
    rows = tuple(tuple(row) for row in cells)
    lines = [("姓名",), *rows]
    text = "".join(
        ",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in r) + "\n" for r in lines
    )
    assert read_table(text.encode(encoding), "a.csv") == Table(header=("姓名",), rows=rows)


@given(st.lists(HEADERS | WILD, max_size=6), st.lists(st.lists(WILD | NEARLY, max_size=8)))
def test_any_cells_end_in_rows_or_a_sentence(header: list[str], rows: list[list[str]]) -> None:
    check(header, rows)


@given(HEADERS, NEARLY | WILD)
def test_any_cell_of_a_known_column_is_accepted_or_refused(header: str, cell: str) -> None:
    titles = ("姓名", header) if table_words().fields[header] != "name" else (header,)
    row = ("甲", cell) if len(titles) > 1 else (cell,)
    assert check(titles, [row, ("乙",)]) in {1, 2}
