"""Brings a database to the current schema with Alembic, configured in code."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

MIGRATIONS: Final = Path(__file__).parent / "migrations"

#: PostgreSQL advisory lock: of several processes starting at once, one builds the tables.
SCHEMA_LOCK: Final = 0x6775_6975


def upgrade(engine: Engine) -> None:
    """Apply every migration that the database has not seen; cheap when there is none."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SCHEMA_LOCK})
        command.upgrade(configuration(connection), "head")


def configuration(connection: object = None) -> Config:
    """Alembic's settings; `connection` is handed to `migrations/env.py`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
