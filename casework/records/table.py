"""A table of missing people: which rows become records, and why the others do not.

A row is refused for one reason at a time, in the words of the table's own header; no reason
repeats what is written in a cell. Row numbers are those of the spreadsheet, where the header is
row 1.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from casework.cases.intake import LONGEST_LIFE
from casework.errors import BadInputError
from casework.ports import NewId
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
from casework.records.columns import Field, plain_header, table_words
from casework.records.record import MissingRecord
from matching.model import Home, PersonFacts, YearRange

T = TypeVar("T")

BEYOND_HEADER: Final = "（表头以外）"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAccepted:
    """A row that became a record, with the name of its photo file when one is given."""

    row: int
    record: MissingRecord
    photo: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRejected:
    """A row that cannot be used: the column as the header calls it, and one Chinese sentence."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTable:
    """What became of every row that is not blank."""

    accepted: tuple[RowAccepted, ...]
    rejected: tuple[RowRejected, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Which column holds what; a column without a field is not used."""

    titles: tuple[str, ...]
    fields: tuple[Field | None, ...]

    def title(self, field: Field) -> str:
        return self.titles[self.fields.index(field)]


class _BadRowError(Exception):
    """Ends the reading of a row; never leaves this module."""

    def __init__(self, field: Field | None, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """The cells of one row that say something, by field."""

    texts: Mapping[Field, tuple[str, ...]]

    def one(self, field: Field, read: Callable[[str], T]) -> T | None:
        values = self.several(field, read)
        return values[0] if values else None

    def several(self, field: Field, read: Callable[[str], T]) -> tuple[T, ...]:
        try:
            return tuple(read(text) for text in self.texts.get(field, ()))
        except BadCellError as error:
            raise _BadRowError(field, error.sentence) from error


def check_rows(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    source: str,
    today: date,
    new_id: NewId,
) -> CheckedTable:
    """Turn rows into records of `source`; `rows[0]` is row 2 of the spreadsheet.

    Raises:
        BadInputError: the header has no name column, or two columns for one thing.
    """
    columns = _columns(header)
    accepted: list[RowAccepted] = []
    rejected: list[RowRejected] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        if not any(map(plain_cell, row)):
            continue
        try:
            cells = _cells(columns, row)
            record = _record(cells, source=source, today=today, record_id=new_id())
            _check_first(record.source_number, seen, number)
        except _BadRowError as error:
            rejected.append(_rejected(number, columns, error))
            continue
        accepted.append(RowAccepted(row=number, record=record, photo=cells.one(Field.PHOTO, str)))
    warnings = _warnings(columns, is_empty=not accepted and not rejected)
    return CheckedTable(accepted=tuple(accepted), rejected=tuple(rejected), warnings=warnings)


def _columns(header: Sequence[str]) -> _Columns:
    words = table_words()
    titles = tuple(plain_cell(title) for title in header)
    fields = tuple(words.fields.get(plain_header(title)) for title in titles)
    if Field.NAME not in fields:
        raise BadInputError("第一行没有“姓名”这一列，请检查表头后再导入。")
    known = [field for field in fields if field and field not in words.several]
    if len(known) > len(set(known)):
        raise BadInputError("表头里有两列是同一项内容，请只保留一列后再导入。")
    return _Columns(titles=titles, fields=fields)


def _warnings(columns: _Columns, *, is_empty: bool) -> tuple[str, ...]:
    unused = [t for t, f in zip(columns.titles, columns.fields, strict=True) if t and f is None]
    warnings = [f"有 {len(unused)} 列没有用到：{'、'.join(unused)}。"] if unused else []
    if is_empty:
        warnings.append("表格里只有表头，没有数据行。")
    return tuple(warnings)


def _cells(columns: _Columns, row: Sequence[str]) -> _Cells:
    if any(map(plain_cell, row[len(columns.fields) :])):
        raise _BadRowError(None, "这一行比表头多出几格，可能是内容里的逗号没有加引号。")
    limits = table_words().limits
    texts: dict[Field, tuple[str, ...]] = {}
    for field, cell in zip(columns.fields, row, strict=False):
        text = plain_cell(cell)
        if field is None or not text:
            continue
        if len(text) > limits[field]:
            raise _BadRowError(field, f"这一格超过 {limits[field]} 个字，请缩短。")
        texts[field] = (*texts.get(field, ()), text)
    return _Cells(texts=texts)


def _record(cells: _Cells, *, source: str, today: date, record_id: str) -> MissingRecord:
    names = _names(cells)
    id_number = cells.one(Field.ID_NUMBER, read_id_number)
    missing = cells.one(Field.MISSING_SINCE, read_date)
    _check_plausible(Field.MISSING_SINCE, missing, today)
    sex = cells.one(Field.SEX, read_sex)
    facts = PersonFacts(
        names=names,
        sex=sex_on_id(id_number) if sex is None and id_number else sex,
        birth=_birth(cells, id_number, missing, today),
        height_cm=cells.one(Field.HEIGHT, read_height),
        homes=tuple(Home(text=text) for text in cells.several(Field.HOME, str)),
        relatives=sum(cells.several(Field.RELATIVES, read_relatives), start=()),
        marks=cells.several(Field.MARKS, str),
        blood_type=cells.one(Field.BLOOD, read_blood_type),
        work=sum(cells.several(Field.WORK, read_words), start=()),
        languages=sum(cells.several(Field.LANGUAGES, read_words), start=()),
    )
    return MissingRecord(
        record_id=record_id,
        source=source,
        source_number=cells.one(Field.NUMBER, str) or _number_of(cells),
        facts=facts,
        # Of a month or a year its first day: matching asks whether someone was missing already.
        missing_since=missing.earliest if missing else None,
        missing_place=cells.one(Field.MISSING_PLACE, str),
        id_number=id_number,
        contact_phone=cells.one(Field.PHONE, str),
    )


def _names(cells: _Cells) -> tuple[str, ...]:
    own = cells.one(Field.NAME, read_names)
    if not own:
        raise _BadRowError(Field.NAME, "没有姓名，请补上；不知道名字就写姓氏。")
    others = sum(cells.several(Field.OTHER_NAMES, read_names), start=())
    return tuple(dict.fromkeys((*own, *others)))


def _birth(
    cells: _Cells, id_number: str | None, missing: PartialDate | None, today: date
) -> YearRange | None:
    """What is written counts before the ID card, whose date is often that of registration."""
    field, born = Field.BIRTH, cells.one(Field.BIRTH, read_date)
    age = cells.one(Field.AGE, read_age)
    if born is None and age is not None:
        return years_from_age(age, missing.year if missing else today.year)
    if born is None and id_number:
        field, born = Field.ID_NUMBER, birth_on_id(id_number)
    if born is None:
        return None
    _check_plausible(field, born, today)
    if missing and missing.latest < born.earliest:
        raise _BadRowError(Field.MISSING_SINCE, "走失时间早于出生日期，请核对这两格。")
    return YearRange(earliest=born.year, latest=born.year)


def _check_plausible(field: Field, written: PartialDate | None, today: date) -> None:
    if written and written.earliest > today:
        raise _BadRowError(field, "这个日期在将来，请核对。")
    if written and written.year < today.year - LONGEST_LIFE:
        raise _BadRowError(field, f"这个日期早于 {LONGEST_LIFE} 年前，请核对。")


def _number_of(cells: _Cells) -> str:
    """A stable number for a row that has none: the same words give the same record again."""
    words = {field: texts for field, texts in cells.texts.items() if field is not Field.PHOTO}
    canonical = json.dumps(words, sort_keys=True, ensure_ascii=True)
    return f"row-{hashlib.sha256(canonical.encode('ascii')).hexdigest()[:32]}"


def _check_first(source_number: str, seen: dict[str, int], row: int) -> None:
    first = seen.setdefault(source_number, row)
    if first != row:
        raise _BadRowError(Field.NUMBER, f"与第 {first} 行重复，请只保留一行。")


def _rejected(row: int, columns: _Columns, error: _BadRowError) -> RowRejected:
    if error.field is None:
        column = BEYOND_HEADER
    elif error.field in columns.fields:
        column = columns.title(error.field)
    else:
        column = columns.title(Field.NAME)
    return RowRejected(row=row, column=column, reason=error.reason)
