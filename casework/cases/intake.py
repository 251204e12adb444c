"""Intake: a form, photos and a first talk become a case with its windows and a search job.

Photos are read by the face process before the transaction begins; everything is then written at
once, so that a refused photo or a failing store leaves nothing half-written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from casework.accounts.access import Permission, require_station
from casework.cases.case import Case, Details, IntakeForm
from casework.cases.happenings.care import Admitted, StreetHelped
from casework.cases.happenings.knowledge import IntakeCaptured, InterviewHeld, PhotoTaken
from casework.cases.history import add_entry, search_again
from casework.cases.order_rules import check_order
from casework.cases.protecting import ABDUCTION_NOTE, protect, suspect_abduction
from casework.cases.repeat_help import welcome_back
from casework.clock.station_time import in_station_time
from casework.context import Context
from casework.errors import BadInputError, ChooseFaceError
from casework.ports import FaceReader, UnitOfWork
from casework.search.copied_photos import copy_notes
from casework.search.gallery import OwnerKind, stored_face
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
    #: Helped in the street and not admitted.
    in_street: bool = False
    #: The case of an earlier stay, when the desk knows the person: one person, one file.
    same_person_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """The new case, and what the desk should know about what was handed in."""

    case: Case
    notes: tuple[str, ...]


def open_case(context: Context, command: IntakeCommand, face_reader: FaceReader) -> OpenedCase:
    """Open a case (or the earlier one again), start its windows and put a search into the outbox.

    Raises:
        NotPermittedError: the actor may not open cases.
        BadInputError: a field or photo cannot be used; nothing was written.
        ChooseFaceError: a photo shows several faces and none was chosen.
        NotFoundError: there is no such earlier case.
        TransitionRefusedError: the person of the earlier case is in care, or has died.
    """
    context.require(Permission.OPEN_CASE)
    now = context.clock()
    check_form(command.form, now)
    _check_transcript(command.transcript)
    chosen = [choose_face(face_reader.read(photo), command.face_choice) for photo in command.photos]
    with context.open_work() as work:
        case = _case_for(context, work, command, now)
        # A desk clock that runs ahead must not hide the admission from the windows.
        admitted_at = min(command.form.admitted_at or now, now)
        first, *further = _details(context, work, case, command, chosen)
        check_order(work.cases.entries(case.case_id), first, admitted_at, now)
        notes = copy_notes(context, work, case, _photo_ids(further))
        written = [
            add_entry(context, work, case.case_id, details, happened_at=admitted_at)
            for details in (first, *further)
        ]
        if first.kind == "admitted":
            welcome_back(context, work, case.case_id)
        warned = any(suspect_abduction(context, work, entry) for entry in written)
        protect(context, work, case.case_id)
        # Name, place and portrait are taken, and the search that follows is the first query.
        add_entry(context, work, case.case_id, IntakeCaptured())
        search_again(context, work, case.case_id)
        context.trace(work, "case.open", f"case:{case.case_id}", photos=str(len(chosen)))
        work.commit()
    said = (ABDUCTION_NOTE,) if warned else ()
    return OpenedCase(case=case, notes=(*said, *_notes(command, chosen), *notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoCommand:
    """One more photo of somebody whose file is open."""

    case_id: str
    photo: bytes
    face_choice: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPhoto:
    """The new photo, and what the desk should know about it."""

    photo_id: str
    notes: tuple[str, ...]


def add_photo(context: Context, command: PhotoCommand, face_reader: FaceReader) -> AddedPhoto:
    """Keep a new photo beside the earlier ones and search again.

    Raises:
        NotPermittedError: the actor may not write into the case, or it is another station's.
        NotFoundError: no such case.
        TransitionRefusedError: the person has left.
        BadInputError: the photo cannot be used; nothing was written.
        ChooseFaceError: several faces and none was chosen.
    """
    context.require(Permission.AMEND_CASE)
    face = choose_face(face_reader.read(command.photo), command.face_choice)
    with context.open_work() as work:
        case = work.cases.get(command.case_id)
        require_station(context.actor, case.station)
        taken = _keep_photo(context, work, case, command.photo, face)
        now = context.clock()
        check_order(work.cases.entries(case.case_id), taken, now, now)
        notes = copy_notes(context, work, case, [taken.photo_id])
        add_entry(context, work, case.case_id, taken)
        search_again(context, work, case.case_id)
        context.trace(work, "photo.add", f"case:{case.case_id}", photo=taken.photo_id)
        work.commit()
    return AddedPhoto(photo_id=taken.photo_id, notes=(*_face_notes([face]), *notes))


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
    words = (form.name, form.household_place, form.brought_by, form.marks, form.note, form.work)
    digits = (form.id_digits, form.phone_digits)
    if any(each is not None and not re.fullmatch(r"[0-9]{1,17}[0-9Xx]?", each) for each in digits):
        _refuse("身份证号片段和电话片段请只填数字（身份证号末位可以是 X）。")
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
    return replace(faces[index - 1], picture_hash=reading.picture_hash)


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


def _case_for(context: Context, work: UnitOfWork, command: IntakeCommand, now: datetime) -> Case:
    """The case of an earlier stay at this station, or a new one."""
    if command.same_person_as is not None:
        earlier = work.cases.get(command.same_person_as)
        require_station(context.actor, earlier.station)
        return earlier
    case = _new_case(context, work, now)
    work.cases.add(case)
    return case


def _details(
    context: Context,
    work: UnitOfWork,
    case: Case,
    command: IntakeCommand,
    chosen: Sequence[DetectedFace],
) -> list[Details]:
    details: list[Details] = [_first_line(command)]
    for photo, face in zip(command.photos, chosen, strict=True):
        details.append(_keep_photo(context, work, case, photo, face))
    if command.transcript and command.transcript.strip():
        details.append(InterviewHeld(transcript=command.transcript))
    return details


def _keep_photo(
    context: Context, work: UnitOfWork, case: Case, photo: bytes, face: DetectedFace
) -> PhotoTaken:
    photo_id = context.new_id()
    work.photos.put(photo_id, photo)
    stored = stored_face(
        face,
        face_id=context.new_id(),
        owner_kind=OwnerKind.CASE,
        owner_id=case.case_id,
        photo_id=photo_id,
    )
    work.faces.add_many([stored])
    return PhotoTaken(photo_id=photo_id, face_id=stored.face_id)


def _first_line(command: IntakeCommand) -> Details:
    """How the file begins: an admission, or help in the street."""
    form = command.form
    if command.in_street:
        return StreetHelped(facts=facts_of(form), note=form.note)
    return Admitted(
        brought_by=form.brought_by,
        apparent_age=form.apparent_age,
        note=form.note,
        facts=facts_of(form),
    )


def facts_of(form: IntakeForm) -> PersonFacts:
    """What the fields of the form say about the person."""
    return PersonFacts(
        names=(form.name,) if form.name else (),
        sex=form.sex,
        birth=_year(form.birth_year),
        height_cm=form.height_cm,
        homes=(Home(text=form.household_place),) if form.household_place else (),
        marks=(form.marks,) if form.marks else (),
        blood_type=form.blood_type,
        work=(form.work,) if form.work else (),
        id_digits=(form.id_digits,) if form.id_digits else (),
        phone_digits=(form.phone_digits,) if form.phone_digits else (),
    )


def _year(year: int | None) -> YearRange | None:
    return None if year is None else YearRange(earliest=year, latest=year)


def _notes(command: IntakeCommand, chosen: Sequence[DetectedFace]) -> tuple[str, ...]:
    notes = _face_notes(chosen)
    if not command.photos:
        notes.append("没有照片：本次只按姓名、地名、亲属等线索检索，请尽快补拍正面照片。")
    if not _has_chinese(command.transcript):
        notes.append("访谈记录是空的或没有中文内容：没有可用的口述线索，请在访谈后补录。")
    return tuple(notes)


def _face_notes(chosen: Sequence[DetectedFace]) -> list[str]:
    return [face.unusable.message + face.unusable.remedy for face in chosen if face.unusable]


def _photo_ids(details: Sequence[Details]) -> list[str]:
    return [each.photo_id for each in details if isinstance(each, PhotoTaken)]


def _has_chinese(text: str | None) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text or "")
