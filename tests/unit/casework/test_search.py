from dataclasses import replace

import pytest

from casework.errors import NotFoundError
from casework.leads import LeadState
from casework.search import search_case
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
    assert second[0].version == 1


def test_a_lead_that_a_person_moved_is_left_alone(office: Office) -> None:
    matcher = FakeMatcher(leads=(ranked(),))
    (lead,) = search_case(office.context(), matcher, "c1").leads
    moved = replace(lead, state=LeadState.REJECTED, version=1)
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
