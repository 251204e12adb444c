"""What every implementation of the store of re-matching must do."""

from dataclasses import replace

import pytest

from casework.errors import NotFoundError
from casework.ports import OpenWork, UnitOfWork
from casework.rematch.runs import (
    Find,
    RematchOrder,
    RematchRun,
    RunProgress,
    RunState,
    ScoredCase,
    Who,
)
from casework.search.gallery import OwnerKind
from casework.search.match_basis import MatchBasis
from matching.compare.notes import Noted
from matching.evidence import Evidence, Signal
from matching.fusion import Band
from matching.ranking import RankedLead
from matching.text.heard_places import HeardPlace
from tests.samples import NOW, STATION, a_case, a_face, a_record, minutes

NOTED = Noted(
    size=3,
    odds=1.5,
    chances={"name 刘福生": (0.25, 3)},
    outcomes={"birth": (1, 2)},
    places={"龙回": (HeardPlace(node=7, bits=2.5, words="龙回", rules=("同音",)),)},
)
BASIS = MatchBasis(probe="p", rules="r", record_revision=3, face_revision=1)


def a_run(run_id: str = "run1", state: RunState = RunState.SCORING) -> RematchRun:
    return RematchRun(run_id=run_id, order=RematchOrder(), budget=20, state=state, started_at=NOW)


def a_find(record_id: str = "r1", bits: float = 2.0, run_id: str = "run1") -> Find:
    return Find(
        run_id=run_id,
        case_id="c1",
        record_id=record_id,
        station=STATION,
        is_new=True,
        is_return=False,
        ranked=RankedLead(
            rank=1,
            record_id=record_id,
            probability=0.5,
            bits=bits,
            prior_bits=-10.0,
            band=Band.POSSIBLE,
            evidence=(Evidence(signal=Signal.NAME, bits=bits, detail="同音"),),
        ),
        versions={"policy": "1"},
        changes=("走失记录有更新",),
    )


def a_scored(*finds: Find, case_id: str = "c1", run_id: str = "run1") -> ScoredCase:
    return ScoredCase(
        run_id=run_id,
        case_id=case_id,
        finds=finds,
        gone=("r9",),
        basis=BASIS,
        noted=NOTED,
        pairs=5,
        in_reach=9,
    )


def fill(work: UnitOfWork) -> None:
    work.cases.add(a_case())
    work.cases.add(a_case("c2", number="2026-0002"))
    work.records.add_many([a_record(), a_record("r2", source_number="GA-2")])
    work.rematch.add(a_run(), ["c2", "c1"])


