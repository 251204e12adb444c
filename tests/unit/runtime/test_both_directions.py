"""A resident against all records, and a new record against all residents: one pair, one score."""

from dataclasses import replace
from pathlib import Path

import pytest

from casework.accounts.access import SYSTEM, Role
from casework.cases.case import IntakeForm
from casework.cases.intake import IntakeCommand, open_case
from casework.leads.lead import Lead
from casework.records.record import MissingRecord
from casework.search.report_matching import match_report
from casework.search.search import search_case
from fixtures.demo_registry import demo_registry
from matching.model import Sex
from runtime.face_galleries import FaceGalleries
from runtime.matcher import LiveMatcher
from storage.face_snapshots import SnapshotFolder
from tests.office import FakeFaceReader, Office
from tests.samples import a_record, an_actor

TALK = """问：你叫什么？
答：我叫欧阳金丝雀。
问：你屋里是哪里的？
答：广东清远英德大站镇。爸爸叫区伯佑。左手有块疤。"""
RECORDS = demo_registry(300, seed=20200413)


def an_office(
    folder: Path, *, records: tuple[MissingRecord, ...]
) -> tuple[Office, LiveMatcher, str]:
    office = Office()
    command = IntakeCommand(
        transcript=TALK, form=IntakeForm(sex=Sex.FEMALE, height_cm=157, birth_year=1976)
    )
    opened = open_case(office.context(an_actor(Role.INTAKE)), command, FakeFaceReader())
    with office.open_work() as work:
        work.records.add_many(records)
        work.commit()
    galleries = FaceGalleries(office.open_work, SnapshotFolder(folder))
    return office, LiveMatcher(office.open_work, galleries), opened.case.case_id


def lead_of(office: Office, case_id: str) -> Lead:
    with office.open_work() as work:
        return next(x for x in work.leads.of_case(case_id) if x.record_id == "r1")


def worth(lead: Lead) -> list[tuple[object, ...]]:
    return [(each.signal, each.bits, each.detail) for each in lead.evidence]


def test_both_directions_give_a_pair_the_same_bits(tmp_path: Path) -> None:
    whole = (*RECORDS, a_record())
    forward, matcher, case_id = an_office(tmp_path / "a", records=whole)
    search_case(forward.context(SYSTEM), matcher, case_id)
    backward, other, same_id = an_office(tmp_path / "b", records=whole)
    match_report(backward.context(SYSTEM), other, "r1")
    one, two = lead_of(forward, case_id), lead_of(backward, same_id)
    assert worth(one) == worth(two)
    assert (one.bits, one.prior_bits, one.rival_bits) == (two.bits, two.prior_bits, two.rival_bits)
    assert (one.band, one.probability) == (two.band, two.probability)
    # Asked the other way round nothing about the pair changes.
    assert match_report(forward.context(SYSTEM), matcher, "r1").leads == 0
    assert lead_of(forward, case_id) == one


def test_a_record_that_comes_later_is_worth_what_it_would_have_been(tmp_path: Path) -> None:
    forward, matcher, case_id = an_office(tmp_path / "a", records=(*RECORDS, a_record()))
    search_case(forward.context(SYSTEM), matcher, case_id)
    backward, other, same_id = an_office(tmp_path / "b", records=tuple(RECORDS))
    search_case(backward.context(SYSTEM), other, same_id)
    with backward.open_work() as work:
        work.records.upsert(replace(a_record(), revision=0))
        work.commit()
    match_report(backward.context(SYSTEM), other, "r1")
    one, two = lead_of(forward, case_id), lead_of(backward, same_id)
    assert two.bits == pytest.approx(one.bits, abs=0.05)
    assert [each.signal for each in one.evidence] == [each.signal for each in two.evidence]
