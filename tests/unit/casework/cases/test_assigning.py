from dataclasses import replace

import pytest

from casework.accounts.access import Role
from casework.cases.assigning import colleagues
from casework.cases.happenings.knowledge import SpecialistAssigned
from casework.cases.recording import RecordCommand, record
from casework.errors import BadInputError
from tests.office import Office
from tests.samples import a_case, a_user, an_actor, an_admission

ACTOR = an_actor(Role.SPECIALIST)
USERS = (
    a_user(Role.SPECIALIST, name="an", user_id="u1"),
    replace(a_user(Role.SPECIALIST, name="bao", user_id="u2"), dialects=frozenset({"xiang", "wu"})),
    replace(a_user(Role.SPECIALIST, name="chen", user_id="u3"), disabled=True),
    replace(a_user(Role.SPECIALIST, name="ding", user_id="u4"), station="另一站"),
    a_user(Role.INTAKE, name="e", user_id="u5"),
)


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        for user in USERS:
            work.users.add(user)
        work.commit()
    return office


def test_those_who_understand_the_resident_come_first(office: Office) -> None:
    found = colleagues(office.context(ACTOR), {"xiang": 0.7, "gan": 0.3})
    assert [each.user_id for each in found] == ["u2", "u1"]
    assert found[0].dialects == ("xiang", "wu")


def test_the_cover_says_whose_case_it_is(office: Office) -> None:
    command = RecordCommand(case_id="c1", details=SpecialistAssigned(user_id="u2"))
    record(office.context(ACTOR), command)
    with office.open_work() as work:
        assert work.cases.get("c1").assignee == "u2"
        assert work.cases.entries("c1")[-1].details.kind == "specialist_assigned"


@pytest.mark.parametrize("user_id", ["u3", "u4", "u5", "nobody", ""])
def test_only_a_specialist_of_the_station_is_given_a_case(office: Office, user_id: str) -> None:
    command = RecordCommand(case_id="c1", details=SpecialistAssigned(user_id=user_id))
    with pytest.raises(BadInputError, match="寻亲专员"):
        record(office.context(ACTOR), command)
    with office.open_work() as work:
        assert work.cases.get("c1").assignee is None
