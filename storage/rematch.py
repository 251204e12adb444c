"""Re-matching in SQL: runs and counts are plain, explained pairs are sealed."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, func, insert, select, update

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
from storage.documents import BASIS, FIND, NOTED, ORDER, FindDocument
from storage.sealing import Place, SealedBytes, Sealer
from storage.tables import match_bases, match_notes, rematch_cases, rematch_finds, rematch_runs
from storage.upsert import upsert

_R, _C, _F = rematch_runs.c, rematch_cases.c, rematch_finds.c
_IS_WAITING: Final = _F.is_new & (_F.state == "waiting")


class SqlRematchStore:
    """Implements `casework.rematch.ports.RematchStore`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def add(self, run: RematchRun, case_ids: Sequence[str]) -> None:
        """Keep a new run and its cases."""
        self._connection.execute(insert(rematch_runs).values(_columns(run)))
        rows = [
            {"run_id": run.run_id, "case_id": case_id, "position": position, **_NOT_SCORED}
            for position, case_id in enumerate(case_ids)
        ]
        if rows:
            self._connection.execute(insert(rematch_cases), rows)

    def get(self, run_id: str) -> RematchRun:
        """One run."""
        row = self._connection.execute(select(rematch_runs).where(_R.run_id == run_id)).first()
        if row is None:
            raise NotFoundError("没有这一轮重新比对，请核对编号。")
        return _run(row)

    def unfinished(self, order: RematchOrder) -> RematchRun | None:
        """The run of the same order that is not done."""
        states = [state.value for state in UNFINISHED]
        query = (
            select(rematch_runs)
            .where(_R.asked == ORDER.dump(order).decode(), _R.state.in_(states))
            .order_by(_R.started_at)
            .limit(1)
        )
        row = self._connection.execute(query).first()
        return None if row is None else _run(row)

    def move(self, run: RematchRun, *, read_state: RunState) -> bool:
        """Replace a run if it is still where it was."""
        here = (_R.run_id == run.run_id, _R.state == read_state.value)
        moved = update(rematch_runs).where(*here).values(_columns(run))
        return self._connection.execute(moved).rowcount == 1

    def discard(self, run_id: str) -> None:
        """Forget a run that is not done."""
        self._connection.execute(delete(rematch_finds).where(_F.run_id == run_id))
        self._connection.execute(delete(rematch_cases).where(_C.run_id == run_id))
        self._connection.execute(delete(rematch_runs).where(_R.run_id == run_id))

    def forget_done(self, before: datetime, keep: int) -> int:
        """Forget runs that were done before a moment, but the latest ones and those still told of."""
        waits = (_F.state == "waiting") | (_F.told_at >= before)
        latest = select(_R.run_id).where(_R.state == RunState.DONE.value)
        latest = latest.order_by(_R.finished_at.desc(), _R.run_id).limit(keep)
        old = select(_R.run_id).where(
            _R.state == RunState.DONE.value,
            _R.finished_at < before,
            _R.run_id.not_in(self._connection.execute(latest).scalars().all()),
            ~exists().where(_F.run_id == _R.run_id, waits),
        )
        run_ids = self._connection.execute(old).scalars().all()
        for run_id in run_ids:
            self.discard(run_id)
        return len(run_ids)

    def unscored(self, run_id: str, limit: int) -> tuple[str, ...]:
        """Cases of a run that are not scored yet."""
        return self._cases(run_id, "waiting", limit)

    def unapplied(self, run_id: str, limit: int) -> tuple[str, ...]:
        """Scored cases of a run whose leads are not renewed yet."""
        return self._cases(run_id, "scored", limit)

    def keep_scored(self, scored: ScoredCase) -> None:
        """Keep what scoring a case gave."""
        mine = (_F.run_id == scored.run_id, _F.case_id == scored.case_id)
        self._connection.execute(delete(rematch_finds).where(*mine))
        if scored.finds:
            rows = [self._find_row(find) for find in scored.finds]
            self._connection.execute(insert(rematch_finds), rows)
        self._connection.execute(
            update(rematch_cases)
            .where(_C.run_id == scored.run_id, _C.case_id == scored.case_id)
            .values(
                state="scored",
                pairs=scored.pairs,
                in_reach=scored.in_reach,
                hits=sum(find.is_new for find in scored.finds),
                reopened=sum(find.is_return for find in scored.finds),
                gone=json.dumps(scored.gone),
                basis=BASIS.dump(scored.basis).decode(),
                noted=self._seal_noted(scored.noted, _noted_place(scored.run_id, scored.case_id)),
            )
        )

    def progress(self, run_id: str) -> RunProgress:
        """How far a run is."""
        sums = [
            func.coalesce(func.sum(c), 0) for c in (_C.pairs, _C.in_reach, _C.hits, _C.reopened)
        ]
        query = select(func.count(), *sums).where(_C.run_id == run_id)
        cases, pairs, in_reach, hits, reopened = self._connection.execute(query).one()
        return RunProgress(
            cases=int(cases),
            scored=self._count(_C.run_id == run_id, _C.state != "waiting"),
            pairs=int(pairs),
            in_reach=int(in_reach),
            hits=int(hits),
            reopened=int(reopened),
        )

    def done_before(self, moment: datetime, limit: int) -> tuple[RematchRun, ...]:
        """Runs that were done by then, latest first."""
        query = (
            select(rematch_runs)
            .where(_R.state == RunState.DONE.value, _R.finished_at <= moment)
            .order_by(_R.finished_at.desc(), _R.run_id)
            .limit(limit)
        )
        return tuple(_run(row) for row in self._connection.execute(query))

    def last_matches(self, case_ids: Collection[str]) -> Mapping[str, LastMatch]:
        """What the latest finished run came to for each of these people."""
        query = (
            select(_C.case_id, _R.finished_at, _C.pairs, _C.hits, _C.reopened)
            .join(rematch_runs, _R.run_id == _C.run_id)
            .where(_R.state == RunState.DONE.value, _C.case_id.in_(case_ids))
            .order_by(_R.finished_at, _R.run_id)
        )
        return {
            row.case_id: LastMatch(
                finished_at=row.finished_at, pairs=row.pairs, hits=row.hits, reopened=row.reopened
            )
            for row in self._connection.execute(query)
        }

    def latest(self, station: str, limit: int) -> tuple[RematchRun, ...]:
        """The runs that concern a station, latest start first."""
        query = select(rematch_runs).order_by(_R.started_at.desc(), _R.run_id).limit(limit)
        if station:
            query = query.where(_R.station.in_((station, "")))
        return tuple(_run(row) for row in self._connection.execute(query))

    def scored(self, run_id: str, case_id: str) -> ScoredCase:
        """What was kept."""
        query = select(rematch_cases).where(
            _C.run_id == run_id, _C.case_id == case_id, _C.state != "waiting"
        )
        row = self._connection.execute(query).first()
        if row is None:
            raise NotFoundError("这一轮里没有这个个案的结果。")
        finds = (
            select(rematch_finds)
            .where(_F.run_id == run_id, _F.case_id == case_id)
            .order_by(_F.bits.desc(), _F.record_id)
        )
        return ScoredCase(
            run_id=run_id,
            case_id=case_id,
            finds=tuple(self._find(found) for found in self._connection.execute(finds)),
            gone=tuple(json.loads(row.gone)),
            basis=BASIS.load(row.basis),
            noted=self._open_noted(row.noted, _noted_place(run_id, case_id)),
            pairs=row.pairs,
            in_reach=row.in_reach,
        )

    def mark_applied(self, run_id: str, case_id: str) -> bool:
        """The case's leads are renewed; False when they were already."""
        here = (_C.run_id == run_id, _C.case_id == case_id, _C.state == "scored")
        done = update(rematch_cases).where(*here).values(state="applied")
        return self._connection.execute(done).rowcount == 1

    def open_finds(self, run_id: str) -> None:
        """The run is whole: its new finds may be told; older ones of its pairs go."""
        fresh = rematch_finds.alias()
        same_pair = exists().where(
            fresh.c.run_id == run_id,
            fresh.c.case_id == _F.case_id,
            fresh.c.record_id == _F.record_id,
        )
        older = (_F.run_id != run_id, _F.state == "waiting", same_pair)
        self._connection.execute(delete(rematch_finds).where(*older))
        mine = (_F.run_id == run_id, _F.state == "staged")
        self._connection.execute(delete(rematch_finds).where(*mine, _F.is_new.is_(False)))
        self._connection.execute(update(rematch_finds).where(*mine).values(state="waiting"))

    def waiting_of(self, case_id: str) -> frozenset[str]:
        """Records of a case's new finds that wait."""
        query = select(_F.record_id).where(_IS_WAITING, _F.case_id == case_id)
        return frozenset(self._connection.execute(query).scalars())

    def drop_waiting(self, case_id: str, record_ids: Collection[str] | None = None) -> None:
        """Forget a case's finds that wait."""
        gone = delete(rematch_finds).where(_F.case_id == case_id, _F.state == "waiting")
        if record_ids is not None:
            gone = gone.where(_F.record_id.in_(record_ids))
        self._connection.execute(gone)

    def waiting(self, station: str) -> int:
        """How many new finds wait to be told."""
        query = select(func.count()).where(_IS_WAITING, _F.station == station)
        return int(self._connection.execute(query).scalar_one())

    def stations_waiting(self) -> tuple[str, ...]:
        """The stations for which any wait."""
        query = select(_F.station).where(_IS_WAITING).distinct().order_by(_F.station)
        return tuple(self._connection.execute(query).scalars())

    def best_waiting(self, station: str, limit: int) -> tuple[Find, ...]:
        """New finds that are not told yet, strongest first."""
        query = (
            select(rematch_finds)
            .where(_IS_WAITING, _F.station == station)
            .order_by(_F.bits.desc(), _F.case_id, _F.record_id)
            .limit(limit)
        )
        return tuple(self._find(row) for row in self._connection.execute(query))

    def mark_told(self, find: Find, at: datetime) -> bool:
        """The find has become a lead; False when it was told already."""
        here = (
            _F.run_id == find.run_id,
            _F.case_id == find.case_id,
            _F.record_id == find.record_id,
            _F.state == "waiting",
        )
        told = update(rematch_finds).where(*here).values(state="told", told_at=at)
        return self._connection.execute(told).rowcount == 1

    def told_since(self, station: str, moment: datetime) -> int:
        """How many new leads of re-matching a station got since then."""
        told = (_F.state == "told", _F.station == station, _F.told_at >= moment)
        return int(self._connection.execute(select(func.count()).where(*told)).scalar_one())

    def basis(self, case_id: str) -> MatchBasis | None:
        """What a resident was scored with last."""
        query = select(match_bases).where(match_bases.c.case_id == case_id)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        return MatchBasis(
            probe=row.probe,
            rules=row.rules,
            record_revision=row.record_revision,
            face_revision=row.face_revision,
        )

    def keep_basis(self, case_id: str, basis: MatchBasis, noted: Noted | None = None) -> None:
        """Remember what a resident was scored with, and what was noted."""
        row = {
            "case_id": case_id,
            "probe": basis.probe,
            "rules": basis.rules,
            "record_revision": basis.record_revision,
            "face_revision": basis.face_revision,
        }
        upsert(self._connection, match_bases, row)
        if noted is not None:
            document = self._seal_noted(noted, _last_place(case_id))
            upsert(self._connection, match_notes, {"case_id": case_id, "document": document})

    def noted(self, case_id: str) -> Noted | None:
        """What was noted when a resident was scored last."""
        query = select(match_notes.c.document).where(match_notes.c.case_id == case_id)
        return self._open_noted(self._connection.execute(query).scalar(), _last_place(case_id))

    def _seal_noted(self, noted: Noted | None, place: Place) -> SealedBytes | None:
        return None if noted is None else self._sealer.seal(NOTED.dump(noted), place)

    def _open_noted(self, sealed: bytes | None, place: Place) -> Noted | None:
        return None if sealed is None else NOTED.load(self._sealer.open(sealed, place))

    def _cases(self, run_id: str, state: str, limit: int) -> tuple[str, ...]:
        query = (
            select(_C.case_id)
            .where(_C.run_id == run_id, _C.state == state)
            .order_by(_C.position)
            .limit(limit)
        )
        return tuple(self._connection.execute(query).scalars())

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        return int(self._connection.execute(select(func.count()).where(*conditions)).scalar_one())

    def _find_row(self, find: Find) -> dict[str, object]:
        document = FindDocument(ranked=find.ranked, versions=find.versions, changes=find.changes)
        place = _place(find.run_id, find.case_id, find.record_id)
        return {
            "run_id": find.run_id,
            "case_id": find.case_id,
            "record_id": find.record_id,
            "station": find.station,
            "is_new": find.is_new,
            "is_return": find.is_return,
            "state": "staged",
            "bits": find.ranked.bits,
            "document": self._sealer.seal(FIND.dump(document), place),
        }

    def _find(self, row: Row[*tuple[Any, ...]]) -> Find:
        place = _place(row.run_id, row.case_id, row.record_id)
        document = FIND.load(self._sealer.open(row.document, place))
        return Find(
            run_id=row.run_id,
            case_id=row.case_id,
            record_id=row.record_id,
            station=row.station,
            is_new=row.is_new,
            is_return=row.is_return,
            ranked=document.ranked,
            versions=document.versions,
            changes=document.changes,
        )


