"""What the desk asks of the stores, of memory, SQLite and PostgreSQL alike."""

from dataclasses import replace

import pytest

from casework.accounts.access import Role
from casework.cases.case import CaseState
from casework.leads.lead import LeadState
from casework.ports import LeadFilter, OpenWork, UnitOfWork
from casework.windows.ports import DueFilter
from casework.windows.window import Window, WindowOwner, WindowState
from matching.fusion import Band
from tests.samples import (
    NOW,
    STATION,
    a_case,
    a_decision,
    a_lead,
    a_record,
    a_user,
    an_admission,
    minutes,
    with_due,
)

WINDOW = Window(
    kind="identity_request",
    owner=WindowOwner.STATION,
    starts=NOW,
    due=NOW + minutes(30),
    state=WindowState.OPEN,
    source="三(五)",
)


def fill(work: UnitOfWork) -> None:
    """Three leads of case c1, which nobody has, and one of c2, which is u2's."""
    work.cases.add(a_case())
    work.cases.add(replace(a_case("c2", number="2026-0002"), assignee="u2"))
    work.records.add_many([a_record(f"r{n}", source_number=f"GA-{n}") for n in range(1, 5)])
    work.leads.add(a_lead("weak", record_id="r1", bits=1.0))
    work.leads.add(a_lead("strong", record_id="r2", bits=9.0))
    work.leads.add(with_due(a_lead("soon", record_id="r3"), NOW + minutes(5)))
    work.leads.add(replace(a_lead("theirs", record_id="r4", bits=5.0), case_id="c2"))


def listed(work: UnitOfWork, wanted: LeadFilter) -> list[str]:
    return [lead.lead_id for lead in work.leads.page(wanted, cursor=None, limit=9).items]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (LeadFilter(), ["soon", "strong", "theirs", "weak"]),
        (LeadFilter(for_user="u1"), ["soon", "strong", "weak"]),
        (LeadFilter(for_user="u2"), ["soon", "strong", "theirs", "weak"]),
        (LeadFilter(band=Band.WEAK), []),
        (LeadFilter(states=frozenset()), []),
        (LeadFilter(station="另一站"), []),
    ],
)
def test_a_desk_shows_what_is_ones_own_or_nobodys(
    open_work: OpenWork, wanted: LeadFilter, found: list[str]
) -> None:
    with open_work() as work:
        fill(work)
        assert listed(work, wanted) == found


def test_whoever_reviews_a_lead_of_a_colleagues_case_has_it_on_the_desk(
    open_work: OpenWork,
) -> None:
    with open_work() as work:
        fill(work)
        lead = work.leads.get("theirs")
        held = replace(lead, state=LeadState.IN_REVIEW, holder="u1", version=1)
        work.leads.save(held, read_version=0)
        assert "theirs" in listed(work, LeadFilter(for_user="u1"))
        assert "theirs" not in listed(work, LeadFilter(for_user="u3"))


