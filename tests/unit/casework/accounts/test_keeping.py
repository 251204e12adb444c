import pytest

from casework.accounts.access import Role
from casework.accounts.keeping import NewAccount, actor_named, add_account, first_account
from casework.errors import BadInputError, NotPermittedError
from tests.office import Office
from tests.samples import STATION, an_actor


def an_account(name: str = "chen", *roles: Role) -> NewAccount:
    return NewAccount(
        name=name,
        display_name="",
        roles=frozenset(roles or (Role.ADMIN,)),
        station=STATION,
        password_hash="hash",
    )


def test_the_first_account_needs_nobodys_permission_and_the_second_does() -> None:
    office = Office()
    user = first_account(office.open_work, office.clock, office.new_id, an_account())
    assert user.display_name == "chen"
    with pytest.raises(BadInputError):
        first_account(office.open_work, office.clock, office.new_id, an_account("li"))
    with pytest.raises(NotPermittedError):
        add_account(office.context(), an_account("li"))
    add_account(office.context(an_actor(Role.ADMIN)), an_account("li", Role.POLICE))
    actor = actor_named(office.open_work, "li")
    assert actor is not None
    assert actor.roles == {Role.POLICE}
    assert office.trail() == ["user.add", "user.add"]


def test_an_account_needs_name_station_and_role() -> None:
    context = Office().context(an_actor(Role.ADMIN))
    nobody = NewAccount(
        name=" ", display_name="", roles=frozenset({Role.ADMIN}), station="站", password_hash="x"
    )
    with pytest.raises(BadInputError):
        add_account(context, nobody)


def test_an_unknown_name_is_nobody() -> None:
    assert actor_named(Office().open_work, "nobody") is None