_NOT_SCORED: Final[dict[str, object]] = {
    "state": "waiting",
    "pairs": 0,
    "in_reach": 0,
    "hits": 0,
    "reopened": 0,
    "gone": "[]",
    "basis": "",
}


def _columns(run: RematchRun) -> dict[str, object]:
    return {
        "run_id": run.run_id,
        "asked": ORDER.dump(run.order).decode(),
        "station": run.order.station,
        "budget": run.budget,
        "state": run.state.value,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "record_revision": run.record_revision,
        "face_revision": run.face_revision,
        "let_go_by": run.let_go_by,
    }


def _run(row: Row[*tuple[Any, ...]]) -> RematchRun:
    return RematchRun(
        run_id=row.run_id,
        order=ORDER.load(row.asked),
        budget=row.budget,
        state=RunState(row.state),
        started_at=row.started_at,
        finished_at=row.finished_at,
        record_revision=row.record_revision,
        face_revision=row.face_revision,
        let_go_by=row.let_go_by,
    )


def _noted_place(run_id: str, case_id: str) -> Place:
    return Place("rematch_cases", f"{run_id}:{case_id}", "noted")


def _last_place(case_id: str) -> Place:
    return Place("match_notes", case_id, "document")


def _place(run_id: str, case_id: str, record_id: str) -> Place:
    return Place("rematch_finds", f"{run_id}:{case_id}:{record_id}", "document")
