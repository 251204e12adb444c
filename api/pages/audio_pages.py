"""Recordings of talks: handed in with a form, played with jumps."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from api.auth import PageVisitor, SignedForm
from api.ranged_response import ranged_response
from casework.cases.case import Entry
from casework.cases.talk_audio import AudioCommand, check_audio, keep_audio, play_audio
from casework.context import Context

router = APIRouter()


@router.get("/cases/{case_id}/audio/{audio_id}")
def case_audio(
    visitor: PageVisitor,
    case_id: str,
    audio_id: str,
    range_: Annotated[str | None, Header(alias="range", max_length=100)] = None,
) -> Response:
    """A recording, or the part of it that the player asks for; each request leaves a trace."""
    audio = play_audio(visitor.context, case_id, audio_id)
    return ranged_response(audio.data, audio.media_type, range_)


@router.post("/cases/{case_id}/talks/{talk_id}/audio")
def post_audio(visitor: PageVisitor, case_id: str, talk_id: str, form: SignedForm) -> Response:
    """Keep the recording of a talk that is written down already."""
    data = uploaded_audio(form) or b""
    keep_audio(visitor.context, AudioCommand(case_id=case_id, talk_id=talk_id, data=data))
    return RedirectResponse(f"/cases/{case_id}#talks", status_code=HTTPStatus.SEE_OTHER)


def uploaded_audio(form: FormData) -> bytes | None:
    """The recording of a form; None without one.

    Raises:
        BadInputError: it cannot be kept, so that nothing of the form is.
    """
    part = form.get("audio")
    data = part.file.read() if isinstance(part, UploadFile) else b""
    if data:
        check_audio(data)
    return data or None


def keep_uploaded(context: Context, talk: Entry, data: bytes | None) -> None:
    """Keep the recording beside the talk that came with it, if there is one."""
    if data is not None:
        command = AudioCommand(case_id=talk.case_id, talk_id=talk.entry_id, data=data)
        keep_audio(context, command)
