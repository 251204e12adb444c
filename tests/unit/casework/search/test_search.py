from dataclasses import replace
from datetime import timedelta

import pytest

from casework.errors import NotFoundError
from casework.jobs.job import Job, JobKind, Queue
from casework.leads.lead import Lead, LeadState
from casework.leads.rules import lead_rules
from casework.search.scoring import GalleryNotWholeError
from casework.search.search import search_case
from matching.evidence import Evidence, Signal
from matching.fusion import Band
from matching.ranking import RankedLead
from tests.office import FakeMatcher, Office
from tests.samples import a_case, a_record, an_admission


def ranked(record_id: str = "r1", rank: int = 1) -> RankedLead:
    return RankedLead(
        rank=rank,
        record_id=record_id,
        probability=0.7,
        bits=1.2,
        prior_bits=-5.0,
        band=Band.POSSIBLE,
        evidence=(Evidence(signal=Signal.NAME, bits=6.2, detail="同音"),),
    )


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.records.add_many([a_record(), a_record("r2", source_number="GA-2")])
        work.commit()
    return office


def test_leads_are_kept_with_evidence_and_versions(office: Office) -> None:
    matcher = FakeMatcher(leads=(ranked(), ranked("r2", 2)))
    outcome = search_case(office.context(), matcher, "c1")
    assert [lead.record_id for lead in outcome.leads] == ["r1", "r2"]
    assert outcome.leads[0].versions == {"policy": "test"}
    assert outcome.leads[0].evidence[0].detail == "同音"
    assert matcher.probes[0].case_id == "c1"
    assert office.trail() == ["search.run"]


def test_a_search_that_finds_nothing_leaves_a_trace_too(office: Office) -> None:
    assert search_case(office.context(), FakeMatcher(), "c1").leads == ()
    assert office.trail() == ["search.run"]


def test_searching_twice_makes_no_second_lead(office: Office) -> None:
    matcher = FakeMatcher(leads=(ranked(),))
    first = search_case(office.context(), matcher, "c1").leads
    second = search_case(office.context(), matcher, "c1").leads
    assert [lead.lead_id for lead in first] == [lead.lead_id for lead in second]
    assert second == first


def test_a_lead_whose_evidence_changed_says_by_how_much(office: Office) -> None:
    search_case(office.context(), FakeMatcher(leads=(ranked(),)), "c1")
    weaker = Evidence(signal=Signal.NAME, bits=5.0, detail="近音")
    less = replace(ranked(), evidence=(weaker,), bits=0.0)
    (lead,) = search_case(office.context(), FakeMatcher(leads=(less,)), "c1").leads
    assert (lead.version, lead.changes) == (1, ("姓名 -1.2 比特",))


def test_a_search_remembers_what_it_rested_on(office: Office) -> None:
    search_case(office.context(), FakeMatcher(rule="policy 2"), "c1")
    with office.open_work() as work:
        basis = work.rematch.basis("c1")
    assert basis is not None
    assert (basis.rules, basis.record_revision) == ("policy 2:0", 2)
    search_case(office.context(), FakeMatcher(seen=1), "c1")
    with office.open_work() as work:
        lagging = work.rematch.basis("c1")
    assert lagging is not None
    assert lagging.record_revision == 1


def test_a_lead_that_a_person_moved_is_left_alone(office: Office) -> None:
    matcher = FakeMatcher(leads=(ranked(),))
    (lead,) = search_case(office.context(), matcher, "c1").leads
    moved = replace(lead, state=LeadState.FORWARDED, version=1)
    with office.open_work() as work:
        work.leads.save(moved, read_version=0)
        work.commit()
    assert search_case(office.context(), matcher, "c1").leads == (moved,)


def test_a_lead_no_longer_found_is_withdrawn_and_comes_back_when_found_again(
    office: Office,
) -> None:
    found = FakeMatcher(leads=(ranked(),))
    search_case(office.context(), found, "c1")
    (gone,) = search_case(office.context(), FakeMatcher(), "c1").leads
    assert gone.state is LeadState.WITHDRAWN
    (back,) = search_case(office.context(), found, "c1").leads
    assert (back.lead_id, back.state) == (gone.lead_id, LeadState.PROPOSED)


