from casework.jobs.job import JobKind, Queue
from casework.leads.lead import LeadState
from casework.search.report_matching import ReportMatches, match_report
from tests.office import FakeMatcher
from tests.rematch_office import an_office, leads, ranked, rematched


def test_everyone_in_care_is_compared_with_the_reported_record_alone() -> None:
    office, matcher = an_office(), FakeMatcher(leads=(ranked("r1"), ranked("r2")))
    assert match_report(office.context(), matcher, "r2") == ReportMatches(residents=2, leads=2)
    assert matcher.only == [frozenset({"r2"})] * 2
    for case_id in ("c1", "c2"):
        (lead,) = leads(office, case_id)
        assert (lead.record_id, lead.state) == ("r2", LeadState.PROPOSED)
        assert lead.changes == ("走失记录是新报来的",)
    assert office.trail() == ["report.match"]


def test_a_better_pair_takes_its_place_among_those_that_are_known() -> None:
    office = an_office(residents=1)
    rematched(office, FakeMatcher(leads=(ranked("r1", bits=2.0),)))
    match_report(office.context(), FakeMatcher(leads=(ranked("r2", bits=7.0),)), "r2")
    assert [(lead.record_id, lead.rank) for lead in leads(office)] == [("r2", 1), ("r1", 2)]


def test_matching_twice_changes_nothing_more() -> None:
    office, matcher = an_office(), FakeMatcher(leads=(ranked(),))
    match_report(office.context(), matcher, "r1")
    before = leads(office)
    assert match_report(office.context(), matcher, "r1").leads == 0
    assert leads(office) == before


def test_a_find_that_waits_is_told_by_the_report() -> None:
    office, matcher = an_office(residents=1), FakeMatcher(leads=(ranked(),))
    rematched(office, matcher, budget=0)
    assert leads(office) == ()
    match_report(office.context(), matcher, "r1")
    assert len(leads(office)) == 1
    with office.open_work() as work:
        assert work.rematch.waiting_of("c1") == frozenset()


def test_the_job_is_finished_with_its_effect() -> None:
    office = an_office()
    context = office.context()
    with office.open_work() as work:
        context.order_job(work, JobKind.MATCH_REPORT, "r1")
        job = work.outbox.claim(office.now, "w1", (Queue.TEXT,))
        work.commit()
    match_report(context, FakeMatcher(), "r1", job=job)
    with office.open_work() as work:
        assert work.outbox.pending() == 0
