"""Who is told what happened while nobody looked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.accounts.access import Role
from casework.boards.notices import list_notices, put_away
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.words import NOTICE_WORDS
from casework.errors import NotFoundError, NotPermittedError
from casework.jobs.notice import NoticeKind
from casework.leads.lead import EvidenceClass, LeadState, Verdict
from casework.leads.review import DecideCommand, decide
from casework.search.search import search_case
from casework.windows.sweep import sweep
from tests.office import FakeFaceReader, FakeMatcher, Office
from tests.rematch_office import an_office, ranked
from tests.samples import a_lead, an_actor


def kinds(office: Office) -> list[str]:
    return [notice.kind for notice in list_notices(office.context())]


def test_new_leads_of_a_search_are_told_once_a_day() -> None:
    office = an_office(residents=1)
    search_case(office.context(), FakeMatcher(leads=(ranked(),)), "c1")
    search_case(office.context(), FakeMatcher(leads=(ranked(), ranked("r2"))), "c1")
    assert kinds(office) == ["new_leads"]
    search_case(office.context(), FakeMatcher(leads=(ranked(), ranked("r2"))), "c1")
    office.now += timedelta(days=1)
    search_case(office.context(), FakeMatcher(leads=(ranked("r3"),)), "c1")
    assert kinds(office) == ["new_leads", "new_leads"]


def test_a_search_without_new_leads_tells_nothing() -> None:
    office = an_office(residents=1)
    search_case(office.context(), FakeMatcher(), "c1")
    assert kinds(office) == []


def test_windows_that_are_nearly_due_or_breached_are_told_once() -> None:
    office = Office()
    open_case(office.context(), IntakeCommand(), FakeFaceReader())
    office.now += timedelta(hours=23)
    sweep(office.context())
    assert set(kinds(office)) == {"window_due_soon"}
    office.now += timedelta(hours=2)
    sweep(office.context())
    before = kinds(office)
    assert "window_breached" in before
    sweep(office.context())
    assert kinds(office) == before


def test_an_answer_of_the_police_is_told() -> None:
    office = an_office(residents=1)
    with office.open_work() as work:
        work.leads.add(replace(a_lead(), state=LeadState.FORWARDED))
        work.commit()
    police = office.context(an_actor(Role.POLICE, user_id="p1"))
    answer = DecideCommand(
        lead_id="l1", verdict=Verdict.CONFIRM, read_version=0, evidence_class=EvidenceClass.DNA
    )
    decide(police, answer)
    (notice,) = list_notices(office.context())
    assert (notice.kind, notice.subject) == ("lead_answered", "lead:l1:1")


def test_a_notice_is_put_away_once_by_the_own_station() -> None:
    office = an_office(residents=1)
    search_case(office.context(), FakeMatcher(leads=(ranked(),)), "c1")
    (notice,) = list_notices(office.context())
    with pytest.raises(NotFoundError):
        put_away(office.context(an_actor(station="另一站")), notice.notice_id)
    with pytest.raises(NotPermittedError):
        put_away(office.context(an_actor(Role.POLICE)), notice.notice_id)
    put_away(office.context(), notice.notice_id)
    assert kinds(office) == []
    with pytest.raises(NotFoundError):
        put_away(office.context(), notice.notice_id)


def test_every_kind_has_words() -> None:
    assert set(NOTICE_WORDS) == set(NoticeKind)
