from casework.cases.view import view_case
from casework.search.nobody_found import nobody_notes
from casework.search.search import search_case
from matching.policy import load_policy
from tests.office import FakeMatcher, Office
from tests.rematch_office import an_office, ranked

POLICY = load_policy()


def notes(office: Office) -> tuple[str, ...]:
    return nobody_notes(office.context(), view_case(office.context(), "c1"), POLICY)


def test_a_search_without_leads_says_what_was_done_and_what_to_ask() -> None:
    compared, *asks = notes(an_office())
    assert "逐一比对" in compared
    assert asks
    assert all(ask.startswith("下一步：") for ask in asks)


def test_a_search_with_leads_says_nothing_of_the_kind() -> None:
    office = an_office()
    search_case(office.context(), FakeMatcher(leads=(ranked(),)), "c1")
    assert notes(office) == ()
