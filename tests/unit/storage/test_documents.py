import pytest
from pydantic import ValidationError

from casework.cases.happenings.care import Admitted
from casework.cases.happenings.knowledge import InterviewHeld
from casework.leads.lead import LeadTask
from storage.documents import DETAILS, LEAD, RECORD, LeadDocument, RecordDocument
from tests.samples import NOW, a_lead, facts


def test_every_kind_of_detail_comes_back_as_its_own_class() -> None:
    for details in (Admitted(facts=facts()), InterviewHeld(transcript="答：𬭎")):
        assert DETAILS.load(DETAILS.dump(details)) == details


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValidationError):
        DETAILS.load(b'{"kind": "invented"}')


def test_evidence_and_records_come_back_equal() -> None:
    lead = LeadDocument(
        evidence=a_lead().evidence,
        task=LeadTask(what="问左手的疤", who="u1", until=NOW),
        whats_new=("新的依据",),
        judged={"name": 4.5},
        judged_at=NOW,
    )
    assert LEAD.load(LEAD.dump(lead)) == lead
    document = RecordDocument(
        facts=facts(),
        missing_since=None,
        missing_place=None,
        id_number=None,
        contact_phone=None,
        photo_ids=("p1",),
    )
    assert RECORD.load(RECORD.dump(document)) == document