def test_a_run_is_found_again_by_its_order_until_it_is_done(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        assert work.rematch.unfinished(RematchOrder()) == a_run()
        assert work.rematch.unfinished(RematchOrder(who=Who.LONG_STAY)) is None
        done = replace(a_run(), state=RunState.DONE, finished_at=NOW + minutes(1))
        assert not work.rematch.move(done, read_state=RunState.WHOLE)
        assert work.rematch.move(done, read_state=RunState.SCORING)
        assert work.rematch.unfinished(RematchOrder()) is None
        assert work.rematch.get("run1") == done
        assert work.rematch.done_before(NOW, 9) == ()
        assert work.rematch.done_before(NOW + minutes(1), 9) == (done,)
        with pytest.raises(NotFoundError):
            work.rematch.get("none")


def test_cases_are_scored_in_order_and_a_second_time_replaces_the_first(
    open_work: OpenWork,
) -> None:
    with open_work() as work:
        fill(work)
        assert work.rematch.unscored("run1", 9) == ("c2", "c1")
        work.rematch.keep_scored(a_scored(a_find(), a_find("r2", 5.0)))
        work.rematch.keep_scored(a_scored(a_find()))
        assert work.rematch.unscored("run1", 9) == ("c2",)
        assert work.rematch.scored("run1", "c1") == a_scored(a_find())
        with pytest.raises(NotFoundError):
            work.rematch.scored("run1", "c2")
        expected = RunProgress(cases=2, scored=1, pairs=5, in_reach=9, hits=1, reopened=0)
        assert work.rematch.progress("run1") == expected


def test_finds_wait_until_the_run_is_whole_and_are_told_once(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        weak, strong = a_find("r1", 1.0), a_find("r2", 7.0)
        work.rematch.keep_scored(a_scored(weak, strong))
        assert work.rematch.best_waiting(STATION, 9) == ()
        work.rematch.open_finds("run1")
        assert work.rematch.best_waiting(STATION, 9) == (strong, weak)
        assert work.rematch.best_waiting("另一站", 9) == ()
        assert work.rematch.stations_waiting() == (STATION,)
        assert work.rematch.mark_told(strong, NOW)
        assert not work.rematch.mark_told(strong, NOW)
        assert work.rematch.waiting(STATION) == 1
        assert work.rematch.told_since(STATION, NOW) == 1
        assert work.rematch.told_since(STATION, NOW + minutes(1)) == 0


def test_a_whole_run_replaces_what_waits_of_the_same_pairs(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.rematch.keep_scored(a_scored(a_find("r1", 1.0), a_find("r2", 1.0)))
        work.rematch.open_finds("run1")
        work.rematch.add(a_run("run2"), ["c1"])
        fresh = a_find("r1", 9.0, "run2")
        work.rematch.keep_scored(a_scored(fresh, run_id="run2"))
        work.rematch.open_finds("run2")
        assert work.rematch.best_waiting(STATION, 9) == (fresh, a_find("r2", 1.0))


def test_renewed_finds_are_never_among_the_new_ones(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.rematch.keep_scored(a_scored(replace(a_find(), is_new=False)))
        work.rematch.open_finds("run1")
        assert work.rematch.waiting(STATION) == 0
        assert work.rematch.scored("run1", "c1").gone == ("r9",)
        assert work.rematch.stations_waiting() == ()


def test_what_waits_of_a_case_can_be_dropped(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.rematch.keep_scored(a_scored(a_find("r1"), a_find("r2")))
        work.rematch.drop_waiting("c1")
        work.rematch.open_finds("run1")
        assert work.rematch.waiting_of("c1") == {"r1", "r2"}
        work.rematch.drop_waiting("c1", {"r1", "r7"})
        work.rematch.drop_waiting("c2")
        assert work.rematch.waiting_of("c1") == {"r2"}
        work.rematch.drop_waiting("c1")
        assert work.rematch.waiting_of("c1") == frozenset()


def test_the_latest_runs_of_a_station_are_its_own_and_everybodys(open_work: OpenWork) -> None:
    with open_work() as work:
        later = replace(a_run("run2"), started_at=NOW + minutes(1))
        elsewhere = replace(a_run("run3"), order=RematchOrder(station="另一站"))
        for run in (a_run(), later, elsewhere):
            work.rematch.add(run, [])
        assert work.rematch.latest(STATION, 9) == (later, a_run())
        assert work.rematch.latest("", 1) == (later,)


def test_a_case_is_applied_once(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.rematch.keep_scored(a_scored())
        assert work.rematch.unapplied("run1", 9) == ("c1",)
        assert work.rematch.mark_applied("run1", "c1")
        assert not work.rematch.mark_applied("run1", "c1")
        assert not work.rematch.mark_applied("run1", "c2")
        assert work.rematch.unapplied("run1", 9) == ()


def test_a_discarded_run_leaves_nothing(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.rematch.keep_scored(a_scored(a_find()))
        work.rematch.discard("run1")
        assert work.rematch.unfinished(RematchOrder()) is None
        assert work.rematch.stations_waiting() == ()


def test_the_basis_of_a_resident_is_replaced(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        assert work.rematch.basis("c1") is None
        work.rematch.keep_basis("c1", replace(BASIS, probe="old"))
        assert work.rematch.noted("c1") is None
        work.rematch.keep_basis("c1", BASIS, NOTED)
        work.rematch.keep_basis("c1", BASIS)
        assert work.rematch.basis("c1") == BASIS
        assert work.rematch.noted("c1") == NOTED


def test_what_changed_is_told_by_id(open_work: OpenWork) -> None:
    with open_work() as work:
        work.records.add_many([a_record(), a_record("r2", source_number="GA-2")])
        seen = work.records.revision()
        work.records.upsert(replace(a_record(), missing_place="别处"))
        assert work.records.changed_ids(seen) == {"r1"}
        assert work.records.new_ids(seen) == frozenset()
        assert work.records.new_ids(0) == {"r1", "r2"}
        assert work.records.changed_ids(0) == {"r1", "r2"}
        work.faces.add_many([a_face()])
        seen = work.faces.revision()
        work.faces.add_many([a_face("f2", owner="r2")])
        assert work.faces.changed_owners(OwnerKind.RECORD, seen) == {"r2"}
        assert work.faces.changed_owners(OwnerKind.CASE, 0) == frozenset()


def test_the_latest_finished_run_of_each_person_is_told(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.rematch.keep_scored(a_scored(a_find(), a_find("r2")))
        assert work.rematch.last_matches(["c1"]) == {}
        done = replace(a_run(state=RunState.DONE), finished_at=NOW)
        work.rematch.move(done, read_state=RunState.SCORING)
        later = replace(a_run("run2"), order=RematchOrder(station=STATION))
        work.rematch.add(later, ["c1"])
        assert work.rematch.last_matches(["c1"])["c1"].hits == 2
        work.rematch.keep_scored(replace(a_scored(), run_id="run2"))
        ended = replace(later, state=RunState.DONE, finished_at=NOW + minutes(9))
        work.rematch.move(ended, read_state=RunState.SCORING)
        last = work.rematch.last_matches(["c1", "c2", "nobody"])["c1"]
        assert (last.finished_at, last.hits) == (NOW + minutes(9), 0)


def test_old_runs_are_forgotten_but_for_the_latest_and_those_that_still_wait(
    open_work: OpenWork,
) -> None:
    with open_work() as work:
        fill(work)
        for number, run_id in enumerate(("run1", "run2", "run3", "run4")):
            if run_id != "run1":
                work.rematch.add(a_run(run_id), ["c1"])
            work.rematch.keep_scored(
                a_scored(a_find(f"r{1 + number % 2}", run_id=run_id), run_id=run_id)
            )
            done = replace(a_run(run_id, RunState.DONE), finished_at=NOW + minutes(number))
            assert work.rematch.move(done, read_state=RunState.SCORING)
        # Of run1 nothing waits; what run2 found was told; run3 waits; run4 is the latest.
        work.rematch.open_finds("run2")
        (told,) = work.rematch.best_waiting(STATION, 9)
        assert work.rematch.mark_told(told, NOW)
        work.rematch.open_finds("run3")
        work.commit()
    with open_work() as work:
        assert work.rematch.forget_done(NOW, keep=1) == 0
        assert work.rematch.forget_done(NOW + minutes(60), keep=1) == 2
        work.commit()
    with open_work() as work:
        assert [run.run_id for run in work.rematch.latest("", 9)] == ["run3", "run4"]
        assert work.rematch.waiting(STATION) == 1
        assert work.rematch.told_since(STATION, NOW) == 0
        with pytest.raises(NotFoundError):
            work.rematch.scored("run1", "c1")
