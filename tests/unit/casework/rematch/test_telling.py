"""New leads are told best first, within the reviewers' budget of the day."""

from dataclasses import replace
from datetime import timedelta

from casework.accounts.access import Role
from casework.cases.case import CaseState
from casework.cases.happenings.knowledge import IdentityConfirmed
from casework.cases.history import add_entry
from casework.leads.lead import LeadState
from casework.rematch.runs import Depth, RematchOrder
from casework.rematch.telling import Told, tell
from casework.search.search import search_case
from tests.office import FakeMatcher, Office
from tests.rematch_office import an_office, leads, ranked, rematched
from tests.samples import STATION, a_user

FIVE = tuple(ranked(f"r{number}", bits=float(number)) for number in range(1, 6))


def found(office: Office, budget: int = 2) -> None:
    rematched(office, FakeMatcher(leads=FIVE), budget=budget)


def told_ids(office: Office) -> list[str]:
    return [lead.record_id for lead in leads(office)]


def test_the_best_are_told_first_and_the_rest_on_later_days() -> None:
    office = an_office(residents=1, records=5)
    found(office)
    assert told_ids(office) == ["r5", "r4"]
    assert tell(office.context(), 2) == Told(waiting=3)
    office.now += timedelta(days=1)
    assert tell(office.context(), 2) == Told(new_leads=2, waiting=1)
    assert told_ids(office) == ["r5", "r4", "r3", "r2"]
    assert [lead.rank for lead in leads(office)] == [1, 2, 3, 4]


def test_every_reviewer_has_a_budget_of_their_own() -> None:
    office = an_office(residents=1, records=5)
    with office.open_work() as work:
        for number, role in enumerate((Role.SPECIALIST, Role.SUPERVISOR, Role.INTAKE)):
            work.users.add(a_user(role, name=f"n{number}", user_id=f"u{number}"))
        work.commit()
    found(office)
    assert len(told_ids(office)) == 4


def test_the_station_is_notified_once_a_day_and_run() -> None:
    office = an_office(residents=1, records=5)
    found(office)
    with office.open_work() as work:
        assert [each.kind for each in work.notices.unseen(STATION, 9)] == ["new_leads"]


def test_whoever_left_or_was_identified_gets_no_more_leads() -> None:
    for closes in (True, False):
        office = an_office(residents=1, records=5)
        found(office)
        with office.open_work() as work:
            case = work.cases.get("c1")
            if closes:
                gone = replace(case, state=CaseState.CLOSED)
                work.cases.save(gone, read_version=case.version)
            else:
                details = IdentityConfirmed(lead_id="l", record_id="r5")
                add_entry(office.context(), work, "c1", details)
            work.commit()
        office.now += timedelta(days=1)
        assert tell(office.context(), 2) == Told(waiting=1)
        assert len(told_ids(office)) == 2


def test_a_search_meanwhile_takes_over_what_waits() -> None:
    office = an_office(residents=1, records=5)
    found(office)
    search_case(office.context(), FakeMatcher(leads=FIVE[:3]), "c1")
    office.now += timedelta(days=1)
    assert tell(office.context(), 9) == Told()


def test_what_waits_and_is_no_longer_found_is_forgotten() -> None:
    office = an_office(residents=1, records=5)
    found(office)
    everything = RematchOrder(station=STATION, depth=Depth.EVERYTHING)
    rematched(office, FakeMatcher(leads=FIVE[3:]), everything, budget=2)
    with office.open_work() as work:
        assert work.rematch.waiting(STATION) == 0
    assert {lead.state for lead in leads(office)} == {LeadState.PROPOSED}
