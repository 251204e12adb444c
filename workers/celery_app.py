"""The Celery side: `celery -A workers.celery_app worker -Q text`. Messages carry a job's id only."""

from contextlib import ExitStack
from dataclasses import dataclass, field

from celery import Celery
from celery.signals import worker_process_init, worker_process_shutdown

from casework.errors import UnavailableError
from runtime.broker import RUN_JOB, SWEEP, broker_app
from runtime.container import Services, running
from runtime.heartbeat import beating
from runtime.logs import configure_logs
from runtime.settings import Settings


@dataclass(slots=True)
class Process:
    """What one worker process has: made after the fork, so that nothing is shared across it."""

    stack: ExitStack = field(default_factory=ExitStack)
    services: Services | None = None

    def open(self) -> Services:
        """The services of this process, joined with the first job."""
        if self.services is None:
            configure_logs()
            settings = Settings()
            services = self.stack.enter_context(running(settings))
            beats = beating(
                services.open_work,
                services.clock,
                services.floor.worker_id,
                settings.beat_seconds,
            )
            self.stack.enter_context(beats)
            self.services = services
        return self.services

    def close(self) -> None:
        """Take everything apart again."""
        self.stack.close()
        self.services = None


process = Process()
app: Celery = broker_app(Settings().broker_url.get_secret_value())


@worker_process_init.connect  # type: ignore[untyped-decorator]
def begin(**_: object) -> None:
    """Join the parts before the first job, so that no job waits for it."""
    try:
        process.open()
    except UnavailableError:
        # The database is away. The process must start all the same: the job will ask again.
        process.close()


@worker_process_shutdown.connect  # type: ignore[untyped-decorator]
def end(**_: object) -> None:
    """Close connections and the face process."""
    process.close()


@app.task(name=RUN_JOB)  # type: ignore[untyped-decorator]
def run_job(job_id: str) -> None:
    """Run one job, unless it is done, held by another worker, or not due."""
    floor = process.open().floor
    job = floor.claim_one(job_id)
    if job is not None:
        floor.run(job)


@app.task(name=SWEEP)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Look at what is due, and tell the broker of jobs that it was not told of."""
    services = process.open()
    services.sweep()
    services.runner.run_pending()
