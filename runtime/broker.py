"""The broker: Celery over Redis, told ids only. It makes jobs start sooner; it is never the truth.

Why each setting is as it is: docs/decisions/0008-the-broker-is-an-accelerator.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from celery import Celery
from kombu.entity import Queue as KombuQueue
from kombu.exceptions import KombuError
from redis import Redis, RedisError

from casework.errors import UnavailableError
from casework.jobs.job import Job, Queue
from runtime.job_limits import HARD_LIMIT, SOFT_LIMIT, VISIBILITY

RUN_JOB: Final = "guitu.run_job"
SWEEP: Final = "guitu.sweep"
#: Seconds between two sweeps: a breach is told within two minutes.
SWEEP_EVERY: Final = 30.0
SOCKET_SECONDS: Final = 5
#: Jobs after which a worker process is replaced, whatever its libraries leak.
JOBS_PER_PROCESS: Final = 200
#: Where a Redis that has its memory says so.
MEMORY_KEY: Final = "guitu:remembers"


def broker_app(url: str) -> Celery:
    """The Celery application on this broker; connects with the first message."""
    app = Celery("guitu", broker=url, set_as_current=False)
    app.conf.update(
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_time_limit=HARD_LIMIT,
        task_soft_time_limit=SOFT_LIMIT,
        task_queues=[KombuQueue(queue.value) for queue in Queue],  # type: ignore[no-untyped-call]
        task_default_queue=Queue.TEXT.value,
        task_create_missing_queues=False,
        worker_prefetch_multiplier=1,
        worker_max_tasks_per_child=JOBS_PER_PROCESS,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        worker_soft_shutdown_timeout=30,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_transport_options={
            "visibility_timeout": VISIBILITY,
            "socket_timeout": SOCKET_SECONDS,
            "socket_connect_timeout": SOCKET_SECONDS,
            "socket_keepalive": True,
            "health_check_interval": 30,
        },
        beat_schedule={
            "sweep": {
                "task": SWEEP,
                "schedule": SWEEP_EVERY,
                # A sweep that nobody fetched is of no use when the next one is there.
                "options": {"queue": Queue.TEXT.value, "expires": SWEEP_EVERY},
            }
        },
    )
    return app


class Broker:
    """Tells Redis of jobs, and notices when Redis has forgotten them."""

    def __init__(self, app: Celery) -> None:
        self._app = app

    def tell(self, job: Job) -> None:
        """Put the job's id into its queue.

        Raises:
            UnavailableError: Redis does not answer.
        """
        try:
            self._app.send_task(
                RUN_JOB,
                args=(job.job_id,),
                task_id=job.job_id,
                queue=job.queue.value,
                retry=False,
            )
        except (KombuError, RedisError, OSError) as error:
            raise _away() from error

    def has_forgotten(self) -> bool:
        """Whether Redis has lost its memory since this was asked last; true the first time.

        Raises:
            UnavailableError: Redis does not answer.
        """
        with self._client() as client:
            return bool(client.set(MEMORY_KEY, "1", nx=True))

    def ping(self) -> None:
        """Ask whether Redis is there.

        Raises:
            UnavailableError: it does not answer.
        """
        with self._client() as client:
            client.ping()

    @contextmanager
    def _client(self) -> Iterator[Redis]:
        try:
            with self._app.connection_for_write() as connection:
                yield connection.default_channel.client
        except (KombuError, RedisError, OSError) as error:
            raise _away() from error


def _away() -> UnavailableError:
    return UnavailableError("任务队列（Redis）暂时连不上；任务都记在数据库里，恢复后自动继续。")
