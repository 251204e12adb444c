"""What every implementation of the ports must do, asked of memory, SQLite and PostgreSQL alike."""

from dataclasses import replace

import pytest

from casework.cases.happenings.knowledge import InterviewHeld
from casework.cases.happenings.sight import SightAsked
from casework.errors import BadInputError, NotFoundError, StaleVersionError
from casework.leads.lead import Decision, EvidenceClass, LeadState, LeadTask, Verdict
from casework.ports import LeadFilter, LineFilter, OpenWork, UnitOfWork
from casework.search.gallery import GalleryName, OwnerKind, SnapshotPin
from matching.face.reading import EyeLine, FaceQuality
from tests.samples import (
    NOW,
    STATION,
    a_case,
    a_face,
    a_lead,
    a_record,
    an_admission,
    minutes,
    with_due,
)


def test_what_is_not_committed_never_happened(open_work: OpenWork) -> None:
    with open_work() as work:
        work.cases.add(a_case())
    with open_work() as work, pytest.raises(NotFoundError):
        work.cases.get("c1")


def test_a_case_and_its_entries_come_back_as_they_went_in(open_work: OpenWork) -> None:
    talk = replace(an_admission("e2"), details=InterviewHeld(transcript="我叫䶮㛃𬭎"))
    with open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.cases.append(talk)
        work.commit()
    with open_work() as work:
        assert work.cases.get("c1") == a_case()
        assert work.cases.entries("c1") == (an_admission(), talk)


def test_lines_of_some_kinds_are_found_whatever_stands_between_them(open_work: OpenWork) -> None:
    later = replace(
        an_admission("e2"), recorded_at=NOW + minutes(5), details=SightAsked(why="核对")
    )
    with open_work() as work:
        work.cases.add(a_case())
        work.cases.add(replace(a_case("c2", number="2026-0002"), station="另一站"))
        for entry in (an_admission(), later, an_admission("e3", case_id="c2")):
            work.cases.append(entry)

        def found(wanted: LineFilter) -> list[str]:
            return [entry.entry_id for entry in work.cases.lines(wanted)]

        both = frozenset({"admitted", "sight_asked"})
        assert found(LineFilter(kinds=both)) == ["e1", "e3", "e2"]
        assert found(LineFilter(kinds=both, case_id="c1")) == ["e1", "e2"]
        assert found(LineFilter(kinds=both, station="另一站")) == ["e3"]
        assert found(LineFilter(kinds=both, since=NOW + minutes(5))) == ["e2"]
        assert found(LineFilter(kinds=frozenset({"sight_asked"}))) == ["e2"]
        assert work.cases.lines(LineFilter(kinds=frozenset({"sight_asked"}))) == (later,)


def test_of_two_writers_of_one_case_the_second_is_refused(open_work: OpenWork) -> None:
    with open_work() as work:
        work.cases.add(a_case())
        work.cases.save(replace(a_case(), version=1), read_version=0)
        with pytest.raises(StaleVersionError):
            work.cases.save(replace(a_case(), version=1), read_version=0)


def test_case_numbers_run_per_station_and_year(open_work: OpenWork) -> None:
    with open_work() as work:
        numbers = [work.cases.next_number(STATION, 2026) for _ in range(2)]
        numbers.append(work.cases.next_number(STATION, 2027))
        numbers.append(work.cases.next_number("另一站", 2026))
    assert numbers == ["2026-0001", "2026-0002", "2027-0001", "2026-0001"]