def test_neighbours_are_those_of_the_list(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        beside = [
            work.leads.beside(work.leads.get(lead_id), LeadFilter(station=STATION))
            for lead_id in ("soon", "strong", "theirs", "weak")
        ]
        outside = work.leads.beside(work.leads.get("theirs"), LeadFilter(for_user="u1"))
    assert beside == [
        (None, "strong"),
        ("soon", "theirs"),
        ("strong", "weak"),
        ("theirs", None),
    ]
    assert outside == ("strong", "weak")


def test_a_tally_counts_what_waits_and_what_was_decided_since(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.leads.add_decision(a_decision("d1", "weak"))
        work.leads.add_decision(replace(a_decision("d2", "soon"), decided_at=NOW + minutes(9)))
        tally = work.leads.tally(LeadFilter(station=STATION), NOW + minutes(1))
        elsewhere = work.leads.tally(LeadFilter(station="另一站"), NOW)
    assert (tally.waiting, tally.decided) == (4, 1)
    assert (elsewhere.waiting, elsewhere.decided) == (0, 0)


def test_the_latest_decisions_come_first(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.leads.add_decision(a_decision("d1", "weak"))
        work.leads.add_decision(replace(a_decision("d2", "soon"), decided_at=NOW + minutes(9)))
        recent = work.leads.recent_decisions(STATION, 9)
        assert [each.decision_id for each in recent] == ["d2", "d1"]
        assert work.leads.recent_decisions(STATION, 1) == recent[:1]
        assert work.leads.recent_decisions("另一站", 9) == ()


def test_covers_and_records_are_read_together(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        covers = work.cases.covers(["c1", "c2", "nobody"])
        records = work.records.get_many(["r1", "nobody"])
    assert {key: case.assignee for key, case in covers.items()} == {"c1": None, "c2": "u2"}
    assert list(records) == ["r1"]


def test_running_windows_are_counted_without_a_limit(open_work: OpenWork) -> None:
    late = replace(WINDOW, due=NOW, state=WindowState.BREACHED)
    met = replace(WINDOW, state=WindowState.MET)
    with open_work() as work:
        fill(work)
        work.windows.replace("c1", [WINDOW, late, met])
        moments = (NOW, NOW + minutes(1), NOW + minutes(60))
        assert work.windows.count_due(DueFilter(limit=1), moments) == (0, 1, 2)
        assert work.windows.count_due(DueFilter(station=STATION), moments[1:]) == (1, 2)
        assert work.windows.count_due(DueFilter(station="另一站"), moments) == (0, 0, 0)


def test_an_account_keeps_the_dialects_its_holder_understands(open_work: OpenWork) -> None:
    user = replace(a_user(Role.SPECIALIST), dialects=frozenset({"xiang", "gan"}))
    with open_work() as work:
        work.users.add(user)
        assert work.users.get("u1") == user


def test_windows_are_counted_by_kind_agency_and_state(open_work: OpenWork) -> None:
    police = replace(WINDOW, kind="identity_answer", owner=WindowOwner.POLICE)
    met = replace(WINDOW, state=WindowState.MET)
    with open_work() as work:
        fill(work)
        work.windows.replace("c1", [WINDOW, met, police])
        work.windows.replace("c2", [met])
        counts = work.windows.counts(DueFilter(station=STATION))
        only_police = work.windows.counts(DueFilter(owner=WindowOwner.POLICE))
        listed = work.windows.due(DueFilter(kind=WINDOW.kind, state=WindowState.MET))
    assert [(each.kind, each.owner, each.state, each.count) for each in counts] == [
        ("identity_answer", WindowOwner.POLICE, WindowState.OPEN, 1),
        ("identity_request", WindowOwner.STATION, WindowState.MET, 2),
        ("identity_request", WindowOwner.STATION, WindowState.OPEN, 1),
    ]
    assert [each.count for each in only_police] == [1]
    assert [each.case_id for each in listed] == ["c1", "c2"]


def test_old_open_cases_come_oldest_first(open_work: OpenWork) -> None:
    with open_work() as work:
        work.cases.add(a_case("new", number="1", opened_at=NOW))
        work.cases.add(a_case("old", number="2", opened_at=NOW - minutes(9)))
        work.cases.add(a_case("older", number="3", opened_at=NOW - minutes(99)))
        closed = replace(a_case("closed", number="4"), state=CaseState.CLOSED)
        work.cases.add(replace(closed, opened_at=NOW - minutes(999)))
        found = work.cases.open_since(STATION, NOW, 9)
        assert work.cases.open_since(STATION, NOW, 1) == found[:1]
    assert [case.case_id for case in found] == ["older", "old"]


def test_cases_with_a_line_of_a_kind_are_counted_once_each(open_work: OpenWork) -> None:
    with open_work() as work:
        fill(work)
        work.cases.append(an_admission())
        work.cases.append(an_admission("again"))
        work.cases.append(an_admission("other", "c2"))
        counts = work.cases.kind_counts(STATION, NOW - minutes(9), NOW + minutes(9))
        later = work.cases.kind_counts(STATION, NOW + minutes(9), NOW + minutes(99))
        elsewhere = work.cases.kind_counts("另一站", NOW - minutes(9), NOW + minutes(9))
    assert counts == {"admitted": 2}
    assert later == elsewhere == {}
