"""Cases: take in, list, read."""

from typing import Annotated

from fastapi import APIRouter, Form, Header, Response, UploadFile
from pydantic import Field

from api.auth import ApiContext, AppServices
from api.intake_form import IntakeFields
from api.lead_schemas import LeadOut
from api.photo_response import PHOTO_ANSWER, photo_response
from api.ranged_response import ranged_response
from api.routes.etags import version_of
from api.routes.paging import Cursor, Limit
from api.schemas import (
    CaseFileOut,
    CaseOut,
    EntryOut,
    LineIn,
    OpenedCaseOut,
    PageOut,
    PhotoOut,
    WindowOut,
)
from api.taking_in import take_in
from casework.cases.intake import IntakeCommand, PhotoCommand, add_photo
from casework.cases.recording import RecordCommand, record
from casework.cases.talk_audio import AudioCommand, keep_audio, play_audio
from casework.cases.view import list_cases, view_case
from casework.jobs.job import AT_THE_DESK
from casework.search.photos import view_case_photo
from runtime.line_input import details_from

router = APIRouter(prefix="/cases", tags=["cases"])


class IntakeUpload(IntakeFields):
    """The intake form together with its photos."""

    photos: Annotated[list[UploadFile], Field(max_length=10)] = Field(default_factory=list)


@router.post("", status_code=201, operation_id="open_case", summary="登记入站并检索")
def open_case(
    services: AppServices, context: ApiContext, upload: Annotated[IntakeUpload, Form()]
) -> OpenedCaseOut:
    """Take in a resident: photos and a talk in, explained leads out."""
    command = IntakeCommand(
        form=upload.form(),
        photos=tuple(photo.file.read() for photo in upload.photos),
        transcript=upload.transcript,
        face_choice=upload.face,
        in_street=upload.in_street,
        same_person_as=upload.same_person_as,
    )
    taken = take_in(services, context, command)
    return OpenedCaseOut(
        case_id=taken.file.case.case_id,
        number=taken.file.case.number,
        leads=[LeadOut.of(lead) for lead in taken.file.leads],
        windows=[WindowOut.of(window) for window in taken.file.windows],
        notes=list(taken.notes),
    )


@router.get("", operation_id="list_cases", summary="本站个案")
def read_cases(context: ApiContext, cursor: Cursor = None, limit: Limit = 50) -> PageOut[CaseOut]:
    """The cases of the token holder's station, newest first."""
    page = list_cases(context, cursor=cursor, limit=limit)
    return PageOut(items=[CaseOut.of(c) for c in page.items], next_cursor=page.next_cursor)


@router.get("/{case_id}", operation_id="read_case", summary="一个个案")
def read_case(context: ApiContext, case_id: str) -> CaseFileOut:
    """One whole case; the look leaves a trace."""
    return CaseFileOut.of_file(view_case(context, case_id))


@router.get(
    "/{case_id}/photos/{photo_id}",
    operation_id="read_case_photo",
    summary="受助人员的照片",
    response_class=Response,
    responses=PHOTO_ANSWER,
)
def read_case_photo(context: ApiContext, case_id: str, photo_id: str) -> Response:
    """A resident's photo as uploaded; the look leaves a trace."""
    return photo_response(view_case_photo(context, case_id, photo_id))


@router.post(
    "/{case_id}/entries",
    status_code=201,
    operation_id="record_entry",
    summary="在个案里登记一项",
)
def record_entry(
    services: AppServices,
    context: ApiContext,
    case_id: str,
    line: LineIn,
    if_match: Annotated[str | None, Header(description="读到的 ETag")] = None,
) -> EntryOut:
    """One line of the file; what cannot have happened is refused with the rule."""
    command = RecordCommand(
        case_id=case_id,
        details=details_from(line.kind, line.fields),
        happened_at=line.happened_at,
        read_version=version_of(if_match) if if_match else None,
    )
    recorded = record(context, command)
    services.runner.run_pending(AT_THE_DESK)
    return EntryOut.of(recorded.entry, recorded.flags)


@router.post(
    "/{case_id}/photos", status_code=201, operation_id="add_case_photo", summary="补一张照片"
)
def add_case_photo(
    services: AppServices,
    context: ApiContext,
    case_id: str,
    photo: UploadFile,
    face: Annotated[int | None, Form(ge=1)] = None,
) -> PhotoOut:
    """One more photo beside the earlier ones; the case is searched again."""
    command = PhotoCommand(case_id=case_id, photo=photo.file.read(), face_choice=face)
    added = add_photo(context, command, services.face_reader)
    services.runner.run_pending(AT_THE_DESK)
    return PhotoOut(photo_id=added.photo_id, notes=list(added.notes))


@router.post(
    "/{case_id}/talks/{talk_id}/audio",
    status_code=201,
    operation_id="add_talk_audio",
    summary="保存访谈录音",
)
def add_talk_audio(
    context: ApiContext, case_id: str, talk_id: str, audio: UploadFile
) -> dict[str, str]:
    """Keep the recording of a talk; `talk_id` is the id of its line."""
    command = AudioCommand(case_id=case_id, talk_id=talk_id, data=audio.file.read())
    return {"audio_id": keep_audio(context, command)}


@router.get(
    "/{case_id}/audio/{audio_id}",
    operation_id="read_case_audio",
    summary="访谈录音",
    response_class=Response,
    responses={200: {"content": {"audio/*": {}}}, 206: {"content": {"audio/*": {}}}},
)
def read_case_audio(
    context: ApiContext,
    case_id: str,
    audio_id: str,
    range_: Annotated[str | None, Header(alias="range", max_length=100)] = None,
) -> Response:
    """A recording or a part of it; each request leaves a trace."""
    audio = play_audio(context, case_id, audio_id)
    return ranged_response(audio.data, audio.media_type, range_)