def test_pages_of_cases_join_without_gap_or_repeat(open_work: OpenWork) -> None:
    with open_work() as work:
        for index in range(5):
            opened_at = NOW + minutes(index // 2)
            work.cases.add(a_case(f"c{index}", number=f"2026-{index:04d}", opened_at=opened_at))
        seen: list[str] = []
        cursor = None
        while True:
            page = work.cases.page(station=STATION, state=None, cursor=cursor, limit=2)
            seen += [case.case_id for case in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
    assert seen == ["c4", "c3", "c2", "c1", "c0"]


def test_a_foreign_cursor_is_bad_input(open_work: OpenWork) -> None:
    with open_work() as work:
        for cursor in ("not a cursor", "W10", "é"):
            with pytest.raises(BadInputError):
                work.cases.page(station=None, state=None, cursor=cursor, limit=2)


def test_a_record_is_kept_once_and_an_equal_one_changes_nothing(open_work: OpenWork) -> None:
    with open_work() as work:
        assert work.records.upsert(a_record()) is True
        first = work.records.revision()
        assert work.records.upsert(a_record("other-id")) is False
        assert work.records.revision() == first
        assert work.records.count() == 1


def test_a_changed_record_keeps_its_id_and_gets_a_new_revision(open_work: OpenWork) -> None:
    with open_work() as work:
        work.records.add_many([a_record(), a_record("r2", source_number="GA-2")])
        seen = work.records.revision()
        changed = replace(a_record("other-id"), missing_place="英德浛洸")
        work.records.upsert(changed)
        (again,) = work.records.changed_since(seen)
    assert (again.record_id, again.missing_place) == ("r1", "英德浛洸")
    assert again.revision == seen + 1


def test_a_face_comes_back_as_it_was_stored(open_work: OpenWork) -> None:
    hashed = replace(a_face("f2"), picture_hash="0f" * 32)
    with open_work() as work:
        work.faces.add_many([a_face(), hashed])
        work.commit()
    with open_work() as work:
        found = work.faces.of_owner(OwnerKind.RECORD, "r1")
    assert [replace(face, revision=0) for face in found] == [a_face(), hashed]


def test_what_is_measured_later_changes_nothing_else_of_a_face(open_work: OpenWork) -> None:
    eyes = EyeLine(left=(10.5, 20), right=(30, 20), width=40, height=50)
    quality = FaceQuality(eye_distance_px=20, sharpness=9, brightness=0.5, eyes=eyes)
    with open_work() as work:
        work.faces.add_many([a_face(), a_face("f2")])
        before = work.faces.of_owner(OwnerKind.RECORD, "r1")
        work.faces.keep_quality("f1", quality)
        work.faces.keep_quality("nobody", quality)
        after = work.faces.of_owner(OwnerKind.RECORD, "r1")
        assert after == (replace(before[0], quality=quality), before[1])


def test_faces_are_found_by_owner_and_by_model_and_can_be_forgotten(open_work: OpenWork) -> None:
    with open_work() as work:
        work.faces.add_many([a_face(), a_face("f2", value=0.2), a_face("f3", owner="r2")])
        before = work.faces.revision()
        assert [f.face_id for f in work.faces.of_owner(OwnerKind.RECORD, "r1")] == ["f1", "f2"]
        assert work.faces.model_ids(OwnerKind.RECORD) == ("test:1",)
        assert work.faces.model_ids(OwnerKind.CASE) == ()
        assert work.faces.remove_owner(OwnerKind.RECORD, "r1") == 2
        assert [f.vector for f in work.faces.all_of(OwnerKind.RECORD, "test:1")] == [
            a_face().vector
        ]
        assert work.faces.revision() > before


def a_pin(generation: int = 1, kind: OwnerKind = OwnerKind.RECORD) -> SnapshotPin:
    return SnapshotPin(
        gallery=GalleryName(kind=kind, model_id="test:1"),
        generation=generation,
        faces=2,
        dim=128,
        revision=2,
        sha256="ab" * 32,
        key="cd" * 32,
    )


def test_a_gallery_is_listed_counted_and_read_by_revision(open_work: OpenWork) -> None:
    gallery = a_pin().gallery
    with open_work() as work:
        work.faces.add_many([a_face(), a_face("f2", value=0.2), a_face("f3", owner="r2")])
        assert work.faces.listed(gallery, "", 2) == (("f1", "r1"), ("f2", "r1"))
        assert work.faces.listed(gallery, "f2", 2) == (("f3", "r2"),)
        first, second = work.faces.changed_since(gallery, 0, 2)
        assert [first.face_id, second.face_id] == ["f1", "f2"]
        (third,) = work.faces.changed_since(gallery, second.revision, 2)
        assert third.face_id == "f3"
        assert work.faces.count(gallery, second.revision) == 2
        assert work.faces.count(gallery, work.faces.revision()) == 3
        assert work.faces.count(a_pin(kind=OwnerKind.CASE).gallery, 9) == 0


def test_a_snapshot_pin_is_replaced_and_goes_with_whoever_is_forgotten(
    open_work: OpenWork,
) -> None:
    cases = a_pin(kind=OwnerKind.CASE)
    with open_work() as work:
        work.faces.add_many([a_face()])
        assert [work.faces.pin(pin) for pin in (a_pin(), a_pin(2), cases)] == [True] * 3
        assert not work.faces.pin(replace(a_pin(2), key="ef" * 32))
        assert not work.faces.pin(a_pin(1))
        assert work.faces.pinned(a_pin().gallery) == a_pin(2)
        work.faces.remove_owner(OwnerKind.RECORD, "nobody")
        assert work.faces.pinned(a_pin().gallery) == a_pin(2)
        work.faces.remove_owner(OwnerKind.RECORD, "r1")
        assert work.faces.pinned(a_pin().gallery) is None
        assert work.faces.pinned(cases.gallery) == cases


def test_photos_come_back_byte_for_byte(open_work: OpenWork) -> None:
    with open_work() as work:
        work.photos.put("p1", b"\xff\xd8\x00jpeg")
        assert work.photos.get("p1") == b"\xff\xd8\x00jpeg"
        with pytest.raises(NotFoundError):
            work.photos.get("p2")


def with_records(work: UnitOfWork, count: int = 3) -> None:
    work.cases.add(a_case())
    work.records.add_many(a_record(f"r{n}", source_number=f"GA-{n}") for n in range(1, count + 1))


def test_a_lead_comes_back_with_its_evidence(open_work: OpenWork) -> None:
    with open_work() as work:
        with_records(work)
        work.leads.add(a_lead())
        assert work.leads.get("l1") == a_lead()
        assert work.leads.of_case("c1") == (a_lead(),)


def test_there_is_one_lead_for_each_pair(open_work: OpenWork) -> None:
    with open_work() as work:
        with_records(work)
        work.leads.add(a_lead())
        with pytest.raises(StaleVersionError):
            work.leads.add(a_lead("l2"))
        work.leads.add(a_lead("l3", record_id="r2"))
        assert len(work.leads.of_case("c1")) == 2


def test_two_people_deciding_at_once_have_one_winner(open_work: OpenWork) -> None:
    with open_work() as work:
        with_records(work)
        work.leads.add(a_lead())
        moved = replace(a_lead(), state=LeadState.FORWARDED, version=1)
        work.leads.save(moved, read_version=0)
        with pytest.raises(StaleVersionError):
            work.leads.save(replace(moved, state=LeadState.REJECTED), read_version=0)
        assert work.leads.get("l1").state is LeadState.FORWARDED


def test_leads_are_listed_by_due_time_then_strength(open_work: OpenWork) -> None:
    with open_work() as work:
        with_records(work, 5)
        work.leads.add(a_lead("weak", record_id="r1", bits=1.0))
        work.leads.add(a_lead("strong", record_id="r2", bits=9.0))
        late = with_due(a_lead("late", record_id="r3"), NOW + minutes(60))
        soon = with_due(a_lead("soon", record_id="r4"), NOW + minutes(5))
        work.leads.add(late)
        work.leads.add(soon)
        seen: list[str] = []
        cursor = None
        while True:
            page = work.leads.page(LeadFilter(station=STATION), cursor=cursor, limit=1)
            seen += [lead.lead_id for lead in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
        proposed = work.leads.page(
            LeadFilter(station="另一站", states=frozenset({LeadState.PROPOSED})),
            cursor=None,
            limit=9,
        )
    assert seen == ["soon", "late", "strong", "weak"]
    assert proposed.items == ()


def test_decisions_stay_in_order(open_work: OpenWork) -> None:
    first = Decision(
        decision_id="d1",
        lead_id="l1",
        verdict=Verdict.REJECT,
        from_state=LeadState.PROPOSED,
        decided_at=NOW,
        decided_by="u1",
        reason="年龄不符",
    )
    second = replace(
        first, decision_id="d2", verdict=Verdict.CONFIRM, evidence_class=EvidenceClass.DNA
    )
    with open_work() as work:
        with_records(work)
        work.leads.add(a_lead())
        work.leads.add_decision(first)
        work.leads.add_decision(second)
        assert work.leads.decisions("l1") == (first, second)


def test_leads_are_found_by_record_and_when_overdue(open_work: OpenWork) -> None:
    with open_work() as work:
        with_records(work)
        sent = replace(a_lead(), state=LeadState.FORWARDED, due=NOW + minutes(10))
        other = a_lead("l2", record_id="r2")
        work.leads.add(sent)
        work.leads.add(other)
        assert work.leads.of_record("r1") == (sent,)
        states = [LeadState.FORWARDED, LeadState.RECEIVED]
        assert work.leads.overdue(states, NOW + minutes(9), 5) == ()
        assert work.leads.overdue(states, NOW + minutes(10), 5) == (sent,)


def test_a_lead_keeps_its_task_and_what_was_judged(open_work: OpenWork) -> None:
    task = LeadTask(what="问左手的疤", who="u1", until=NOW + minutes(30))
    lead = replace(
        a_lead(),
        state=LeadState.NEEDS_MORE,
        task=task,
        holder="u1",
        whats_new=("弟弟同音",),
        judged={"name": 4.5},
        judged_at=NOW,
        in_conflict=True,
    )
    with open_work() as work:
        with_records(work)
        work.leads.add(lead)
        assert work.leads.get("l1") == lead
