"""Whether this installation does its work: queues, indexes, sweeps, workers. Numbers and times only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from casework.jobs.dead_workers import MISSED_BEATS
from casework.jobs.job import Backlog
from casework.rematch.runs import RunProgress, RunState
from runtime.container import Services

#: Sweeps come every half minute; a breach must be told within two.
SWEEP_LATE: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestRun:
    """The latest run of re-matching."""

    state: RunState
    progress: RunProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How everything stands at one moment."""

    at: datetime
    backlogs: tuple[Backlog, ...]
    #: Processes that gave a sign of life lately.
    workers: int
    #: None before the first sweep.
    last_sweep: datetime | None
    #: How far registry and face galleries have grown, and how far this process has followed.
    record_revision: int
    face_revision: int
    followed_faces: int
    faces_are_whole: bool
    rematch: LatestRun | None

    @property
    def is_degraded(self) -> bool:
        """Whether something is not done as it should: faces, sweeps or given-up jobs."""
        return not self.faces_are_whole or self.sweep_is_late or self.given_up > 0

    @property
    def sweep_is_late(self) -> bool:
        """Whether breaches may go untold; not before anything ever swept."""
        return self.last_sweep is not None and self.at - self.last_sweep > SWEEP_LATE

    @property
    def given_up(self) -> int:
        """Jobs that wait for a person."""
        return sum(each.given_up for each in self.backlogs)


def readiness(services: Services) -> Readiness:
    """Look at everything in one short transaction.

    Raises:
        UnavailableError: the database does not answer.
    """
    galleries = services.galleries.now()
    now = services.clock()
    with services.open_work() as work:
        beats = work.workers.beats()
        run = next(iter(work.rematch.latest("", 1)), None)
        return Readiness(
            at=now,
            backlogs=work.outbox.backlogs(now),
            workers=sum(
                now - each.beat_at <= MISSED_BEATS * services.settings.beat_every for each in beats
            ),
            last_sweep=services.last_sweep(work),
            record_revision=work.records.revision(),
            face_revision=work.faces.revision(),
            followed_faces=galleries.revision,
            faces_are_whole=galleries.are_whole,
            rematch=LatestRun(state=run.state, progress=work.rematch.progress(run.run_id))
            if run
            else None,
        )


def age_seconds(moment: datetime | None, now: datetime) -> float | None:
    """Seconds since a moment; a clock that was set back gives 0."""
    return None if moment is None else max(0.0, (now - moment).total_seconds())
