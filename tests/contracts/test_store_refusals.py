"""What every implementation of the ports must refuse, and in which words of casework."""

import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta

import pytest

from casework.accounts.user import Session
from casework.errors import BadInputError, StaleVersionError
from casework.leads.lead import LeadState
from casework.ports import LeadFilter, OpenWork, UnitOfWork
from casework.windows.window import Window, WindowOwner, WindowState
from tests.samples import (
    NOW,
    a_case,
    a_face,
    a_lead,
    a_record,
    a_user,
    an_admission,
    minutes,
    with_due,
)


def forged(*key: object) -> str:
    return urlsafe_b64encode(json.dumps(key).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        forged("no date", "c1"),
        forged("2026-01-01T00:00:00", "c1"),
        forged("0001-01-01T00:00:00+23:59", "c1"),
        forged("2026-01-01T00:00:00+00:00", "c\0"),
        forged(1, 2),
        "W" * 4000,
    ],
    ids=["no date", "no zone", "before time", "NUL", "other list", "long"],
)
def test_a_forged_cursor_of_cases_is_bad_input(open_work: OpenWork, cursor: str) -> None:
    with open_work() as work, pytest.raises(BadInputError):
        work.cases.page(station=None, state=None, cursor=cursor, limit=2)


@pytest.mark.parametrize(
    "cursor",
    [
        forged(2**80, 1.0, "l1"),
        forged(1, float("nan"), "l1"),
        forged(1, float("inf"), "l1"),
        forged(True, 1.0, "l1"),
    ],
    ids=["too large", "not a number", "infinite", "not an integer"],
)
def test_a_forged_cursor_of_leads_is_bad_input(open_work: OpenWork, cursor: str) -> None:
    with open_work() as work, pytest.raises(BadInputError):
        work.leads.page(LeadFilter(), cursor=cursor, limit=2)


def test_a_known_record_is_not_added_again(open_work: OpenWork) -> None:
    with open_work() as work:
        work.records.add_many([a_record()])
        with pytest.raises(StaleVersionError):
            work.records.add_many([a_record("r9")])


def test_an_entry_needs_its_case(open_work: OpenWork) -> None:
    with open_work() as work, pytest.raises(StaleVersionError):
        work.cases.append(an_admission())


def test_a_session_needs_its_user(open_work: OpenWork) -> None:
    session = Session(
        secret_sha256="a" * 64, user_id="u1", form_token="t", opened_at=NOW, last_seen=NOW
    )
    with open_work() as work, pytest.raises(StaleVersionError):
        work.users.put_session(session)


def test_two_cases_of_a_station_never_share_a_number(open_work: OpenWork) -> None:
    with open_work() as work:
        work.cases.add(a_case())
        with pytest.raises(StaleVersionError):
            work.cases.add(a_case("c2"))


def test_a_photo_is_never_overwritten(open_work: OpenWork) -> None:
    with open_work() as work:
        work.photos.put("p1", b"first")
        with pytest.raises(StaleVersionError):
            work.photos.put("p1", b"second")


def test_a_face_is_never_overwritten(open_work: OpenWork) -> None:
    with open_work() as work:
        work.faces.add_many([a_face()])
        with pytest.raises(StaleVersionError):
            work.faces.add_many([a_face()])


def test_an_account_cannot_take_the_name_of_another(open_work: OpenWork) -> None:
    with open_work() as work:
        work.users.add(a_user())
        work.users.add(a_user(name="lihua", user_id="u2"))
        with pytest.raises(BadInputError):
            work.users.save(a_user(user_id="u2"))


def test_a_long_name_of_a_station_fits_everywhere(open_work: OpenWork) -> None:
    with open_work() as work:
        work.cases.add(replace(a_case(), station="站" * 300))
        assert work.cases.get("c1").station == "站" * 300


def with_pair(work: UnitOfWork) -> None:
    work.cases.add(a_case())
    work.records.add_many([a_record(), a_record("r2", source_number="GA-2")])


def test_a_decided_pair_may_come_back_as_a_new_lead_but_only_once(open_work: OpenWork) -> None:
    rejected = replace(a_lead(), state=LeadState.REJECTED)
    with open_work() as work:
        with_pair(work)
        work.leads.add(rejected)
        work.leads.add(a_lead("l2"))
        with pytest.raises(StaleVersionError):
            work.leads.add(a_lead("l3"))


def test_a_decided_lead_does_not_reopen_beside_an_open_one(open_work: OpenWork) -> None:
    rejected = replace(a_lead(), state=LeadState.REJECTED)
    with open_work() as work:
        with_pair(work)
        work.leads.add(rejected)
        work.leads.add(a_lead("l2"))
        with pytest.raises(StaleVersionError):
            work.leads.save(replace(a_lead(), version=1), read_version=0)


def test_leads_one_microsecond_apart_are_listed_in_order(open_work: OpenWork) -> None:
    late = with_due(a_lead("late", bits=9.0), NOW + timedelta(microseconds=2))
    soon = with_due(a_lead("soon", record_id="r2", bits=1.0), NOW + timedelta(microseconds=1))
    with open_work() as work:
        with_pair(work)
        work.leads.add(late)
        work.leads.add(soon)
        page = work.leads.page(LeadFilter(), cursor=None, limit=5)
    assert [lead.lead_id for lead in page.items] == ["soon", "late"]


def test_windows_come_by_start_and_the_waiting_ones_last(open_work: OpenWork) -> None:
    late = Window(
        kind="late",
        owner=WindowOwner.STATION,
        starts=NOW + minutes(5),
        due=None,
        state=WindowState.OPEN,
        source="三(六)",
    )
    early = replace(late, kind="early", starts=NOW)
    waiting = replace(late, kind="waiting", starts=None, state=WindowState.WAITING)
    with open_work() as work:
        work.cases.add(a_case())
        work.windows.replace("c1", [waiting, late, early])
        assert [window.kind for window in work.windows.of_case("c1")] == [
            "early",
            "late",
            "waiting",
        ]


def test_writing_goes_on_while_a_stream_is_being_read(open_work: OpenWork) -> None:
    with open_work() as work:
        work.records.add_many(a_record(f"r{n}", source_number=f"GA-{n}") for n in range(5))
        work.commit()
    with open_work() as work:
        stream = work.records.changed_since(0)
        assert next(stream).record_id == "r0"
        work.records.upsert(a_record("r9", source_number="GA-9"))
        assert work.cases.next_number("站", 2026) == "2026-0001"
        assert [record.record_id for record in stream][:4] == ["r1", "r2", "r3", "r4"]


def test_what_follows_a_commit_needs_a_commit_of_its_own(open_work: OpenWork) -> None:
    with open_work() as work:
        work.workspace.set("kind", "real")
        work.commit()
        work.workspace.set("kind", "demo")
    with open_work() as work:
        assert work.workspace.get("kind") == "real"
