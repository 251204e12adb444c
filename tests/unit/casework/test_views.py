"""Reading cases, leads and photos: who sees what, and the trace that every look leaves."""

from dataclasses import replace

import pytest

from casework.accounts.access import Role
from casework.cases.view import list_cases, view_case
from casework.errors import NotFoundError, NotPermittedError
from casework.leads.lead import LeadState
from casework.leads.view import list_leads, view_lead
from casework.search.gallery import OwnerKind
from casework.search.photos import view_case_photo, view_lead_photo
from tests.office import Office
from tests.samples import (
    a_case,
    a_decision,
    a_face,
    a_lead,
    a_record,
    a_user,
    an_actor,
    an_admission,
)

POLICE = an_actor(Role.POLICE, station="清远市公安局", user_id="u2")
STRANGER = an_actor(Role.SUPERVISOR, station="另一站", user_id="u3")


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.users.add(a_user())
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.records.add_many([a_record(), a_record("r2", source_number="GA-2")])
        work.leads.add(a_lead())
        work.leads.add(replace(a_lead("l2", record_id="r2"), state=LeadState.FORWARDED))
        work.leads.add_decision(a_decision())
        work.photos.put("p1", b"record photo")
        work.photos.put("p2", b"resident photo")
        face = replace(a_face(), owner_kind=OwnerKind.CASE, owner_id="c1", photo_id="p2")
        work.faces.add_many([face])
        work.commit()
    return office


def test_a_case_is_read_with_everything_and_the_look_is_traced(office: Office) -> None:
    file = view_case(office.context(), "c1")
    assert file.admitted == an_admission().details
    assert [lead.lead_id for lead in file.leads] == ["l1", "l2"]
    assert file.interviews == ()
    assert file.admitted_at == an_admission().happened_at
    assert file.windows
    assert office.trail() == ["case.view"]


def test_another_station_and_other_roles_do_not_read_a_case(office: Office) -> None:
    for actor in (STRANGER, POLICE, an_actor(Role.ADMIN)):
        with pytest.raises(NotPermittedError):
            view_case(office.context(actor), "c1")
    assert office.trail() == []


def test_the_list_of_cases_ends_at_the_station(office: Office) -> None:
    assert len(list_cases(office.context(), cursor=None, limit=9).items) == 1
    assert list_cases(office.context(STRANGER), cursor=None, limit=9).items == ()


def test_a_lead_is_read_with_both_sides_and_its_decisions(office: Office) -> None:
    file = view_lead(office.context(), "l1")
    assert file.record.source_number == "GA-1"
    assert file.case_file.case.number == "2026-0001"
    assert file.deciders == {"u1": "王芳"}
    assert office.trail() == ["lead.view"]


def test_police_list_and_read_only_what_was_forwarded(office: Office) -> None:
    rows = list_leads(office.context(POLICE)).items
    assert [row.lead.lead_id for row in rows] == ["l2"]
    proposed = list_leads(office.context(POLICE), states=[LeadState.PROPOSED])
    assert proposed.items == ()
    with pytest.raises(NotFoundError):
        view_lead(office.context(POLICE), "l1")


def test_a_station_lists_its_own_leads_by_state(office: Office) -> None:
    assert len(list_leads(office.context()).items) == 2
    forwarded = list_leads(office.context(), states=[LeadState.FORWARDED])
    assert [row.case_number for row in forwarded.items] == ["2026-0001"]
    assert list_leads(office.context(STRANGER)).items == ()


def test_intake_does_not_read_leads(office: Office) -> None:
    with pytest.raises(NotPermittedError):
        list_leads(office.context(an_actor(Role.INTAKE)))


def test_a_case_shows_its_leads_to_those_who_may_read_leads() -> None:
    office = Office()
    with office.open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.records.add_many([a_record()])
        work.leads.add(a_lead())
        work.commit()
    assert view_case(office.context(an_actor(Role.INTAKE)), "c1").leads == ()
    assert len(view_case(office.context(), "c1").leads) == 1


def test_both_photos_of_a_lead_are_shown_to_whoever_may_see_the_lead(office: Office) -> None:
    assert view_lead_photo(office.context(POLICE), "l2", "p1") == b"record photo"
    assert view_lead_photo(office.context(POLICE), "l2", "p2") == b"resident photo"
    assert office.trail() == ["photo.view", "photo.view"]


def test_a_photo_cannot_be_fetched_through_a_lead_it_does_not_belong_to(office: Office) -> None:
    with office.open_work() as work:
        work.photos.put("p9", b"somebody else")
        work.commit()
    with pytest.raises(NotFoundError):
        view_lead_photo(office.context(), "l1", "p9")
    with pytest.raises(NotFoundError):
        view_lead_photo(office.context(POLICE), "l1", "p1")


def test_a_residents_photo_is_for_the_own_station(office: Office) -> None:
    assert view_case_photo(office.context(), "c1", "p2") == b"resident photo"
    with pytest.raises(NotFoundError):
        view_case_photo(office.context(STRANGER), "c1", "p2")
    with pytest.raises(NotFoundError):
        view_case_photo(office.context(), "c1", "p1")


def test_police_do_not_see_numbers_and_phones_of_the_family(office: Office) -> None:
    theirs = view_lead(office.context(POLICE), "l2").record
    ours = view_lead(office.context(), "l2").record
    assert (theirs.id_number, theirs.contact_phone) == (None, None)
    assert ours.contact_phone == "13800000000"
    assert list_leads(office.context(POLICE)).items[0].record.contact_phone is None
