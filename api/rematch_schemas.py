"""Runs of re-matching and notices in the JSON API."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, Field

from casework.clock.station_time import in_station_time
from casework.jobs.notice import Notice, NoticeKind
from casework.rematch.orders import RunView
from casework.rematch.runs import Depth, RematchOrder, RunState, Who


class RematchIn(BaseModel):
    """What is to be matched again."""

    who: Who = Who.EVERYONE
    #: Against what changed since each was scored last, or against the whole registry.
    depth: Depth = Depth.CHANGES
    case_id: Annotated[str, Field(max_length=64)] = ""
    since: AwareDatetime | None = None
    #: New leads per reviewer and day; the house figure when left out.
    budget: Annotated[int, Field(ge=0, le=10_000)] | None = None

    def order(self, station: str) -> RematchOrder:
        """The order, for one station."""
        return RematchOrder(
            who=self.who,
            depth=self.depth,
            station=station,
            case_id=self.case_id,
            since=self.since,
        )


class RunOut(BaseModel):
    """One run and how far it is."""

    run_id: str
    state: RunState
    who: Who
    depth: Depth
    started_at: datetime
    finished_at: datetime | None
    cases: int
    scored: int
    pairs: int
    #: Pairs without a lead before.
    hits: int
    reopened: int
    #: New leads that wait for another day.
    waiting: int

    @classmethod
    def of(cls, view: RunView) -> Self:
        """The public form of a run."""
        run, seen = view.run, view.progress
        return cls(
            run_id=run.run_id,
            state=run.state,
            who=run.order.who,
            depth=run.order.depth,
            started_at=in_station_time(run.started_at),
            finished_at=in_station_time(run.finished_at) if run.finished_at else None,
            cases=seen.cases,
            scored=seen.scored,
            pairs=seen.pairs,
            hits=seen.hits,
            reopened=seen.reopened,
            waiting=view.waiting,
        )


class NoticeOut(BaseModel):
    """One notice of the station."""

    notice_id: str
    kind: NoticeKind
    #: Kind and id of what it is about, for example case:3f2a….
    subject: str
    at: datetime

    @classmethod
    def of(cls, notice: Notice) -> Self:
        """The public form of a notice."""
        return cls(
            notice_id=notice.notice_id,
            kind=notice.kind,
            subject=notice.subject,
            at=in_station_time(notice.at),
        )
