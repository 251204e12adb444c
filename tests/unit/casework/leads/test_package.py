import io
import json
import zipfile
from dataclasses import replace

import pytest

from casework.accounts.access import Role
from casework.errors import NotPermittedError, TransitionRefusedError
from casework.leads.lead import LeadState
from casework.leads.package import export_lead
from tests.office import Office
from tests.samples import a_case, a_lead, a_record, an_actor, an_admission


def office_with(state: LeadState) -> Office:
    office = Office()
    with office.open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.records.add_many([a_record()])
        work.photos.put("p1", b"jpeg of the record")
        work.leads.add(replace(a_lead(), state=state))
        work.commit()
    return office


def test_a_forwarded_lead_leaves_as_a_file_with_a_trace() -> None:
    office = office_with(LeadState.FORWARDED)
    package = zipfile.ZipFile(io.BytesIO(export_lead(office.context(), "l1")))
    document = json.loads(package.read("lead.json"))
    assert document["record"]["source_number"] == "GA-1"
    assert package.read("record-1.jpg") == b"jpeg of the record"
    assert "公安答复" in package.read("核实材料.html").decode()
    assert office.trail() == ["lead.export"]


def test_the_file_holds_no_number_no_phone_and_no_transcript() -> None:
    package = export_lead(office_with(LeadState.FORWARDED).context(), "l1")
    texts = [
        zipfile.ZipFile(io.BytesIO(package)).read(name).decode(errors="replace")
        for name in ("lead.json", "核实材料.html")
    ]
    for secret in ("11010519491231002X", "13800000000"):
        assert all(secret not in text for text in texts)


def test_what_was_not_forwarded_does_not_leave() -> None:
    with pytest.raises(TransitionRefusedError):
        export_lead(office_with(LeadState.PROPOSED).context(), "l1")


def test_the_desk_does_not_export() -> None:
    office = office_with(LeadState.FORWARDED)
    with pytest.raises(NotPermittedError):
        export_lead(office.context(an_actor(Role.INTAKE)), "l1")
