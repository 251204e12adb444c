"""Packed records are read again as they were written."""

from datetime import date

import numpy as np
import pytest

from matching.model import (
    BloodType,
    Candidate,
    Home,
    PersonFacts,
    Relation,
    Relative,
    Sex,
    YearRange,
)
from matching.registry.people import People, Some
from tests.people import TRUE, strangers

FULL = Candidate(
    record_id="full",
    facts=PersonFacts(
        names=("刘福生", "阿福"),
        sex=Sex.MALE,
        birth=YearRange(earliest=1960, latest=1962),
        height_cm=168,
        homes=(Home(text="湖南隆回", path=("湖南省", "邵阳市", "隆回县")),),
        relatives=(
            Relative(relation=Relation.FATHER, name="刘“大”山", other_readings=("牛大山",)),
        ),
        marks=("左手有疤",),
        apparent_birth=YearRange(earliest=1955, latest=1975),
        blood_type=BloodType.AB,
        id_digits=("4305",),
        phone_digits=("139",),
        languages=("湘语",),
        work=("砖厂",),
        landmarks=("大桥",),
    ),
    missing_since=date(2001, 3, 4),
    missing_place="广州火车站",
)
EVERYBODY = [FULL, Candidate(record_id="空"), TRUE, *strangers(20)]


def test_records_are_as_they_were() -> None:
    people = People.of(EVERYBODY)
    assert list(people) == EVERYBODY
    assert list(people[1:3]) == EVERYBODY[1:3]
    assert people[-1] == EVERYBODY[-1]


def test_records_are_found_by_id_and_read_when_asked_for() -> None:
    people = People.of(EVERYBODY)
    rows = people.rows_of(["空", "nobody", "full"])
    assert rows == {"full": 0, "空": 1}
    some = Some(people, rows)
    assert dict(some) == {"full": FULL, "空": EVERYBODY[1]}
    assert len(some) == len(rows)
    with pytest.raises(KeyError):
        some["nobody"]


def test_replaced_records_leave_the_memory_once_they_outweigh_the_others() -> None:
    people = People.of(EVERYBODY)
    stay = np.arange(len(EVERYBODY) - 1)
    for _ in range(80):
        people = people.kept(stay).followed_by(People.of(EVERYBODY[-1:]))
    assert list(people) == EVERYBODY
    assert len(people.packed) <= 2 * len(People.of(EVERYBODY).packed)
    few = people.kept(np.array([3, 0])).followed_by(People.of([TRUE]))
    assert list(few) == [EVERYBODY[3], FULL, TRUE]
    assert len(few.packed) == int(few.lengths.sum())


def test_nobody_is_no_record() -> None:
    nobody = People.of([])
    assert len(nobody) == 0
    assert list(nobody.followed_by(People.of([FULL]))) == [FULL]
    assert nobody.rows_of(["full"]) == {}
