"""A workspace with one resident, one missing-person record and the lead between them."""

import io
from dataclasses import dataclass, replace
from datetime import date

from PIL import Image, ImageDraw

from casework.accounts.access import Actor, Role
from casework.accounts.user import User
from casework.cases.case import Entry, IntakeForm
from casework.cases.happenings.knowledge import PhotoTaken
from casework.cases.intake import IntakeCommand, open_case
from casework.leads.lead import Lead
from casework.records.record import MissingRecord
from casework.search.gallery import OwnerKind, StoredFace
from matching.evidence import Evidence, Signal
from matching.face.embedding import pack
from matching.face.reading import EyeLine, FaceQuality
from matching.fusion import Band
from matching.model import Home, PersonFacts, Relation, Relative, Sex, YearRange
from runtime.container import DEMO, KIND, Services

PASSWORD = "gui-tu-2026"
STATION = "清远市救助管理站"
TRANSCRIPT = """问：你屋里是哪里的？
答：湖南邵阳龙回荷田那边，山脚下。我叫刘福生。
问：家里还有谁？
答：有个老弟叫刘福贵，还有老娘。"""
EVIDENCE = (
    Evidence(
        signal=Signal.HOME,
        bits=7.1,
        detail="地名读音相同：湘语 n、l 不分",
        probe_value="湖南邵阳龙回",
        candidate_value="湖南省邵阳市隆回县",
    ),
    Evidence(
        signal=Signal.RELATIVES,
        bits=5.9,
        detail="弟弟同名",
        probe_value="刘福贵",
        candidate_value="刘福贵",
    ),
    Evidence(
        signal=Signal.NAME,
        bits=4.7,
        detail="姓名读音相近",
        probe_value="刘福生",
        candidate_value="刘福胜",
    ),
    Evidence(signal=Signal.FACE, bits=2.4, detail="人脸距离 0.52；照片相差 28 年，只作参考"),
    Evidence(
        signal=Signal.SEX, bits=1.0, detail="性别相同", probe_value="男", candidate_value="男"
    ),
    Evidence(
        signal=Signal.HEIGHT,
        bits=-1.2,
        detail="身高差 6 厘米",
        probe_value="168",
        candidate_value="174",
    ),
    Evidence.silent(Signal.MARKS, "走失记录没有写体貌特征"),
)
PRIOR_BITS = -17.6


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallDemo:
    """What was made."""

    case_id: str
    case_number: str
    lead_id: str


def make_small_demo(services: Services, password_hash: str) -> SmallDemo:
    """Fill an empty workspace; every account gets the same password."""
    with services.open_work() as work:
        work.workspace.set(KIND, DEMO)
        for user in people(password_hash):
            work.users.add(user)
        work.commit()
    actor = people(password_hash)[0].actor()
    record_id = _add_record(services)
    case_id, number = _add_case(services, actor)
    lead = _lead(services, case_id, record_id)
    with services.open_work() as work:
        work.leads.add(lead)
        work.commit()
    return SmallDemo(case_id=case_id, case_number=number, lead_id=lead.lead_id)


def people(password_hash: str) -> tuple[User, ...]:
    """The specialist first."""
    rows = (
        ("wangfang", "王芳", Role.SPECIALIST, STATION),
        ("lijing", "李警官", Role.POLICE, "清远市公安局"),
        ("chenxia", "陈霞", Role.INTAKE, STATION),
        ("lihua", "李华", Role.SPECIALIST, STATION),
        ("yangguang", "杨光", Role.SPECIALIST, "阳江市救助管理站"),
        ("shenji", "沈记", Role.AUDITOR, STATION),
        ("liumin", "刘敏", Role.SUPERVISOR, STATION),
        ("guanli", "管理员", Role.ADMIN, STATION),
    )
    return tuple(
        User(
            user_id=f"user-{name}",
            name=name,
            display_name=shown,
            roles=frozenset({role}),
            station=station,
            password_hash=password_hash,
        )
        for name, shown, role, station in rows
    )


