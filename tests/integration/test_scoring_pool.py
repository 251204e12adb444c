"""Several processes find what one finds, and a run survives the death of one of them."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from casework.accounts.access import Role
from casework.cases.intake import IntakeCommand, open_case
from casework.context import Context
from casework.errors import UnavailableError
from casework.rematch.rounds import who_is_meant
from casework.rematch.runs import RematchOrder, RematchRun, RunState, ScoredCase
from casework.rematch.scoring import RunScoring
from fixtures.demo_registry import demo_registry
from fixtures.residents import sample_residents
from runtime.container import Services, running
from runtime.scoring_pool import ScoringPool
from runtime.settings import Settings
from tests.office import FakeFaceReader
from tests.samples import NOW, an_actor

ORDER = RematchOrder()
RUN = RematchRun(run_id="run1", order=ORDER, budget=20, state=RunState.SCORING, started_at=NOW)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with running(Settings(home=tmp_path / "var", match_processes=2)) as services:
        with services.open_work() as work:
            work.records.add_many(demo_registry(300, seed=20200413))
            work.commit()
        for sample in sample_residents()[:4]:
            form = replace(sample.form, admitted_at=None)
            command = IntakeCommand(form=form, transcript=sample.transcript)
            open_case(desk(services), command, FakeFaceReader())
        services.matcher.refresh()
        yield services


def desk(services: Services) -> Context:
    return services.context(an_actor(Role.SPECIALIST))


def pool(services: Services, *, worth_pairs: int = 0) -> ScoringPool:
    made = ScoringPool(services.settings, services.matcher, worth_pairs=worth_pairs)
    services.matcher.hands = made
    return made


def scored(services: Services) -> dict[str, ScoredCase]:
    scoring = RunScoring(desk(services), services.matcher, RUN)
    case_ids = who_is_meant(desk(services), ORDER)
    return {each.case_id: each for each in scoring.score_each(case_ids, lambda: False)}


def leads(one: ScoredCase) -> list[tuple[str, float, list[str]]]:
    """With another number of threads, sums of singles differ in the last digits."""
    return [
        (find.record_id, round(find.ranked.bits, 3), [each.detail for each in find.ranked.evidence])
        for find in one.finds
    ]


def test_two_processes_find_what_one_finds(services: Services) -> None:
    services.matcher.hands = None
    alone = scored(services)
    made = pool(services)
    try:
        together = scored(services)
        assert together.keys() == alone.keys()
        for case_id, one in alone.items():
            assert leads(together[case_id]) == leads(one)
            assert together[case_id].basis == one.basis
        assert any(each.finds for each in alone.values())
    finally:
        made.close()


def test_little_work_is_not_worth_another_process(services: Services) -> None:
    made = pool(services, worth_pairs=10**9)
    assert made.scored(RUN, ["c1"], 300, lambda: False) is None


def test_nothing_is_begun_once_it_is_over(services: Services) -> None:
    made = pool(services)
    try:
        found = made.scored(RUN, who_is_meant(desk(services), ORDER), 300, lambda: True)
        assert found is not None
        assert len(list(found)) == 1
    finally:
        made.close()


def test_answers_that_nobody_waited_for_do_not_meet_the_next_run(services: Services) -> None:
    made = pool(services)
    try:
        case_ids = who_is_meant(desk(services), ORDER)
        found = made.scored(RUN, case_ids, 300, lambda: False)
        assert isinstance(found, Generator)
        first = next(found)
        found.close()
        again = made.scored(RUN, [each for each in case_ids if each != first.case_id], 300, bool)
        assert again is not None
        assert first.case_id not in {each.case_id for each in again}
    finally:
        made.close()


def test_a_process_that_dies_is_told_and_replaced(services: Services) -> None:
    made = pool(services)
    try:
        alone = scored(services)
        made._children[0]._process.kill()
        with pytest.raises(UnavailableError):
            scored(services)
        again = scored(services)
        assert {key: leads(each) for key, each in again.items()} == {
            key: leads(each) for key, each in alone.items()
        }
    finally:
        made.close()


def test_what_a_process_meets_is_met_by_the_run(services: Services) -> None:
    made = pool(services)
    try:
        found = made.scored(RUN, ["no such case"], 300, lambda: False)
        assert found is not None
        with pytest.raises(Exception, match="没有"):
            list(found)
    finally:
        made.close()
