import pytest
from pydantic import ValidationError

from casework.cases import Admitted, InterviewHeld
from storage.documents import DETAILS, EVIDENCE, RECORD, RecordDocument
from tests.samples import a_lead, facts


def test_every_kind_of_detail_comes_back_as_its_own_class() -> None:
    for details in (Admitted(facts=facts()), InterviewHeld(transcript="答：𬭎")):
        assert DETAILS.load(DETAILS.dump(details)) == details


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValidationError):
        DETAILS.load(b'{"kind": "invented"}')


def test_evidence_and_records_come_back_equal() -> None:
    evidence = a_lead().evidence
    assert EVIDENCE.load(EVIDENCE.dump(evidence)) == evidence
    document = RecordDocument(
        facts=facts(),
        missing_since=None,
        missing_place=None,
        id_number=None,
        contact_phone=None,
        photo_ids=("p1",),
    )
    assert RECORD.load(RECORD.dump(document)) == document
