import pytest

from casework.accounts.access import GRANTS, Permission, Role, require, require_station
from casework.errors import NotPermittedError
from tests.samples import STATION, an_actor


def test_every_permission_is_granted_to_somebody() -> None:
    assert set(GRANTS) == set(Permission)
    assert all(GRANTS.values())


def test_the_administrator_sees_no_personal_data() -> None:
    held = {permission for permission, roles in GRANTS.items() if Role.ADMIN in roles}
    # A backup holds everything as it is stored: sealed with keys that are not in it.
    assert held == {Permission.MANAGE_USERS, Permission.READ_SETUP, Permission.BACK_UP}


def test_auditors_see_the_trail_and_no_faces() -> None:
    held = {permission for permission, roles in GRANTS.items() if Role.AUDITOR in roles}
    assert held == {Permission.READ_AUDIT}


def test_two_roles_add_up() -> None:
    actor = an_actor(Role.INTAKE, Role.POLICE)
    require(actor, Permission.OPEN_CASE)
    require(actor, Permission.ANSWER_LEAD)
    with pytest.raises(NotPermittedError):
        require(actor, Permission.REVIEW_LEAD)


def test_a_file_stays_inside_its_station() -> None:
    require_station(an_actor(Role.SPECIALIST), STATION)
    with pytest.raises(NotPermittedError):
        require_station(an_actor(Role.SUPERVISOR), "另一站")
