"""Residents against residents through the real search: by words alone, across stations, in words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from casework.accounts.access import SYSTEM, Role
from casework.alike.pairs import AlikePair
from casework.alike.registry import read_changed_files
from casework.alike.residents import match_residents
from casework.cases.case import IntakeForm
from casework.cases.intake import IntakeCommand, open_case
from matching.evidence import Signal
from matching.model import BloodType, Sex
from runtime.face_galleries import FaceGalleries
from runtime.matcher import LiveMatcher
from storage.face_snapshots import SnapshotFolder
from tests.alike_files import ELSEWHERE
from tests.office import FakeFaceReader, Office
from tests.samples import an_actor, minutes

FIRST = """问：你叫什么？
答：我叫刘福生。
问：你屋里是哪里的？
答：湖南邵阳隆回荷田那边。有个老弟叫刘福贵。"""
SECOND = """问：你叫什么？
答：我叫刘福升。
问：你屋里是哪里的？
答：湖南邵阳龙回县。
问：家里还有谁？
答：老弟叫刘福贵。"""
STRANGER = """问：你叫什么？
答：我叫陈秀英。
问：你屋里是哪里的？
答：四川南充。"""


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def matcher(office: Office, tmp_path: Path) -> Iterator[LiveMatcher]:
    galleries = FaceGalleries(office.open_work, SnapshotFolder(tmp_path / "snapshots"))
    yield LiveMatcher(office.open_work, galleries)
    galleries.close()


def taken_in(office: Office, transcript: str, form: IntakeForm, station: str | None = None) -> str:
    actor = an_actor(Role.INTAKE)
    context = office.context(replace(actor, station=station) if station else actor)
    command = IntakeCommand(transcript=transcript, form=form)
    office.now += minutes(10)
    return open_case(context, command, FakeFaceReader()).case.case_id


def matched(office: Office, matcher: LiveMatcher, case_id: str) -> tuple[AlikePair, ...]:
    return match_residents(office.context(SYSTEM), matcher, case_id)


MALE = IntakeForm(sex=Sex.MALE, marks="左手有疤", work="烧砖", blood_type=BloodType.AB)


def test_one_person_under_two_names_at_two_stations_is_found_with_the_reasons(
    office: Office, matcher: LiveMatcher
) -> None:
    first = taken_in(office, FIRST, MALE, station=ELSEWHERE)
    stranger = taken_in(office, STRANGER, IntakeForm(sex=Sex.FEMALE))
    second = taken_in(office, SECOND, MALE)
    (pair,) = matched(office, matcher, second)
    assert pair.case_ids == (second, first)
    speaking = {each.signal for each in pair.ranked.evidence if each.bits > 0}
    assert speaking >= {
        Signal.NAME,
        Signal.HOME,
        Signal.RELATIVES,
        Signal.MARKS,
        Signal.WORK,
        Signal.BLOOD,
        Signal.SEX,
    }
    total = pair.ranked.prior_bits + sum(each.bits for each in pair.ranked.evidence)
    assert pair.ranked.bits == pytest.approx(total)
    assert set(pair.versions) == {"policy", "gazetteer", "sound"}
    assert matched(office, matcher, stranger) == ()
    assert matched(office, matcher, first) == (pair,)


def test_what_is_learned_later_counts_from_then_on(office: Office, matcher: LiveMatcher) -> None:
    first = taken_in(office, "", IntakeForm(sex=Sex.MALE))
    second = taken_in(office, SECOND, MALE)
    assert matched(office, matcher, second) == ()
    third = taken_in(office, FIRST, MALE)
    assert [pair.case_ids for pair in matched(office, matcher, third)] == [(third, second)]
    assert first not in {each for pair in matched(office, matcher, third) for each in pair.case_ids}


def test_every_file_is_read_once_and_again_when_it_grows(office: Office) -> None:
    taken_in(office, FIRST, MALE)
    assert read_changed_files(office.open_work) == 1
    assert read_changed_files(office.open_work) == 0
