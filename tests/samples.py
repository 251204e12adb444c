"""Invented values for tests. Every builder takes what a test cares about and fills in the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from casework.accounts.access import Actor, Role
from casework.accounts.user import User
from casework.cases.case import Case, Entry
from casework.cases.happenings.care import Admitted
from casework.leads.lead import Decision, Lead, LeadState, Verdict
from casework.records.record import MissingRecord
from casework.search.gallery import OwnerKind, StoredFace
from matching.evidence import Evidence, Signal
from matching.face.reading import FaceQuality
from matching.fusion import Band
from matching.model import Home, PersonFacts, Relation, Relative, Sex, YearRange

NOW = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
STATION = "清远市救助管理站"
#: Strings that must never be found in clear outside the program.
CANARY_NAME = "欧阳金丝雀"
CANARY_WORDS = "我屋企喺金丝雀坑"


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def an_actor(*roles: Role, station: str = STATION, user_id: str = "u1") -> Actor:
    return Actor(
        user_id=user_id,
        name=f"name-{user_id}",
        display_name="王芳",
        roles=frozenset(roles or (Role.SPECIALIST,)),
        station=station,
    )


def a_user(*roles: Role, name: str = "wangfang", user_id: str = "u1") -> User:
    return User(
        user_id=user_id,
        name=name,
        display_name="王芳",
        roles=frozenset(roles or (Role.SPECIALIST,)),
        station=STATION,
        password_hash="$argon2id$not-a-real-hash",
    )


def facts() -> PersonFacts:
    return PersonFacts(
        names=(CANARY_NAME,),
        sex=Sex.FEMALE,
        birth=YearRange(earliest=1975, latest=1976),
        height_cm=156,
        homes=(Home(text="广东清远英德", path=("广东省", "清远市", "英德市", "大站镇")),),
        relatives=(Relative(relation=Relation.FATHER, name="区伯佑"),),
        marks=("左手有疤",),
    )


def a_case(case_id: str = "c1", *, number: str = "2026-0001", opened_at: datetime = NOW) -> Case:
    return Case(case_id=case_id, number=number, station=STATION, opened_at=opened_at)


def an_admission(entry_id: str = "e1", case_id: str = "c1") -> Entry:
    return Entry(
        entry_id=entry_id,
        case_id=case_id,
        happened_at=NOW,
        recorded_at=NOW,
        recorded_by="u1",
        details=Admitted(brought_by="民警", facts=facts()),
    )


def a_record(record_id: str = "r1", *, source_number: str = "GA-1") -> MissingRecord:
    return MissingRecord(
        record_id=record_id,
        source="走失登记.csv",
        source_number=source_number,
        facts=facts(),
        missing_since=date(1998, 5, 1),
        missing_place="英德大站",
        id_number="11010519491231002X",
        contact_phone="13800000000",
        photo_ids=("p1",),
    )


def a_face(face_id: str = "f1", *, owner: str = "r1", value: float = 0.1) -> StoredFace:
    return StoredFace(
        face_id=face_id,
        owner_kind=OwnerKind.RECORD,
        owner_id=owner,
        photo_id=None,
        engine="test",
        model_id="test:1",
        vector=np.full(128, value, dtype="<f4").tobytes(),
        quality=FaceQuality(eye_distance_px=60.0, sharpness=200.0, brightness=0.5),
    )


def a_lead(lead_id: str = "l1", *, record_id: str = "r1", bits: float = 2.0) -> Lead:
    return Lead(
        lead_id=lead_id,
        case_id="c1",
        record_id=record_id,
        station=STATION,
        rank=1,
        probability=0.8,
        bits=bits,
        prior_bits=-16.0,
        band=Band.POSSIBLE,
        evidence=(
            Evidence(
                signal=Signal.NAME,
                bits=bits + 16.0,
                detail="姓名相同",
                probe_value=CANARY_NAME,
                candidate_value=CANARY_NAME,
            ),
            Evidence.silent(Signal.HEIGHT, "一方没有身高"),
        ),
        versions={"policy": "1"},
        found_at=NOW,
    )


def with_due(lead: Lead, due: datetime) -> Lead:
    return replace(lead, due=due)


def a_decision(decision_id: str = "d1", lead_id: str = "l1") -> Decision:
    return Decision(
        decision_id=decision_id,
        lead_id=lead_id,
        verdict=Verdict.REJECT,
        from_state=LeadState.PROPOSED,
        decided_at=NOW,
        decided_by="u1",
        reason="年龄不符",
    )