def test_an_unknown_case_is_not_searched(office: Office) -> None:
    with pytest.raises(NotFoundError):
        search_case(office.context(), FakeMatcher(), "nobody")


def reject(office: Office, lead: Lead, state: LeadState = LeadState.REJECTED) -> None:
    judged = {each.signal.value: each.bits for each in lead.evidence}
    moved = replace(
        lead, state=state, judged=judged, judged_at=office.now, version=lead.version + 1
    )
    with office.open_work() as work:
        work.leads.save(moved, read_version=lead.version)
        work.commit()


@pytest.mark.parametrize("state", [LeadState.REJECTED, LeadState.REFUTED])
def test_a_rejected_pair_returns_only_with_new_evidence_and_says_what_is_new(
    office: Office, state: LeadState
) -> None:
    (lead,) = search_case(office.context(), FakeMatcher(leads=(ranked(),)), "c1").leads
    reject(office, lead, state)
    (same,) = search_case(office.context(), FakeMatcher(leads=(ranked(),)), "c1").leads
    assert same.state is state
    brother = Evidence(signal=Signal.RELATIVES, bits=4.5, detail="弟弟同音")
    richer = replace(ranked(), evidence=(*ranked().evidence, brother), bits=5.7)
    (back,) = search_case(office.context(), FakeMatcher(leads=(richer,)), "c1").leads
    assert (back.lead_id, back.state) == (lead.lead_id, LeadState.PROPOSED)
    assert back.whats_new == ("新的依据：弟弟同音",)


def test_evidence_that_grew_too_little_brings_nothing_back(office: Office) -> None:
    (lead,) = search_case(office.context(), FakeMatcher(leads=(ranked(),)), "c1").leads
    reject(office, lead)
    slightly = Evidence(signal=Signal.NAME, bits=7.1, detail="同音")
    more = replace(ranked(), evidence=(slightly,), bits=2.1)
    (same,) = search_case(office.context(), FakeMatcher(leads=(more,)), "c1").leads
    assert same.state is LeadState.REJECTED


def test_a_rejection_expires_after_a_year(office: Office) -> None:
    matcher = FakeMatcher(leads=(ranked(),))
    (lead,) = search_case(office.context(), matcher, "c1").leads
    reject(office, lead)
    office.now += lead_rules().verdict_expires - timedelta(minutes=1)
    assert search_case(office.context(), matcher, "c1").leads[0].state is LeadState.REJECTED
    office.now += timedelta(minutes=1)
    (back,) = search_case(office.context(), matcher, "c1").leads
    assert back.state is LeadState.PROPOSED
    assert "满一年" in back.whats_new[0]


def test_while_the_faces_are_not_whole_nothing_known_is_touched_and_the_job_stays(
    office: Office,
) -> None:
    (known,) = search_case(office.context(), FakeMatcher(leads=(ranked(),)), "c1").leads
    weaker = replace(ranked(), bits=0.1, probability=0.1)
    degraded = FakeMatcher(leads=(weaker, ranked("r2", 2)), faces_are_whole=False)
    job = a_search_job(office)
    with pytest.raises(GalleryNotWholeError, match="人脸库正在重建"):
        search_case(office.context(), degraded, "c1", job=job)
    with office.open_work() as work:
        leads = {lead.record_id: lead for lead in work.leads.of_case("c1")}
        (told,) = [row.entry for row in work.audit.rows() if row.entry.extra.get("faces")]
        assert work.outbox.pending() == 1
    assert leads["r1"] == known
    assert leads["r2"].state is LeadState.PROPOSED
    assert told.extra["faces"] == "degraded"
    with pytest.raises(GalleryNotWholeError):
        search_case(office.context(), replace(degraded, leads=()), "c1")
    with office.open_work() as work:
        assert {lead.state for lead in work.leads.of_case("c1")} == {LeadState.PROPOSED}


def a_search_job(office: Office) -> Job:
    """A search of the case, claimed."""
    with office.open_work() as work:
        office.context().order_job(work, JobKind.SEARCH_CASE, "c1")
        job = work.outbox.claim(office.now, "w1", (Queue.TEXT,))
        work.commit()
    assert job is not None
    return job
