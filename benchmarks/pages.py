"""How long desk and lead pages take when twenty people use them at once, on PostgreSQL.

Every page is answered by one server process and writes its line of the audit trail; the database
waits for the disk. Clients and server share the machine, so the figures are the harder ones. "With
a second between pages" is how people work; "without a pause" is as hard as twenty clients can press.
"""

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pydantic import SecretStr

from benchmarks.pages_workspace import SEED, fill
from benchmarks.rows import row
from runtime.container import running
from runtime.settings import Settings
from runtime.sign_in import demo_sign_in
from tests.postgres import binaries, private_server

LEADS = 5_000
CLIENTS = 20
PAGES_EACH = 24
PAUSE_SECONDS = 1.0
PORT = 18_437
START_SECONDS = 60
DESK = "/desk?tray=todo&who=station&kind=all"


@dataclass(frozen=True, slots=True)
class Station:
    """A filled database, and cookies of people who are signed in."""

    settings: Settings
    lead_ids: Sequence[str]
    cookies: Sequence[str]


def rows() -> list[dict[str, Any]]:
    """p95 and median of both pages, people's way and as hard as possible."""
    if binaries() is None:
        message = "PostgreSQL is not installed; run `make services`"
        raise RuntimeError(message)
    with (
        tempfile.TemporaryDirectory() as folder,
        private_server(durable=True) as url,
    ):
        station = _station(Settings(home=Path(folder), database_url=SecretStr(url), port=PORT))
        with _serving(station.settings) as server:
            _press(station, pause=0.0, pages=4)
            before = _processor_ms(server)
            calm = _press(station, pause=PAUSE_SECONDS, pages=PAGES_EACH)
            hard = _press(station, pause=0.0, pages=PAGES_EACH)
            used = _processor_ms(server) - before
    return [
        *_report("每页之间停 1 秒", calm),
        *_report("不停歇", hard),
        row("服务进程每页用的处理器时间", "毫秒", used / (2 * CLIENTS * PAGES_EACH)),
    ]


def _processor_ms(server: "subprocess.Popen[bytes]") -> float:
    """User and system time of the server process so far (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{server.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _report(how: str, seen: dict[str, list[float]]) -> Iterator[dict[str, Any]]:
    for page, times in seen.items():
        yield row(f"{page}，{CLIENTS} 人{how}，95% 内", "毫秒", _p95(times))
        yield row(f"{page}，{CLIENTS} 人{how}，中位", "毫秒", statistics.median(times))


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _station(settings: Settings) -> Station:
    with running(settings) as services:
        lead_ids = fill(services, leads=LEADS)
        cookies = [
            f"guitu_session={demo_sign_in(services.open_work, services.clock, 'wangfang')[0]}"
            for _ in range(CLIENTS)
        ]
    return Station(settings, lead_ids, cookies)


@contextmanager
def _serving(settings: Settings) -> Iterator["subprocess.Popen[bytes]"]:
    guitu = [str(Path(sys.executable).with_name("guitu")), "serve"]
    environment = {
        **os.environ,
        "GUITU_HOME": str(settings.home),
        "GUITU_DATABASE_URL": settings.database_url.get_secret_value(),
        "GUITU_PORT": str(settings.port),
    }
    server = subprocess.Popen(guitu, env=environment)  # noqa: S603 - our own program
    try:
        _wait_until_up(server)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_up(server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < until:
        try:
            if _get(http.client.HTTPConnection("127.0.0.1", PORT), "/livez", "") == 200:  # noqa: PLR2004 - OK
                return
        except OSError:
            time.sleep(0.2)
    message = "the server did not start"
    raise RuntimeError(message)


def _press(station: Station, *, pause: float, pages: int) -> dict[str, list[float]]:
    """Everybody opens the desk, a lead, the desk, …; milliseconds by page."""

    def client(number: int) -> list[tuple[str, float]]:
        rng = Random(SEED + number)
        connection = http.client.HTTPConnection("127.0.0.1", PORT)
        time.sleep(pause * number / CLIENTS)
        seen = []
        for index in range(pages):
            if index % 2:
                lead = f"/leads/{rng.choice(station.lead_ids)}?{DESK.partition('?')[2]}"
                name, path = "线索页", lead
            else:
                name, path = "工作台", DESK
            seen.append((name, _timed(lambda: _get(connection, path, station.cookies[number]))))  # noqa: B023 - called at once
            time.sleep(pause)
        return seen

    with ThreadPoolExecutor(max_workers=CLIENTS) as threads:
        everything = [pair for seen in threads.map(client, range(CLIENTS)) for pair in seen]
    return {
        name: [each for page, each in everything if page == name] for name in ("工作台", "线索页")
    }


def _timed(call: Callable[[], int]) -> float:
    begun = time.perf_counter()
    status = call()
    taken = (time.perf_counter() - begun) * 1000
    if status != 200:  # noqa: PLR2004 - OK
        message = f"the page answered {status}"
        raise RuntimeError(message)
    return taken


def _get(connection: http.client.HTTPConnection, path: str, cookie: str) -> int:
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    return answer.status
