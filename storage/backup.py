"""Backups: every row of one moment as signed lines, from and to either database.

What is personal is sealed in the rows and stays sealed in the file; the key file is kept apart. A
restore fills an empty database in one transaction, at the schema of the backup, and upgrades it.
"""

import sqlite3
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, Table, insert, inspect, select, text
from sqlalchemy.types import TypeEngine

from casework.errors import BadInputError, UnavailableError
from storage.engine import make_engine
from storage.moments import Moment
from storage.schema import configuration
from storage.sealing import Sealed, SealedBytes
from storage.signed_lines import read_lines, write_lines
from storage.tables import metadata

FORMAT: Final = 1
#: What means nothing elsewhere: who was signed in or tried to, which processes lived, which index
#: files lie here.
LEFT_OUT: Final = frozenset({"sessions", "sign_in_tries", "workers", "face_snapshots"})
_BATCH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What a backup holds."""

    #: Schema revision.
    revision: str
    made_at: datetime
    rows: int


def write_backup(engine: Engine, key: bytes, path: Path, now: datetime) -> BackupReport:
    """Write every row of this moment into a new file.

    Args:
        engine: of the database.
        key: 32 bytes; signs the file.
        path: where to; must not exist.
        now: noted in the file.

    Raises:
        BadInputError: there is a file of this name.
        UnavailableError: it cannot be written, or the database does not answer.
    """
    with _moment(engine, path.parent) as connection:
        revision = str(MigrationContext.configure(connection).get_current_revision())
        head = {"format": FORMAT, "revision": revision, "made_at": now.isoformat()}
        lines = write_lines(path, key, _lines(connection, head))
    return BackupReport(revision=revision, made_at=now, rows=lines - 1)


def restore_backup(engine: Engine, key: bytes, path: Path) -> BackupReport:
    """Fill an empty database from a file, all of it or nothing.

    Raises:
        BadInputError: the file is damaged or not ours, or the database is not empty.
        UnavailableError: the database does not answer.
    """
    head, rows = _checked(path, key)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        if inspect(connection).get_table_names():
            raise BadInputError("只能恢复到空的数据目录或空的数据库里；现有数据没有动。")
        command.upgrade(configuration(connection), head["revision"])
        _fill(connection, islice(read_lines(path, key), 1, None))
        command.upgrade(configuration(connection), "head")
    made_at = datetime.fromisoformat(head["made_at"])
    return BackupReport(revision=head["revision"], made_at=made_at, rows=rows)


def _checked(path: Path, key: bytes) -> tuple[Mapping[str, str], int]:
    """The head and how many rows follow, after the whole file has been read once."""
    lines = read_lines(path, key)
    head = next(lines, None)
    rows = sum(1 for _ in lines)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise BadInputError("这份备份是别的版本做的，请用做备份时的版本恢复，再升级。")
    return head, rows


@contextmanager
def _moment(engine: Engine, folder: Path) -> Iterator[Connection]:
    """A connection that sees one moment and holds up nobody for long."""
    if engine.dialect.name == "sqlite":
        with _copied(engine, folder) as copy, copy.connect() as connection:
            yield connection
        return
    still = engine.execution_options(isolation_level="REPEATABLE READ")
    with still.connect() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield connection


@contextmanager
def _copied(engine: Engine, folder: Path) -> Iterator[Engine]:
    """A copy made by SQLite itself: reading the original for minutes would hold up every writer."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".guitu-backup-") as here:
        target = Path(here) / "copy.db"
        try:
            with closing(sqlite3.connect(str(engine.url.database))) as source:
                source.execute("VACUUM INTO ?", (str(target),))
        except sqlite3.Error as error:
            raise UnavailableError(
                "数据库复制失败：磁盘已满或数据库正忙；没有做成备份。"
            ) from error
        copy = make_engine(f"sqlite:///{target}")
        try:
            yield copy
        finally:
            copy.dispose()


def _lines(connection: Connection, head: Mapping[str, object]) -> Iterator[Any]:
    yield head
    for table in _tables():
        found = connection.execute(select(table), execution_options={"yield_per": _BATCH})
        for row in found.mappings():
            yield [table.name, {name: _dumped(value) for name, value in row.items()}]


def _fill(connection: Connection, lines: Iterator[Any]) -> None:
    tables = {table.name: table for table in _tables()}
    while batch := list(islice(lines, _BATCH)):
        for name in dict.fromkeys(each[0] for each in batch):
            table = tables[name]
            rows = [_loaded(table, row) for each, row in batch if each == name]
            connection.execute(insert(table), rows)


def _tables() -> list[Table]:
    """Parents before children."""
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


def _dumped(value: object) -> object:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def _loaded(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _typed(table.c[name].type, value) for name, value in row.items()}


def _typed(kind: TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Sealed):
        return SealedBytes(b64decode(value))
    return datetime.fromisoformat(value) if isinstance(kind, Moment) else value
