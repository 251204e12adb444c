"""Importing a table of missing people: read it, check each row, look at the photos, keep the rest.

The table and the rows are pure (`casework.records.table`); this file adds the disk and the face
process. A row whose photo cannot be used is still imported: the words may be enough.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.cases.intake import choose_face
from casework.clock.station_time import station_day
from casework.context import Context
from casework.errors import BadInputError
from casework.ports import FaceReader
from casework.records.importing import ImportCount, RecordPhoto, import_records
from casework.records.police_reports import ReportFile, receive_reports
from casework.records.table import RowAccepted, RowRejected, check_rows
from casework.rematch.jobs import order_after_import
from runtime.table_file import read_table

#: Rows per transaction: an interrupted import keeps what it had and can simply be run again.
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of every row."""

    accepted: int
    updated: int
    rejected: tuple[RowRejected, ...]
    #: Rows that were imported although something (a photo, a column) could not be used.
    warnings: tuple[str, ...]
    #: Files opened for reports of the police.
    reports: tuple[ReportFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableImport:
    """One import: which table, which photos, and whether to write anything."""

    table: Path
    photos: Path | None = None
    dry_run: bool = False
    #: The rows are reports that the police passed on: each gets a file with its 24-hour clock.
    police_reports: bool = False


def import_missing(
    context: Context,
    task: TableImport,
    face_reader: FaceReader,
    tell: Callable[[int, int], None],
) -> ImportReport:
    """Import one table; `tell(done, total)` is called after every batch.

    Raises:
        BadInputError: the file is not a table of missing people; nothing was written.
        NotPermittedError: the actor may not import records.
    """
    table = read_table(_read(task.table), task.table.name)
    checked = check_rows(
        table.header,
        table.rows,
        source=task.table.name,
        today=station_day(context.clock()),
        new_id=context.new_id,
    )
    warnings = list(checked.warnings)
    new = updated = 0
    rows = checked.accepted
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        photos = _photos(batch, task.photos, face_reader, warnings)
        if not task.dry_run:
            count = _import(context, batch, photos)
            new, updated = new + count.accepted, updated + count.updated
        tell(min(start + BATCH, len(rows)), len(rows))
    reports: tuple[ReportFile, ...] = ()
    if task.police_reports and not task.dry_run:
        reports = receive_reports(context, [row.record for row in rows])
    if rows and not task.dry_run:
        order_after_import(context)
    return ImportReport(
        accepted=len(rows) if task.dry_run else new,
        updated=updated,
        rejected=tuple(checked.rejected),
        warnings=tuple(warnings),
        reports=reports,
    )


def _import(
    context: Context, batch: Sequence[RowAccepted], photos: Mapping[str, RecordPhoto]
) -> ImportCount:
    return import_records(context, [row.record for row in batch], photos)


def _photos(
    batch: Sequence[RowAccepted],
    folder: Path | None,
    face_reader: FaceReader,
    warnings: list[str],
) -> dict[str, RecordPhoto]:
    photos = {}
    for row in batch:
        if folder is None or row.photo is None:
            continue
        try:
            data = _read(_inside(folder, row.photo))
            face = choose_face(face_reader.read(data), None)
        except BadInputError as error:
            warnings.append(f"第 {row.row} 行：照片未采用。{error.sentence}")
            continue
        photos[row.record.source_number] = RecordPhoto(data=data, face=face)
    return photos


def _inside(folder: Path, name: str) -> Path:
    """The photo's path; a name that climbs out of the folder is refused."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BadInputError("照片路径指到了照片文件夹之外。")
    return path


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInputError("读不到文件，请检查路径和权限。") from error
