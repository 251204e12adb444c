"""Who is scored again against what, and that nothing changes before a run is whole."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.accounts.access import Role
from casework.cases.happenings.knowledge import IdentityConfirmed, InterviewHeld
from casework.cases.history import add_entry
from casework.errors import NotFoundError, NotPermittedError
from casework.leads.lead import LeadState
from casework.rematch.orders import drop_run, go_on, list_runs, rematch, view_run
from casework.rematch.rounds import begin, step, who_is_meant
from casework.rematch.runs import Depth, RematchOrder, RematchRun, RunState, Who
from casework.rematch.scoring import RunScoring
from casework.search.search import search_case
from tests.office import FakeMatcher, Office
from tests.rematch_office import an_office, change_record, leads, ranked, rematched, state_of
from tests.samples import STATION, an_actor

EVERYTHING = RematchOrder(station=STATION, depth=Depth.EVERYTHING)


def test_the_first_run_scores_everybody_against_everything() -> None:
    office, matcher = an_office(), FakeMatcher(leads=(ranked(),))
    done = rematched(office, matcher)
    assert matcher.only == [None, None]
    assert (done.view.progress.cases, done.view.progress.pairs) == (2, 10)
    assert (done.told.new_leads, done.resumed) == (2, False)
    assert leads(office)[0].changes == ("首次比对",)


def test_nothing_changed_means_that_nothing_is_scored() -> None:
    office, matcher = an_office(), FakeMatcher(leads=(ranked(),))
    rematched(office, matcher)
    again = rematched(office, matcher)
    assert matcher.only == [None, None]
    assert (again.view.progress.scored, again.view.progress.pairs) == (2, 0)


def test_a_changed_record_is_scored_alone() -> None:
    office, matcher = an_office(), FakeMatcher()
    rematched(office, matcher)
    change_record(office, "r2")
    matcher.leads = (ranked("r2"),)
    rematched(office, matcher)
    assert matcher.only[2:] == [frozenset({"r2"})] * 2
    assert leads(office)[0].changes == ("走失记录是新登记的，或有更新",)


def test_a_search_counts_as_having_been_scored() -> None:
    office, matcher = an_office(residents=1), FakeMatcher()
    search_case(office.context(), matcher, "c1")
    rematched(office, matcher)
    assert matcher.only == [None]


def test_new_words_of_a_resident_mean_the_whole_registry() -> None:
    office, matcher = an_office(), FakeMatcher()
    rematched(office, matcher)
    with office.open_work() as work:
        add_entry(office.context(), work, "c2", InterviewHeld(transcript="我叫刘福生，家在隆回"))
        work.commit()
    matcher.leads = (ranked(),)
    rematched(office, matcher)
    assert matcher.only[2:] == [None]
    assert leads(office, "c2")[0].changes == ("本人有新的谈话、线索或照片",)


def test_new_rules_mean_everybody_and_everything() -> None:
    office, matcher = an_office(), FakeMatcher()
    rematched(office, matcher)
    matcher.rule, matcher.leads = "policy 2", (ranked(),)
    rematched(office, matcher)
    assert matcher.only[2:] == [None, None]
    assert "规则" in leads(office)[0].changes[0]


def test_since_counts_from_where_the_registry_stood_then() -> None:
    office, matcher = an_office(residents=1), FakeMatcher()
    rematched(office, matcher)
    change_record(office, "r1")
    office.now += timedelta(days=1)
    rematched(office, matcher)
    since = RematchOrder(station=STATION, since=office.now - timedelta(hours=1))
    rematched(office, matcher, since)
    assert matcher.only[1:] == [frozenset({"r1"}), frozenset({"r1"})]


def test_long_stay_one_case_and_identified_people() -> None:
    office = an_office(residents=3)
    with office.open_work() as work:
        case = work.cases.get("c3")
        work.cases.save(replace(case, opened_at=office.now), read_version=case.version)
        details = IdentityConfirmed(lead_id="l1", record_id="r1")
        add_entry(office.context(), work, "c2", details)
        work.commit()
    context = office.context()
    assert who_is_meant(context, RematchOrder()) == ("c1", "c3")
    assert who_is_meant(context, RematchOrder(who=Who.LONG_STAY)) == ("c1",)
    assert who_is_meant(context, RematchOrder(who=Who.ONE_CASE, case_id="c3")) == ("c3",)


def a_scoring(office: Office, matcher: FakeMatcher) -> RunScoring:
    run = RematchRun(
        run_id="run1", order=EVERYTHING, budget=20, state=RunState.SCORING, started_at=office.now
    )
    with office.open_work() as work:
        begin(office.context(), work, run, ["c1", "c2"])
        work.commit()
    return RunScoring(office.context(), matcher, run)


def test_old_leads_stay_until_the_run_is_whole() -> None:
    office, matcher = an_office(), FakeMatcher(leads=(ranked(), ranked("r2")))
    rematched(office, matcher)
    matcher.leads = (ranked(bits=3.0, detail="同名"), ranked("r3"))
    scoring = a_scoring(office, matcher)
    before = leads(office)
    assert step(scoring) is RunState.WHOLE
    assert leads(office) == before
    assert step(scoring) is RunState.WHOLE
    states = {lead.record_id: lead.state for lead in leads(office)}
    assert states == {"r1": LeadState.PROPOSED, "r2": LeadState.WITHDRAWN}
    renewed = next(lead for lead in leads(office) if lead.record_id == "r1")
    assert (renewed.bits, renewed.changes) == (3.0, ("姓名 +2.0 比特",))
    assert step(scoring) is RunState.DONE
    assert step(scoring) is RunState.DONE


def test_a_run_that_was_stopped_is_gone_on_with() -> None:
    office, matcher = an_office(), FakeMatcher(leads=(ranked(),))
    step(a_scoring(office, matcher))
    done = rematched(office, matcher, EVERYTHING)
    assert (done.resumed, done.view.run.run_id, state_of(done)) == (True, "run1", RunState.DONE)
    assert len(matcher.only) == 2


def test_a_lead_that_a_person_moved_is_left_alone() -> None:
    office, matcher = an_office(residents=1), FakeMatcher(leads=(ranked(),))
    rematched(office, matcher)
    (lead,) = leads(office)
    moved = replace(lead, state=LeadState.IN_REVIEW, version=lead.version + 1)
    with office.open_work() as work:
        work.leads.save(moved, read_version=lead.version)
        work.commit()
    matcher.leads = (ranked(bits=9.0),)
    rematched(office, matcher, EVERYTHING)
    assert leads(office) == (moved,)


def test_a_rejected_pair_returns_only_with_new_evidence() -> None:
    office, matcher = an_office(residents=1), FakeMatcher(leads=(ranked(),))
    rematched(office, matcher)
    (lead,) = leads(office)
    judged = {each.signal.value: each.bits for each in lead.evidence}
    rejected = replace(lead, state=LeadState.REJECTED, judged=judged, judged_at=office.now)
    with office.open_work() as work:
        work.leads.save(replace(rejected, version=1), read_version=lead.version)
        work.commit()
    assert rematched(office, matcher, EVERYTHING).told.reopened == 0
    matcher.leads = (ranked(bits=6.0, detail="同名"),)
    done = rematched(office, matcher, EVERYTHING)
    assert (done.told.reopened, done.told.new_leads) == (1, 0)
    assert leads(office)[0].whats_new == ("新的依据：同名",)


def flood(office: Office, matcher: FakeMatcher) -> str:
    """Far more hits than a run without predecessors may have; the id of the braked run."""
    matcher.leads = tuple(ranked(f"r{number}") for number in range(1, 81))
    done = rematched(office, matcher)
    assert state_of(done) is RunState.BRAKED
    return done.view.run.run_id


def test_a_run_whose_hits_jump_is_braked_and_changes_nothing() -> None:
    office, matcher = an_office(residents=1, records=80), FakeMatcher()
    run_id = flood(office, matcher)
    assert leads(office) == ()
    with office.open_work() as work:
        assert [each.kind for each in work.notices.unseen(STATION, 9)] == ["rematch_braked"]
    done = go_on(office.context(), matcher, run_id, watch=lambda _: None)
    assert state_of(done) is RunState.DONE
    assert (done.told.new_leads, done.told.waiting) == (20, 60)


def test_a_run_like_the_ones_before_is_not_braked() -> None:
    office, matcher = an_office(residents=1, records=80), FakeMatcher()
    go_on(office.context(), matcher, flood(office, matcher), watch=lambda _: None)
    matcher.leads = tuple(ranked(f"r{number}", detail="近音") for number in range(1, 81))
    assert state_of(rematched(office, matcher, EVERYTHING)) is RunState.DONE


def test_a_dropped_run_leaves_no_trace_but_in_the_trail() -> None:
    office, matcher = an_office(residents=1, records=80), FakeMatcher()
    run_id = flood(office, matcher)
    drop_run(office.context(), run_id)
    assert list_runs(office.context()) == ()
    assert office.trail()[-1] == "rematch.discard"
    with pytest.raises(NotFoundError):
        view_run(office.context(), run_id)


def test_only_those_who_review_may_re_match_and_only_their_own() -> None:
    office, matcher = an_office(), FakeMatcher()
    desk = office.context(an_actor(Role.INTAKE))
    with pytest.raises(NotPermittedError):
        rematch(desk, matcher, RematchOrder(), watch=lambda _: None)
    done = rematched(office, matcher)
    stranger = office.context(an_actor(Role.SPECIALIST, station="另一站"))
    with pytest.raises(NotFoundError):
        view_run(stranger, done.view.run.run_id)
    one = RematchOrder(who=Who.ONE_CASE, station="另一站", case_id="c1")
    with pytest.raises(NotPermittedError):
        rematch(stranger, matcher, one, watch=lambda _: None)
