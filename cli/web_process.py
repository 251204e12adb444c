"""One of several server processes of `guitu serve --workers`: pages and API, no jobs."""

import atexit
from contextlib import ExitStack

from fastapi import FastAPI

from api.app import create_app
from runtime.container import running
from runtime.logs import configure_logs
from runtime.settings import Settings


def web_app() -> FastAPI:
    """The app over services of its own, which end with the process.

    Each process has its own face reader, and its own search index once it takes somebody in; the
    process that started them runs the jobs and the sweeps.
    """
    configure_logs()
    parts = ExitStack()
    atexit.register(parts.close)
    return create_app(parts.enter_context(running(Settings())))