def drawn_quality() -> FaceQuality:
    """Of the face that `portrait` draws."""
    eyes = EyeLine(left=(98, 137), right=(142, 137), width=240, height=300)
    return FaceQuality(eye_distance_px=44, sharpness=300, brightness=0.6, turn=0, eyes=eyes)


def _add_record(services: Services) -> str:
    record = MissingRecord(
        record_id=services.new_id(),
        source="演示",
        source_number="GA-5521",
        facts=PersonFacts(
            names=("刘福胜",),
            sex=Sex.MALE,
            birth=YearRange(earliest=1964, latest=1964),
            height_cm=174,
            homes=(Home(text="湖南省邵阳市隆回县荷田乡"),),
            relatives=(Relative(relation=Relation.YOUNGER_BROTHER, name="刘福贵"),),
        ),
        missing_since=date(1998, 3, 2),
        missing_place="湖南邵阳",
        photo_ids=("photo-record",),
    )
    face = StoredFace(
        face_id="face-record",
        owner_kind=OwnerKind.RECORD,
        owner_id=record.record_id,
        photo_id="photo-record",
        engine="none",
        model_id="none",
        vector=pack((1.0,) + (0.0,) * 127),
        quality=drawn_quality(),
    )
    with services.open_work() as work:
        work.records.add_many([record])
        work.photos.put("photo-record", portrait(hair=(40, 36, 34)))
        work.faces.add_many([face])
        work.commit()
    return record.record_id


def _add_case(services: Services, actor: Actor) -> tuple[str, str]:
    """Open a case through the use case, then give it a photo without a face process."""
    form = IntakeForm(sex=Sex.MALE, apparent_age=60, height_cm=168, brought_by="清城派出所民警")
    command = IntakeCommand(form=form, transcript=TRANSCRIPT)
    case = open_case(services.context(actor), command, services.face_reader).case
    entry = Entry(
        entry_id=services.new_id(),
        case_id=case.case_id,
        happened_at=services.clock(),
        recorded_at=services.clock(),
        recorded_by=actor.user_id,
        details=PhotoTaken(photo_id="photo-case", face_id="face-case"),
    )
    face = StoredFace(
        face_id="face-case",
        owner_kind=OwnerKind.CASE,
        owner_id=case.case_id,
        photo_id="photo-case",
        engine="none",
        model_id="none",
        vector=pack((1.0,) + (0.0,) * 127),
        quality=drawn_quality(),
    )
    with services.open_work() as work:
        stored = work.cases.get(case.case_id)
        work.cases.append(entry)
        work.cases.save(replace(stored, version=stored.version + 1), read_version=stored.version)
        work.photos.put("photo-case", portrait(hair=(150, 150, 152)))
        work.faces.add_many([face])
        work.commit()
    return case.case_id, case.number


def _lead(services: Services, case_id: str, record_id: str) -> Lead:
    return Lead(
        lead_id=services.new_id(),
        case_id=case_id,
        record_id=record_id,
        station=STATION,
        rank=1,
        probability=0.83,
        bits=PRIOR_BITS + sum(each.bits for each in EVIDENCE),
        prior_bits=PRIOR_BITS,
        band=Band.STRONG,
        evidence=EVIDENCE,
        versions={"policy": "e2e"},
        found_at=services.clock(),
    )


def portrait(hair: tuple[int, int, int]) -> bytes:
    """A drawn face: nobody's likeness."""
    image = Image.new("RGB", (240, 300), (203, 213, 221))
    draw = ImageDraw.Draw(image)
    draw.ellipse((20, 225, 220, 420), fill=(92, 106, 122))
    draw.ellipse((62, 40, 178, 210), fill=hair)
    draw.ellipse((70, 70, 170, 215), fill=(226, 190, 160))
    for x in (98, 142):
        draw.ellipse((x - 6, 132, x + 6, 142), fill=(50, 42, 38))
    draw.line((120, 140, 116, 168, 124, 168), fill=(190, 150, 122), width=3)
    draw.arc((98, 160, 142, 192), 20, 160, fill=(150, 84, 76), width=4)
    data = io.BytesIO()
    image.save(data, "JPEG", quality=88)
    return data.getvalue()
