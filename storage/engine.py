"""Engines: SQLite by default, PostgreSQL by URL, each with the settings it needs to be safe."""

import sqlite3
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from storage.refusals import refuse

#: SQLite before this corrupts a WAL database under several writing processes
#: (sqlite.org/wal.html#walresetbug).
SAFE_WAL: Final = (3, 51, 3)
BUSY_MS: Final = 15_000
CONNECT_SECONDS: Final = 10
POSTGRES_OPTIONS: Final = (
    "-c lock_timeout=15000 -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000"
)


def make_engine(url: str) -> Engine:
    """An engine for a database URL. Its error texts never show the values of a statement."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        connect_args={"options": POSTGRES_OPTIONS, "connect_timeout": CONNECT_SECONDS},
    )
    event.listen(engine, "handle_error", refuse)
    return engine


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    event.listen(engine, "handle_error", refuse)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """SQLAlchemy emits BEGIN itself (its documentation, "non-legacy transactional modes")."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    if sqlite3.sqlite_version_info >= SAFE_WAL:
        cursor.execute("PRAGMA journal_mode = WAL")
    else:
        cursor.execute("PRAGMA journal_mode = TRUNCATE")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock at once: an upgrade from read to write cannot wait and would fail."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
