"""A private PostgreSQL for tests: started from the Debian binaries, thrown away afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def binaries() -> Path | None:
    """The newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def missing(what: str) -> None:
    """A missing service is a failure in CI and a skip on a developer's machine."""
    sentence = f"{what} is not installed; run `make services`"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@contextmanager
def private_server() -> Iterator[str]:
    """Start a server on a socket in a temporary folder; yields its SQLAlchemy URL."""
    programs = binaries()
    if programs is None:
        missing("PostgreSQL")
        raise AssertionError("unreachable")
    folder = Path(tempfile.mkdtemp(prefix="guitu-pg-"))
    owner = "postgres" if os.geteuid() == 0 else None
    if owner:
        shutil.chown(folder, owner)
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=owner, cwd=folder, capture_output=True)

    run(str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "guitu", "-E", "UTF8")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    start = (str(programs / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l")
    run(*start, str(folder / "log"), "start")
    try:
        yield f"postgresql+psycopg://guitu@/postgres?host={folder}"
    finally:
        run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder)
