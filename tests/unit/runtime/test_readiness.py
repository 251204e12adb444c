"""What operators watch: queues, sweeps, indexes, runs; in Prometheus' own format."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from casework.jobs.giving_up import give_up
from casework.jobs.job import JobKind, Queue, WorkerBeat
from runtime.container import LAST_SWEEP, Services, running
from runtime.metrics import metrics_of, text_of
from runtime.readiness import SWEEP_LATE, age_seconds, readiness
from runtime.settings import Settings


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with running(Settings(home=tmp_path / "var")) as made:
        made.galleries.refresh()
        yield made


def samples(services: Services) -> dict[str, float]:
    lines = text_of(metrics_of(readiness(services))).splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_an_empty_station_is_ready(services: Services) -> None:
    ready = readiness(services)
    assert not ready.is_degraded
    assert (ready.last_sweep, ready.workers, ready.rematch) == (None, 0, None)
    assert samples(services)['guitu_jobs_pending{queue="text"}'] == 0


def test_waiting_jobs_workers_and_the_nights_run_are_counted(services: Services) -> None:
    now = services.clock()
    with services.open_work() as work:
        services.floor.context.order_job(work, JobKind.SEARCH_CASE, "c1")
        beat = WorkerBeat(worker_id="w1", started_at=now, beat_at=now)
        old = WorkerBeat(worker_id="w2", started_at=now, beat_at=now - timedelta(hours=1))
        work.workers.beat(beat)
        work.workers.beat(old)
        work.commit()
    found = samples(services)
    assert found['guitu_jobs_pending{queue="text"}'] == 1
    assert found['guitu_queue_age_seconds{queue="text"}'] >= 0
    assert found["guitu_workers"] == 1
    assert "guitu_last_sweep_age_seconds" not in found


def test_a_sweep_is_remembered_and_late_ones_degrade(services: Services) -> None:
    services.sweep()
    assert samples(services)["guitu_last_sweep_age_seconds"] < 60
    long_ago = services.clock() - SWEEP_LATE - timedelta(seconds=1)
    with services.open_work() as work:
        work.workspace.set(LAST_SWEEP, long_ago.isoformat())
        work.commit()
    assert readiness(services).is_degraded


def test_a_job_that_was_given_up_degrades(services: Services) -> None:
    with services.open_work() as work:
        services.floor.context.order_job(work, JobKind.SEARCH_CASE, "c1")
        work.commit()
    job = services.floor.claim((Queue.TEXT,))
    assert job is not None
    assert give_up(services.floor.context, job, "ValueError")
    assert readiness(services).is_degraded
    assert samples(services)['guitu_jobs_given_up{queue="text"}'] == 1


def test_a_clock_that_was_set_back_makes_nothing_older_than_now(services: Services) -> None:
    now = services.clock()
    assert age_seconds(now + timedelta(hours=1), now) == 0
    assert age_seconds(None, now) is None
