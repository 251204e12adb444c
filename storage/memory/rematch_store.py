"""Twin of the store of re-matching."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from casework.errors import NotFoundError
from casework.rematch.runs import (
    UNFINISHED,
    Find,
    LastMatch,
    RematchOrder,
    RematchRun,
    RunProgress,
    RunState,
    ScoredCase,
)
from casework.search.match_basis import MatchBasis
from matching.compare.notes import Noted
from storage.memory.state import State
from storage.memory.stored_run import FindState, StoredFind, StoredRun

_END: Final = datetime.max.replace(tzinfo=UTC)


class MemoryRematchStore:
    """Twin of `storage.rematch.SqlRematchStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, run: RematchRun, case_ids: Sequence[str]) -> None:
        """Keep a new run and its cases."""
        self._state.runs[run.run_id] = StoredRun(run=run, case_ids=tuple(case_ids))

    def get(self, run_id: str) -> RematchRun:
        """One run."""
        return self._stored(run_id).run

    def unfinished(self, order: RematchOrder) -> RematchRun | None:
        """The run of the same order that is not done."""
        runs = [stored.run for stored in self._state.runs.values()]
        same = [run for run in runs if run.order == order and run.state in UNFINISHED]
        return min(same, key=lambda run: run.started_at, default=None)

    def move(self, run: RematchRun, *, read_state: RunState) -> bool:
        """Replace a run if it is still where it was."""
        stored = self._state.runs.get(run.run_id)
        if stored is None or stored.run.state is not read_state:
            return False
        self._state.runs[run.run_id] = replace(stored, run=run)
        return True

    def discard(self, run_id: str) -> None:
        """Forget a run that is not done."""
        self._state.runs.pop(run_id, None)
        for key in [key for key in self._state.finds if key[0] == run_id]:
            del self._state.finds[key]

    def forget_done(self, before: datetime, keep: int) -> int:
        """Forget runs that were done before a moment, but the latest ones and those still told of."""
        done = self.done_before(_END, len(self._state.runs))
        needed = {
            find.find.run_id
            for find in self._state.finds.values()
            if find.state is FindState.WAITING or (find.told_at and find.told_at >= before)
        }
        old = [
            run.run_id
            for run in done[keep:]
            if run.finished_at and run.finished_at < before and run.run_id not in needed
        ]
        for run_id in old:
            self.discard(run_id)
        return len(old)

    def unscored(self, run_id: str, limit: int) -> tuple[str, ...]:
        """Cases of a run that are not scored yet."""
        stored = self._stored(run_id)
        return tuple(c for c in stored.case_ids if c not in stored.scored)[:limit]

    def unapplied(self, run_id: str, limit: int) -> tuple[str, ...]:
        """Scored cases of a run whose leads are not renewed yet."""
        stored = self._stored(run_id)
        ready = (c for c in stored.case_ids if c in stored.scored and c not in stored.applied)
        return tuple(ready)[:limit]

    def keep_scored(self, scored: ScoredCase) -> None:
        """Keep what scoring a case gave."""
        stored = self._stored(scored.run_id)
        kept = {**stored.scored, scored.case_id: scored}
        self._state.runs[scored.run_id] = replace(stored, scored=kept)
        mine = (scored.run_id, scored.case_id)
        for key in [key for key in self._state.finds if key[:2] == mine]:
            del self._state.finds[key]
        for find in scored.finds:
            self._state.finds[(*mine, find.record_id)] = StoredFind(find=find)

    def progress(self, run_id: str) -> RunProgress:
        """How far a run is."""
        stored = self._stored(run_id)
        done = stored.scored.values()
        return RunProgress(
            cases=len(stored.case_ids),
            scored=len(done),
            pairs=sum(each.pairs for each in done),
            in_reach=sum(each.in_reach for each in done),
            hits=sum(find.is_new for each in done for find in each.finds),
            reopened=sum(find.is_return for each in done for find in each.finds),
        )

    def done_before(self, moment: datetime, limit: int) -> tuple[RematchRun, ...]:
        """Runs that were done by then, latest first."""
        found = [
            (stored.run.finished_at, stored.run)
            for stored in self._state.runs.values()
            if stored.run.state is RunState.DONE and stored.run.finished_at is not None
        ]
        found = [(at, run) for at, run in found if at <= moment]
        found.sort(key=lambda pair: pair[1].run_id)
        found.sort(key=lambda pair: pair[0], reverse=True)
        return tuple(run for _, run in found[:limit])

    def last_matches(self, case_ids: Collection[str]) -> Mapping[str, LastMatch]:
        """What the latest finished run came to for each of these people."""
        return {
            scored.case_id: LastMatch(
                finished_at=run.finished_at,
                pairs=scored.pairs,
                hits=sum(find.is_new for find in scored.finds),
                reopened=sum(find.is_return for find in scored.finds),
            )
            for run in reversed(self.done_before(_END, len(self._state.runs)))
            if run.finished_at is not None
            for scored in self._stored(run.run_id).scored.values()
            if scored.case_id in case_ids
        }

    def latest(self, station: str, limit: int) -> tuple[RematchRun, ...]:
        """The runs that concern a station, latest start first."""
        runs = [stored.run for stored in self._state.runs.values()]
        mine = [run for run in runs if not station or run.order.station in {station, ""}]
        mine.sort(key=lambda run: run.run_id)
        mine.sort(key=lambda run: run.started_at, reverse=True)
        return tuple(mine[:limit])

    def scored(self, run_id: str, case_id: str) -> ScoredCase:
        """What was kept."""
        scored = self._stored(run_id).scored.get(case_id)
        if scored is None:
            raise NotFoundError("这一轮里没有这个个案的结果。")
        order = sorted(scored.finds, key=lambda find: (-find.ranked.bits, find.record_id))
        return replace(scored, finds=tuple(order))

    def mark_applied(self, run_id: str, case_id: str) -> bool:
        """The case's leads are renewed; False when they were already."""
        stored = self._stored(run_id)
        is_ready = case_id in stored.scored and case_id not in stored.applied
        if is_ready:
            applied = stored.applied | {case_id}
            self._state.runs[run_id] = replace(stored, applied=applied)
        return is_ready

    def open_finds(self, run_id: str) -> None:
        """The run is whole: its new finds may be told; older ones of its pairs go."""
        finds = self._state.finds
        pairs = {key[1:] for key in finds if key[0] == run_id}
        for key, row in list(finds.items()):
            is_mine = key[0] == run_id
            if is_mine and row.state is FindState.STAGED and row.find.is_new:
                finds[key] = replace(row, state=FindState.WAITING)
            elif is_mine is (row.state is FindState.STAGED) and key[1:] in pairs:
                del finds[key]

    def waiting_of(self, case_id: str) -> frozenset[str]:
        """Records of a case's new finds that wait."""
        return frozenset(find.record_id for find in self._waiting() if find.case_id == case_id)

    def drop_waiting(self, case_id: str, record_ids: Collection[str] | None = None) -> None:
        """Forget a case's finds that wait."""
        gone = [
            key
            for key, row in self._state.finds.items()
            if row.state is FindState.WAITING
            and row.find.case_id == case_id
            and (record_ids is None or row.find.record_id in record_ids)
        ]
        for key in gone:
            del self._state.finds[key]

    def waiting(self, station: str) -> int:
        """How many new finds wait to be told."""
        return sum(find.station == station for find in self._waiting())

    def stations_waiting(self) -> tuple[str, ...]:
        """The stations for which any wait."""
        return tuple(sorted({find.station for find in self._waiting()}))

    def best_waiting(self, station: str, limit: int) -> tuple[Find, ...]:
        """New finds that are not told yet, strongest first."""
        mine = [find for find in self._waiting() if find.station == station]
        mine.sort(key=lambda find: (-find.ranked.bits, find.case_id, find.record_id))
        return tuple(mine[:limit])

    def mark_told(self, find: Find, at: datetime) -> bool:
        """The find has become a lead; False when it was told already."""
        key = (find.run_id, find.case_id, find.record_id)
        row = self._state.finds.get(key)
        if row is None or row.state is not FindState.WAITING:
            return False
        self._state.finds[key] = replace(row, state=FindState.TOLD, told_at=at)
        return True

    def told_since(self, station: str, moment: datetime) -> int:
        """How many new leads of re-matching a station got since then."""
        return sum(
            row.find.station == station and row.told_at is not None and row.told_at >= moment
            for row in self._state.finds.values()
        )

    def basis(self, case_id: str) -> MatchBasis | None:
        """What a resident was scored with last."""
        return self._state.bases.get(case_id)

    def keep_basis(self, case_id: str, basis: MatchBasis, noted: Noted | None = None) -> None:
        """Remember what a resident was scored with, and what was noted."""
        self._state.bases[case_id] = basis
        if noted is not None:
            self._state.noted[case_id] = noted

    def noted(self, case_id: str) -> Noted | None:
        """What was noted when a resident was scored last."""
        return self._state.noted.get(case_id)

    def _waiting(self) -> Iterator[Find]:
        rows = self._state.finds.values()
        return (r.find for r in rows if r.find.is_new and r.state is FindState.WAITING)

    def _stored(self, run_id: str) -> StoredRun:
        if run_id not in self._state.runs:
            raise NotFoundError("没有这一轮重新比对，请核对编号。")
        return self._state.runs[run_id]
