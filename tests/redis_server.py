"""A private Redis for tests: started from the Debian binary, killed and emptied at will."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis, RedisError

from tests.postgres import missing


class PrivateRedis:
    """One server on a socket in a folder of its own, with an append-only file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis+socket://{self._folder / 's'}"

    def client(self) -> Redis:
        return Redis(unix_socket_path=str(self._folder / "s"))

    def start(self) -> None:
        (self._folder / "data").mkdir(exist_ok=True)
        command = ["redis-server", "--port", "0", "--unixsocket", str(self._folder / "s")]
        command += ["--dir", str(self._folder / "data"), "--appendonly", "yes"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while not self._answers():
            assert time.monotonic() < deadline, "redis did not start"
            time.sleep(0.02)

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def lose_everything(self) -> None:
        """Kill it, and start it with an empty data folder."""
        self.kill()
        shutil.rmtree(self._folder / "data")
        self.start()

    def _answers(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except (RedisError, OSError):
            return False


@contextmanager
def private_redis() -> Iterator[PrivateRedis]:
    """A server that runs, thrown away afterwards."""
    if shutil.which("redis-server") is None:
        missing("Redis")
    folder = Path(tempfile.mkdtemp(prefix="guitu-redis-"))
    server = PrivateRedis(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder)
