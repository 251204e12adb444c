"""Brings a database to the current schema with Alembic, configured in code."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Apply every migration that the database has not seen; cheap when there is none."""
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "head")


def configuration(connection: object = None) -> Config:
    """Alembic's settings; `connection` is handed to `migrations/env.py`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
