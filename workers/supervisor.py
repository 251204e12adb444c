"""`guitu worker`: starts the worker processes, starts them again, and restarts those that idle."""

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from threading import Event
from typing import Final

import structlog

from casework.errors import StaleVersionError, UnavailableError
from casework.jobs.job import Queue
from runtime.container import Services
from runtime.job_limits import HARD_LIMIT
from workers.child import Child, ChildPlan, end_all
from workers.idle_watch import IdleWatch

#: Seconds between two looks at the children and the backlog.
PAUSE: Final = 1.0
#: Seconds that a child gets to finish its job.
PATIENCE: Final = float(HARD_LIMIT)
#: The modules that the children run.
APP = "workers.celery_app"
STANDING = "workers.standing"
QUIET: Final = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=WARNING")


def plans(*, has_broker: bool) -> Mapping[ChildPlan, tuple[Queue, ...]]:
    """Every process to run, and the queues that it serves (none: it serves the clock)."""
    if not has_broker:
        standing = ChildPlan(name="standing", command=(sys.executable, "-m", STANDING))
        return {standing: tuple(Queue)}
    beat = ChildPlan(
        name="beat",
        # The plain scheduler keeps no file: sweeping once too often after a restart is harmless.
        command=_celery("beat", "--scheduler", "celery.beat:Scheduler", "--loglevel=WARNING"),
    )
    return {**{_worker(queue): (queue,) for queue in Queue}, beat: ()}


def _worker(queue: Queue) -> ChildPlan:
    """One process for a queue: the next job is begun when the last is done."""
    name = ("-n", f"{queue.value}@%h", "-Q", queue.value)
    command = _celery("worker", *name, "--pool=prefork", "--concurrency=1", *QUIET)
    return ChildPlan(name=queue.value, command=command)


def _celery(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "celery", "--quiet", "-A", APP, *words)


def supervise(services: Services, stop: Event) -> None:
    """Keep the workers running until `stop` is set, then let them finish."""
    served = plans(has_broker=services.settings.has_broker)
    children = {Child(plan): queues for plan, queues in served.items()}
    watch = IdleWatch(timedelta(seconds=services.settings.idle_seconds))
    try:
        while True:
            fresh = _start(children) | _restart(children, _idle(services, watch))
            if fresh:
                _tell_again(services)
            if stop.wait(PAUSE):
                return
    finally:
        end_all(tuple(children), PATIENCE)


def _start(children: Mapping[Child, Sequence[Queue]]) -> bool:
    started = [child for child in children if child.start_if_down()]
    for child in started:
        structlog.get_logger("supervisor").warning("worker_started", worker=child.plan.name)
    return bool(started)


def _restart(children: Mapping[Child, Sequence[Queue]], idle: frozenset[Queue]) -> bool:
    chosen = [child for child, queues in children.items() if idle & set(queues)]
    for child in chosen:
        structlog.get_logger("supervisor").error("worker_idle", worker=child.plan.name)
        child.restart()
    return bool(chosen)


def _tell_again(services: Services) -> None:
    """What the worker before had fetched and not begun died with it: Redis counts it as delivered."""
    with suppress(UnavailableError), services.open_work() as work:
        work.outbox.forget_dispatches()
        work.commit()


def _idle(services: Services, watch: IdleWatch) -> frozenset[Queue]:
    """Queues that nobody works at; none while the database is away."""
    try:
        services.release_dead()
        if services.settings.has_broker:
            services.runner.run_pending()
        with services.open_work() as work:
            now = services.clock()
            return watch.look(work.outbox.backlogs(now), now)
    except (UnavailableError, StaleVersionError) as error:
        structlog.get_logger("supervisor").warning("look_failed", error=type(error).__name__)
        return frozenset()
