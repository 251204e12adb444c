"""A station at full load for the page benchmark: cases with talks and windows, and many open leads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Final

from casework.accounts.access import Role
from casework.accounts.user import User
from casework.cases.case import Case
from casework.cases.happenings.care import Admitted
from casework.cases.happenings.knowledge import InterviewHeld, PhotoTaken
from casework.cases.history import add_entry
from casework.context import Context
from casework.leads.lead import Lead
from casework.records.record import MissingRecord
from casework.search.gallery import OwnerKind, StoredFace
from fixtures.registry import synthetic_records
from fixtures.residents import sample_residents
from matching.evidence import Evidence, Signal
from matching.face.embedding import pack
from matching.face.reading import EyeLine, FaceQuality
from matching.fusion import Band
from matching.model import Home
from runtime.container import DEMO, KIND, Services

STATION: Final = "清远市救助管理站"
SEED: Final = 20200413
LEADS_PER_CASE: Final = 10
PRIOR_BITS: Final = -17.6
_EYES: Final = EyeLine(left=(98, 137), right=(142, 137), width=240, height=300)
_VECTOR: Final = pack((1.0,) + (0.0,) * 127)
_QUALITY: Final = FaceQuality(eye_distance_px=44, sharpness=300, brightness=0.6, eyes=_EYES)
_BANDS: Final = (Band.STRONG, Band.POSSIBLE, Band.WEAK)


def fill(services: Services, *, leads: int) -> list[str]:
    """Make the workspace; returns the ids of the leads."""
    specialist = User(
        user_id="user-wangfang",
        name="wangfang",
        display_name="王芳",
        roles=frozenset({Role.SPECIALIST}),
        station=STATION,
        password_hash="unused",  # noqa: S106 - nobody signs in with it
    )
    with services.open_work() as work:
        work.workspace.set(KIND, DEMO)
        work.users.add(specialist)
        work.commit()
    desk, rng = services.context(specialist.actor()), Random(SEED)
    records = list(synthetic_records(leads, SEED))
    made: list[str] = []
    for number, start in enumerate(range(0, leads, LEADS_PER_CASE), start=1):
        made += _case(desk, rng, number, records[start : start + LEADS_PER_CASE])
    return made


def _case(
    context: Context, rng: Random, number: int, records: list[MissingRecord]
) -> Iterator[str]:
    resident = sample_residents()[number % len(sample_residents())]
    now = context.clock()
    admitted = now - timedelta(hours=rng.uniform(1, 90))
    case = Case(
        case_id=context.new_id(), number=f"2026-{number:04d}", station=STATION, opened_at=admitted
    )
    home = Home(text=resident.form.household_place or "湖南邵阳")
    facts = replace(records[0].facts, homes=(home,))
    with context.open_work() as work:
        work.cases.add(case)
        first = Admitted(brought_by="民警", apparent_age=60, note=None, facts=facts)
        add_entry(context, work, case.case_id, first, happened_at=admitted)
        photo_id = context.new_id()
        work.faces.add_many([_face(context, OwnerKind.CASE, case.case_id, photo_id)])
        photo = PhotoTaken(photo_id=photo_id, face_id=photo_id)
        add_entry(context, work, case.case_id, photo, happened_at=admitted)
        talk = InterviewHeld(transcript=resident.transcript)
        add_entry(context, work, case.case_id, talk, happened_at=admitted)
        work.records.add_many(records)
        work.faces.add_many(
            _face(context, OwnerKind.RECORD, each.record_id, context.new_id())
            for each in islice(records, 3)
        )
        ids = []
        for rank, record in enumerate(records, start=1):
            lead = _lead(context, rng, case, record, rank)
            work.leads.add(lead)
            ids.append(lead.lead_id)
        work.commit()
    return iter(ids)


def _face(context: Context, kind: OwnerKind, owner_id: str, photo_id: str) -> StoredFace:
    return StoredFace(
        face_id=context.new_id(),
        owner_kind=kind,
        owner_id=owner_id,
        photo_id=photo_id,
        engine="none",
        model_id="none",
        vector=_VECTOR,
        quality=_QUALITY,
    )


def _lead(context: Context, rng: Random, case: Case, record: MissingRecord, rank: int) -> Lead:
    evidence = tuple(_evidence(rng))
    bits = PRIOR_BITS + sum(each.bits for each in evidence)
    return Lead(
        lead_id=context.new_id(),
        case_id=case.case_id,
        record_id=record.record_id,
        station=STATION,
        rank=rank,
        probability=1 / (1 + 2**-bits),
        bits=bits,
        prior_bits=PRIOR_BITS,
        band=_BANDS[min(rank - 1, 2)],
        evidence=evidence,
        versions={"policy": "benchmark"},
        found_at=context.clock(),
        due=_due(rng, context.clock()),
    )


def _due(rng: Random, now: datetime) -> datetime | None:
    return now + timedelta(hours=rng.uniform(-5, 48)) if rng.random() < 0.1 else None  # noqa: PLR2004 - one lead in ten is timed


def _evidence(rng: Random) -> Iterator[Evidence]:
    for signal in Signal:
        if rng.random() < 0.2:  # noqa: PLR2004 - one fact in five is not known
            yield Evidence.silent(signal, "走失记录没有写这一项")
        else:
            yield Evidence(
                signal=signal,
                bits=rng.uniform(-2, 6),
                detail="读音相同：湘语 n、l 不分",
                probe_value="湖南邵阳龙回",
                candidate_value="湖南省邵阳市隆回县",
            )
