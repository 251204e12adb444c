"""How long desk and lead pages take when twenty people use them at once, on PostgreSQL.

Every page writes its line of the audit trail; the database waits for the disk. "Server" is the time
that the server itself notes for each answer (Server-Timing: from the request's arrival to its
answer, waiting for a free thread included), "client" what the browser waits. Clients, server and
database share the machine, so the figures are the harder ones. "With a second between pages" is how
people work; "without a pause" is as hard as twenty clients can press.
"""

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
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
#: Server processes: one, as `guitu serve` starts, and one for each processor.
WORKERS = (1, 2)
PAGES = ("工作台", "线索页")
DURATION = "total;dur="
START_SECONDS = 60
DESK = "/desk?tray=todo&who=station&kind=all"


@dataclass(frozen=True, slots=True)
class Seen:
    """One page as one client got it: milliseconds as the server and as the client counted them."""

    page: str
    server_ms: float
    client_ms: float


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
        return [each for workers in WORKERS for each in _rows_with(station, workers)]


def _rows_with(station: Station, workers: int) -> list[dict[str, Any]]:
    """The figures with so many server processes."""
    with _serving(station.settings, workers) as server:
        _press(station, pause=0.0, pages=4)
        before = _processor_ms(server.pid)
        calm = _press(station, pause=PAUSE_SECONDS, pages=PAGES_EACH)
        hard = _press(station, pause=0.0, pages=PAGES_EACH)
        used = _processor_ms(server.pid) - before
    how = f"{workers} 个服务进程"
    return [
        *_report(f"{how}，每页之间停 1 秒", calm),
        *_report(f"{how}，不停歇", hard),
        row(f"{how}，服务每页用的处理器时间", "毫秒", used / (2 * CLIENTS * PAGES_EACH)),
    ]


def _processor_ms(pid: int) -> float:
    """User and system time of a process and its children so far (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return own + sum(_processor_ms(int(child)) for child in children)


def _report(how: str, seen: Sequence[Seen]) -> Iterator[dict[str, Any]]:
    for page in PAGES:
        of_page = [each for each in seen if each.page == page]
        for side, times in (
            ("服务端", [each.server_ms for each in of_page]),
            ("客户端", [each.client_ms for each in of_page]),
        ):
            yield row(f"{page}，{CLIENTS} 人，{how}，{side} 95% 内", "毫秒", _p95(times))
            yield row(f"{page}，{CLIENTS} 人，{how}，{side}中位", "毫秒", statistics.median(times))


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
def _serving(settings: Settings, workers: int) -> Iterator["subprocess.Popen[bytes]"]:
    guitu = [str(Path(sys.executable).with_name("guitu")), "serve", "--workers", str(workers)]
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
            connection = http.client.HTTPConnection("127.0.0.1", PORT)
            if _get(connection, "/livez", "").status == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.2)
    message = "the server did not start"
    raise RuntimeError(message)


def _press(station: Station, *, pause: float, pages: int) -> list[Seen]:
    """Everybody opens the desk, a lead, the desk, …"""

    def client(number: int) -> list[Seen]:
        rng = Random(SEED + number)
        connection = http.client.HTTPConnection("127.0.0.1", PORT)
        time.sleep(pause * number / CLIENTS)
        seen = []
        for index in range(pages):
            path = f"/leads/{rng.choice(station.lead_ids)}?{DESK.partition('?')[2]}"
            page, path = (PAGES[1], path) if index % 2 else (PAGES[0], DESK)
            seen.append(_seen(page, connection, path, station.cookies[number]))
            time.sleep(pause)
        return seen

    with ThreadPoolExecutor(max_workers=CLIENTS) as threads:
        return [each for seen in threads.map(client, range(CLIENTS)) for each in seen]


def _seen(page: str, connection: http.client.HTTPConnection, path: str, cookie: str) -> Seen:
    begun = time.perf_counter()
    answer = _get(connection, path, cookie)
    client_ms = (time.perf_counter() - begun) * 1000
    if answer.status != HTTPStatus.OK:
        message = f"the page answered {answer.status}"
        raise RuntimeError(message)
    server_ms = float((answer.getheader("Server-Timing") or "").removeprefix(DURATION))
    return Seen(page, server_ms, client_ms)


def _get(
    connection: http.client.HTTPConnection, path: str, cookie: str
) -> http.client.HTTPResponse:
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    return answer
