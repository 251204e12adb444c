"""`guitu serve` and `guitu worker`: the two standing processes."""

import signal
from threading import Event

import uvicorn

from api.app import create_app
from cli.output import STDERR
from runtime.container import Services, running
from runtime.settings import Settings
from workers.drain import drain_until


def serve() -> None:
    """启动网页与接口（默认 http://127.0.0.1:8000） · serve pages and API."""
    with running(Settings()) as services:
        serve_forever(services)


def serve_forever(services: Services) -> None:
    """Serve until the process is told to stop. Jobs left over from before run first."""
    services.runner.run_pending()
    settings = services.settings
    STDERR.print(f"请在浏览器打开 http://{settings.host}:{settings.port}（Ctrl+C 停止）")
    uvicorn.run(
        create_app(services),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
    )


def worker() -> None:
    """单独运行后台任务进程 · drain the outbox in a process of its own."""
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with running(Settings()) as services:
        STDERR.print("后台任务进程已启动（Ctrl+C 停止）")
        drain_until(services, stop)
