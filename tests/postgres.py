"""A private PostgreSQL for tests: started from the Debian binaries, thrown away afterwards."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


class PrivatePostgres:
    """One server on a socket in a folder of its own, killed and started again at will."""

    def __init__(self, folder: Path, programs: Path, *, durable: bool = False) -> None:
        self._folder = folder
        #: Only a durable server waits for the disk: tests need not, measurements must.
        self._fsync = "on" if durable else "off"
        self._programs = programs
        self._owner = "postgres" if os.geteuid() == 0 else None
        if self._owner:
            shutil.chown(folder, self._owner)
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "guitu", "-E", "UTF8")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://guitu@/postgres?host={self._folder}"

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> None:
        listen = f"-c listen_addresses= -c unix_socket_directories={self._folder}"
        options = f"{listen} -c fsync={self._fsync}"
        start = ("pg_ctl", "-D", str(self._data), "-w", "-o", options, "-l")
        self._run(*start, str(self._folder / "log"), "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")

    def kill(self) -> None:
        """SIGKILL of the server and every process that serves a connection."""
        server = int((self._data / "postmaster.pid").read_text().split()[0])
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(server)], capture_output=True, check=False
        )
        for pid in (server, *map(int, listed.stdout.split())):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{server}").exists() and not _is_zombie(server):
            time.sleep(0.02)
        # The dead may stay listed as zombies, and would be taken for a server that still runs.
        (self._data / "postmaster.pid").unlink()
        for lock in self._folder.glob(".s.PGSQL.*"):
            lock.unlink()

    def _run(self, program: str, *words: str) -> None:
        command = (str(self._programs / program), *words)
        subprocess.run(command, check=True, user=self._owner, cwd=self._folder, capture_output=True)


@contextmanager
def private_postgres(*, durable: bool = False) -> Iterator[PrivatePostgres]:
    """A server that runs, thrown away afterwards."""
    programs = binaries()
    if programs is None:
        missing("PostgreSQL")
        raise AssertionError("unreachable")
    folder = Path(tempfile.mkdtemp(prefix="guitu-pg-"))
    server = PrivatePostgres(folder, programs, durable=durable)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@contextmanager
def private_server(*, durable: bool = False) -> Iterator[str]:
    """Start a server on a socket in a temporary folder; yields its SQLAlchemy URL."""
    with private_postgres(durable=durable) as server:
        yield server.url


def _is_zombie(pid: int) -> bool:
    """Dead, and nobody has asked after it yet."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    return True
