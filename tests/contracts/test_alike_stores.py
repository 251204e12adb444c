"""What every store of residents and of pairs must do, asked of memory, SQLite and PostgreSQL alike."""

from dataclasses import replace

import pytest

from casework.alike.pairs import AlikeDecision, AlikePair, AlikeState, AlikeVerdict
from casework.errors import NotFoundError, StaleVersionError
from casework.ports import OpenWork, UnitOfWork
from matching.model import Probe
from tests.alike_files import ELSEWHERE, near
from tests.samples import NOW, STATION, a_case, facts


def fill(work: UnitOfWork) -> None:
    """Files c1 to c3; c3 is another station's."""
    for number in range(1, 4):
        case = a_case(f"c{number}", number=f"2026-000{number}")
        work.cases.add(replace(case, station=ELSEWHERE) if number == 3 else case)


def a_pair(pair_id: str, later: str, earlier: str, bits: float = 5.0) -> AlikePair:
    return AlikePair(
        pair_id=pair_id,
        later_id=later,
        earlier_id=earlier,
        ranked=near(earlier, bits),
        versions={"policy": "test"},
        found_at=NOW,
    )


def test_a_file_is_stale_until_it_is_read_at_its_version(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        assert [case.case_id for case in work.residents.stale(9)] == ["c1", "c2", "c3"]
        assert len(work.residents.stale(2)) == 2
        for case in work.residents.stale(9):
            work.residents.keep(case, None)
        assert work.residents.stale(9) == ()
        case = work.cases.get("c2")
        work.cases.save(replace(case, version=case.version + 1), read_version=case.version)
        assert [case.case_id for case in work.residents.stale(9)] == ["c2"]


def test_what_changed_comes_in_the_order_of_its_revision(open_work: OpenWork) -> None:
    probe = Probe(case_id="c1", facts=facts())
    with open_work() as work:
        fill(work)
        assert work.residents.revision() == 0
        work.residents.keep(work.cases.get("c1"), None)
        work.residents.keep(work.cases.get("c2"), None)
        before = work.residents.revision()
        work.residents.keep(work.cases.get("c1"), probe)
        work.commit()
    with open_work() as work:
        (changed,) = work.residents.changed_since(before)
        assert (changed.case_id, changed.probe) == ("c1", probe)
        assert [each.case_id for each in work.residents.changed_since(0)] == ["c2", "c1"]


def test_a_pair_is_found_from_both_files_as_it_was_kept(open_work: OpenWork) -> None:
    decision = AlikeDecision(
        verdict=AlikeVerdict.DIFFERENT,
        from_state=AlikeState.PROPOSED,
        decided_at=NOW,
        decided_by="u1",
        reason="指纹不同",
    )
    judged = {"name": 3.0}
    pair = replace(a_pair("p1", "c2", "c1"), judged=judged, decisions=(decision,), judged_at=NOW)
    with open_work() as work:
        fill(work)
        work.alike.add(pair)
        work.alike.add(a_pair("p2", "c3", "c1", bits=8.0))
        work.commit()
    with open_work() as work:
        assert work.alike.get("p1") == pair
        assert [each.pair_id for each in work.alike.of_case("c1")] == ["p2", "p1"]
        assert [each.pair_id for each in work.alike.of_case("c2")] == ["p1"]
        with pytest.raises(NotFoundError):
            work.alike.get("nobody")


def test_two_files_make_one_pair(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.alike.add(a_pair("p1", "c2", "c1"))
        with pytest.raises(StaleVersionError):
            work.alike.add(a_pair("p2", "c2", "c1"))
        assert len(work.alike.of_case("c1")) == 1


def test_who_read_an_older_version_changes_nothing(open_work: OpenWork) -> None:
    pair = a_pair("p1", "c2", "c1")
    with open_work() as work:
        fill(work)
        work.alike.add(pair)
        work.alike.save(replace(pair, version=1), read_version=0)
        with pytest.raises(StaleVersionError):
            work.alike.save(replace(pair, state=AlikeState.SAME, version=1), read_version=0)
        assert work.alike.get("p1").state is AlikeState.PROPOSED


def test_a_station_sees_what_waits_with_one_of_its_files(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.alike.add(a_pair("ours", "c2", "c1"))
        work.alike.add(a_pair("both", "c3", "c1", bits=8.0))
        work.alike.add(replace(a_pair("judged", "c3", "c2"), state=AlikeState.SAME))
        assert [each.pair_id for each in work.alike.waiting(STATION, 9)] == ["both", "ours"]
        assert [each.pair_id for each in work.alike.waiting(ELSEWHERE, 9)] == ["both"]
        assert len(work.alike.waiting(STATION, 1)) == 1
