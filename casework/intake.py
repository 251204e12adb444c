"""Intake: a form, photos and a first talk become a case with its windows and a search job.

Photos are read by the face process before the transaction begins; everything is then written at
once, so that a refused photo or a failing store leaves nothing half-written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from casework.access import Permission
from casework.case_windows import plan_case_windows
from casework.cases import Admitted, Case, Details, Entry, IntakeForm, InterviewHeld, PhotoTaken
from casework.context import Context
from casework.errors import BadInputError, ChooseFaceError
from casework.gallery import OwnerKind, StoredFace
from casework.jobs import Job, JobKind
from casework.ports import FaceReader, UnitOfWork
from casework.station_time import in_station_time
from matching.face.embedding import pack
from matching.face.reading import DetectedFace, PhotoReading
from matching.model import Home, PersonFacts, YearRange

#: The oldest person ever documented lived 122 years.
LONGEST_LIFE: Final = 125
TALLEST_CM: Final = 250
SHORTEST_CM: Final = 40
LONGEST_FIELD: Final = 200
LONGEST_TRANSCRIPT: Final = 200_000
#: A desk clock may run a little ahead of ours.
CLOCK_SLACK: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeCommand:
    """What the desk hands in."""

    form: IntakeForm = field(default_factory=IntakeForm)
    #: Photo files as uploaded.
    photos: tuple[bytes, ...] = ()
    transcript: str | None = None
    #: Which face of the photo is the resident, from 1, when there are several.
    face_choice: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """The new case, and what the desk should know about what was handed in."""

    case: Case
    notes: tuple[str, ...]


def open_case(context: Context, command: IntakeCommand, face_reader: FaceReader) -> OpenedCase:
    """Open a case, start its windows and put its first search into the outbox.

    Raises:
        NotPermittedError: the actor may not open cases.
        BadInputError: a field or photo cannot be used; nothing was written.
        ChooseFaceError: a photo shows several faces and none was chosen.
    """
    context.require(Permission.OPEN_CASE)
    now = context.clock()
    check_form(command.form, now)
    _check_transcript(command.transcript)
    chosen = [choose_face(face_reader.read(photo), command.face_choice) for photo in command.photos]
    with context.open_work() as work:
        case = _new_case(context, work, now)
        work.cases.add(case)
        details = _details(context, work, case, command, chosen)
        admitted_at = command.form.admitted_at or now
        entries = tuple(_entry(context, case, admitted_at, now, each) for each in details)
        for entry in entries:
            work.cases.append(entry)
        work.cases.save(replace(case, version=len(entries)), read_version=0)
        work.windows.replace(case.case_id, plan_case_windows(entries, now=now))
        work.outbox.put(_search_job(context, case, now))
        context.trace(work, "case.open", f"case:{case.case_id}", photos=str(len(chosen)))
        work.commit()
    return OpenedCase(case=case, notes=_notes(command, chosen))


def check_form(form: IntakeForm, now: datetime) -> None:
    """Refuse values that cannot be true.

    Raises:
        BadInputError: names the field and what to do.
    """
    year = in_station_time(now).year
    if form.birth_year is not None and not year - LONGEST_LIFE <= form.birth_year <= year:
        _refuse("出生年份不可能晚于今年，也不会早于 125 年前，请核对。")
    if form.apparent_age is not None and not 0 <= form.apparent_age <= LONGEST_LIFE:
        _refuse("目测年龄应在 0 到 125 之间，请核对。")
    if form.height_cm is not None and not SHORTEST_CM <= form.height_cm <= TALLEST_CM:
        _refuse("身高应在 40 到 250 厘米之间，请按厘米填写。")
    if form.admitted_at is not None and form.admitted_at.tzinfo is None:
        _refuse("入站时间要带时区，例如 2026-03-05T09:30+08:00。")
    if form.admitted_at is not None and form.admitted_at > now + CLOCK_SLACK:
        _refuse("入站时间在将来，请核对。")
    words = (form.name, form.household_place, form.brought_by, form.marks, form.note)
    if any(len(word) > LONGEST_FIELD for word in words if word):
        _refuse("有一栏超过 200 字，请把长的内容写进访谈记录。")


def choose_face(reading: PhotoReading, choice: int | None) -> DetectedFace:
    """The resident's face on a photo.

    Raises:
        BadInputError: the photo was rejected, or there is no such face.
        ChooseFaceError: several faces and no choice.
    """
    if reading.rejected is not None:
        raise BadInputError(reading.rejected.message + reading.rejected.remedy)
    faces = reading.faces
    if len(faces) > 1 and choice is None:
        sentence = (
            f"照片里有 {len(faces)} 张脸，请用序号（从 1 起，按大小排）指明哪一张是受助人员。"
        )
        boxes = tuple((f.box.x, f.box.y, f.box.width, f.box.height) for f in faces)
        raise ChooseFaceError(sentence, boxes)
    index = choice if len(faces) > 1 and choice is not None else 1
    if not 1 <= index <= len(faces):
        _refuse(f"照片里只有 {len(faces)} 张脸，没有第 {index} 张，请重新选择。")
    return faces[index - 1]


def _refuse(sentence: str) -> None:
    raise BadInputError(sentence)


def _check_transcript(transcript: str | None) -> None:
    if transcript is not None and len(transcript) > LONGEST_TRANSCRIPT:
        _refuse("访谈记录超过 20 万字，请分次录入。")


def _new_case(context: Context, work: UnitOfWork, now: datetime) -> Case:
    station = context.actor.station
    return Case(
        case_id=context.new_id(),
        number=work.cases.next_number(station, in_station_time(now).year),
        station=station,
        opened_at=now,
    )


def _details(
    context: Context,
    work: UnitOfWork,
    case: Case,
    command: IntakeCommand,
    chosen: Sequence[DetectedFace],
) -> list[Details]:
    details: list[Details] = [_admitted(command.form)]
    for photo, face in zip(command.photos, chosen, strict=True):
        photo_id = context.new_id()
        work.photos.put(photo_id, photo)
        stored = _stored_face(context.new_id(), case.case_id, photo_id, face)
        work.faces.add_many([stored])
        details.append(PhotoTaken(photo_id=photo_id, face_id=stored.face_id))
    if command.transcript and command.transcript.strip():
        details.append(InterviewHeld(transcript=command.transcript))
    return details


def _admitted(form: IntakeForm) -> Admitted:
    return Admitted(
        brought_by=form.brought_by,
        apparent_age=form.apparent_age,
        note=form.note,
        facts=PersonFacts(
            names=(form.name,) if form.name else (),
            sex=form.sex,
            birth=_year(form.birth_year),
            height_cm=form.height_cm,
            homes=(Home(text=form.household_place),) if form.household_place else (),
            marks=(form.marks,) if form.marks else (),
        ),
    )


def _year(year: int | None) -> YearRange | None:
    return None if year is None else YearRange(earliest=year, latest=year)


def _stored_face(face_id: str, case_id: str, photo_id: str, face: DetectedFace) -> StoredFace:
    return StoredFace(
        face_id=face_id,
        owner_kind=OwnerKind.CASE,
        owner_id=case_id,
        photo_id=photo_id,
        engine=face.engine,
        model_id=face.model_id,
        vector=pack(face.embedding),
        quality=face.quality,
    )


def _entry(
    context: Context, case: Case, happened_at: datetime, now: datetime, details: Details
) -> Entry:
    return Entry(
        entry_id=context.new_id(),
        case_id=case.case_id,
        happened_at=happened_at,
        recorded_at=now,
        recorded_by=context.actor.user_id,
        details=details,
    )


def _search_job(context: Context, case: Case, now: datetime) -> Job:
    return Job(
        job_id=context.new_id(),
        kind=JobKind.SEARCH_CASE,
        subject_id=case.case_id,
        created_at=now,
    )


def _notes(command: IntakeCommand, chosen: Sequence[DetectedFace]) -> tuple[str, ...]:
    notes = [face.unusable.message + face.unusable.remedy for face in chosen if face.unusable]
    if not command.photos:
        notes.append("没有照片：本次只按姓名、地名、亲属等线索检索，请尽快补拍正面照片。")
    if not _has_chinese(command.transcript):
        notes.append("访谈记录是空的或没有中文内容：没有可用的口述线索，请在访谈后补录。")
    return tuple(notes)


def _has_chinese(text: str | None) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text or "")
