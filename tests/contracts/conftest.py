"""One unit of work per implementation of the ports."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from casework.ports import OpenWork
from storage.engine import make_engine
from storage.keyring import load_keyring
from storage.memory.unit_of_work import memory_work
from storage.schema import upgrade
from storage.sealing import Sealer
from storage.tables import metadata
from storage.unit_of_work import sql_work
from tests.postgres import private_server


@pytest.fixture(scope="session")
def postgresql_engine() -> Iterator[Engine]:
    with private_server() as url:
        engine = make_engine(url)
        upgrade(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    return Sealer(load_keyring(tmp_path / "keys.json"))


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'guitu.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(
    params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.integration)]
)
def open_work(request: pytest.FixtureRequest, sealer: Sealer) -> OpenWork:
    if request.param == "memory":
        return memory_work()
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    if request.param == "postgresql":
        empty(engine)
    return sql_work(engine, sealer)


def empty(engine: Engine) -> None:
    """Remove every row; the guards against it are switched off for this one statement."""
    names = ", ".join(table.name for table in metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {names}"))
        connection.execute(text("SET session_replication_role = DEFAULT"))
