import pytest

from casework.accounts.access import Role
from casework.accounts.managing import disable_account
from casework.accounts.setup_view import look_at_setup, view_rules, view_stations
from casework.errors import NotPermittedError
from casework.windows.station_rules import override_window
from tests.office import Office
from tests.samples import STATION, a_user, an_actor

ADMIN = an_actor(Role.ADMIN, user_id="boss")


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.users.add(a_user(Role.ADMIN, name="boss", user_id="boss"))
        work.users.add(a_user())
        work.users.add(a_user(Role.SPECIALIST, Role.INTAKE, name="chen", user_id="u2"))
        work.commit()
    return office


def test_a_station_is_what_its_accounts_make_it(office: Office) -> None:
    disable_account(office.context(ADMIN), "u1")
    override_window(office.context(an_actor(Role.SUPERVISOR)), "dna_sampling.due", "3 days")
    (row,) = view_stations(office.context(ADMIN))
    assert row.name == STATION
    assert row.people == {Role.ADMIN: 1, Role.SPECIALIST: 1, Role.INTAKE: 1}
    assert row.disabled == 1
    assert row.overrides == {"dna_sampling.due": "3 days"}


def test_the_rules_show_the_stations_own_values_beside_the_shipped_ones(office: Office) -> None:
    supervisor = office.context(an_actor(Role.SUPERVISOR))
    override_window(supervisor, "dna_sampling.due", "3 days")
    table = view_rules(supervisor)
    assert table.rules.row("dna_sampling").overridden
    assert table.rules.row("dna_sampling").due != table.shipped.row("dna_sampling").due
    elsewhere = view_rules(office.context(an_actor(Role.SUPERVISOR, station="阳江站")))
    assert not elsewhere.rules.row("dna_sampling").overridden


def test_the_setup_is_for_those_who_answer_for_it_and_each_look_is_noted(office: Office) -> None:
    for deed in (view_stations, view_rules, lambda context: look_at_setup(context, "doctor")):
        with pytest.raises(NotPermittedError):
            deed(office.context(an_actor(Role.SPECIALIST)))
    look_at_setup(office.context(ADMIN), "doctor")
    assert office.trail() == ["setup.view"]
