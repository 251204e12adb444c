"""`guitu serve` and `guitu worker`: the two standing processes."""

import signal
from threading import Event, Thread
from typing import Annotated, Final

import typer
import uvicorn

from api.app import create_app
from cli.output import STDERR
from runtime.container import Services, running
from runtime.settings import Settings
from workers.drain import drain_until
from workers.supervisor import supervise

#: Seconds that open requests get when the process is told to stop …
STREAM_PATIENCE: Final = 5
#: … and then the job that is under way: a part of a run takes twenty.
JOB_PATIENCE: Final = 30


def serve(
    workers: Annotated[
        int,
        typer.Option(
            "--workers", min=1, max=64, help="网页进程数，很多人同时用时加大 · server processes"
        ),
    ] = 1,
) -> None:
    """启动网页与接口（默认 http://127.0.0.1:8000） · serve pages and API."""
    with running(Settings()) as services:
        serve_forever(services, workers=workers)


def serve_forever(services: Services, *, workers: int = 1) -> None:
    """Serve until the process is told to stop, with jobs and sweeps in a thread beside it.

    With several `workers` pages and API are answered by as many further processes, which are
    started again when they die; jobs and sweeps stay here.
    """
    settings = services.settings
    STDERR.print(f"请在浏览器打开 http://{settings.host}:{settings.port}（Ctrl+C 停止）")
    services.galleries.warm_up()
    stop = Event()
    beside = Thread(target=drain_until, args=(services, stop), name="drain", daemon=True)
    beside.start()
    uvicorn.run(
        create_app(services) if workers == 1 else "cli.web_process:web_app",
        factory=workers > 1,
        workers=workers,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        # Streams of progress have no end of their own.
        timeout_graceful_shutdown=STREAM_PATIENCE,
    )
    stop.set()
    # What is still running then keeps its lease until its signs of life are missed.
    beside.join(timeout=JOB_PATIENCE)


def worker() -> None:
    """单独运行后台任务进程，退出或停转的会重新启动 · run the workers, restarting those that die or idle."""
    stop = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with running(Settings()) as services:
        STDERR.print("后台任务进程已启动（Ctrl+C 停止）")
        supervise(services, stop)
