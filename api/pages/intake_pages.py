"""The intake form: in the order of the paper form, with the choice of a face where needed."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from api.auth import AppServices, PageVisitor, SignedForm, Visitor, form_text
from api.intake_form import IntakeFields
from api.pages.audio_pages import keep_uploaded, uploaded_audio
from api.pages.case_pages import see_case
from api.pages.rendering import render
from api.photo_response import photo_media_type
from api.problems import Problem, casework_problem
from api.taking_in import take_in
from api.validation import validation_problem
from casework.accounts.access import Permission, require
from casework.cases.happenings.knowledge import InterviewHeld
from casework.cases.intake import IntakeCommand
from casework.clock.station_time import from_wall_clock
from casework.errors import BadInputError, ChooseFaceError

router = APIRouter()

#: The photo of a form that comes back for the choice of a face, in base64.
PHOTO_AGAIN = "photo_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceChoice:
    """A photo with several faces, to be shown with a number on each."""

    #: The photo as base64 and its media type.
    data: str
    media_type: str
    boxes: tuple[tuple[int, int, int, int], ...]

    @property
    def view_box(self) -> str:
        """The part of the photo that holds every face, with room around: SVG `viewBox`."""
        left = min(x for x, _, _, _ in self.boxes)
        top = min(y for _, y, _, _ in self.boxes)
        right = max(x + width for x, _, width, _ in self.boxes)
        bottom = max(y + height for _, y, _, height in self.boxes)
        room = max(height for _, _, _, height in self.boxes) // 2
        x, y = max(left - room, 0), max(top - room, 0)
        return f"{x} {y} {right + room - x} {bottom + room - y}"


@router.get("/intake")
def intake_page(request: Request, visitor: PageVisitor) -> Response:
    """The empty form."""
    require(visitor.context.actor, Permission.OPEN_CASE)
    return _form_page(request, visitor, values={}, problem=None, choice=None)


@router.post("/intake")
def post_intake(
    request: Request, services: AppServices, visitor: PageVisitor, form: SignedForm
) -> Response:
    """Open the case, or show the form again with what is wrong."""
    values = _values(form)
    photos: tuple[bytes, ...] = ()
    try:
        fields = IntakeFields.model_validate(values)
        photos = _photos(form)
        audio = _audio(form, fields)
        taken = take_in(services, visitor.context, _command(fields, photos))
    except ValidationError as error:
        problem = validation_problem(error.errors(include_input=False, include_context=False))
        return _form_page(request, visitor, values=values, problem=problem, choice=None)
    except BadInputError as error:
        choice = _choice(error, photos)
        problem = casework_problem(error)
        return _form_page(request, visitor, values=values, problem=problem, choice=choice)
    if audio is not None:
        talks = [x for x in taken.file.entries if isinstance(x.details, InterviewHeld)]
        keep_uploaded(visitor.context, talks[-1], audio)
    return see_case(services, taken)


def _form_page(
    request: Request,
    visitor: Visitor,
    *,
    values: Mapping[str, str],
    problem: Problem | None,
    choice: FaceChoice | None,
) -> Response:
    context = {"visitor": visitor, "values": values, "problem": problem, "choice": choice}
    status = problem.status if problem else 200
    return render(request, "intake.html", context, status=status)


def _values(form: FormData) -> dict[str, str]:
    """The filled text fields. A time typed on the page is station time."""
    values = {name: form_text(form, name) for name in IntakeFields.model_fields}
    return {name: value for name, value in values.items() if value is not None}


def _command(fields: IntakeFields, photos: tuple[bytes, ...]) -> IntakeCommand:
    admitted_at = fields.admitted_at
    if admitted_at is not None:
        fields = fields.model_copy(update={"admitted_at": from_wall_clock(admitted_at)})
    return IntakeCommand(
        form=fields.form(),
        photos=photos,
        transcript=fields.transcript,
        face_choice=fields.face,
    )


def _audio(form: FormData, fields: IntakeFields) -> bytes | None:
    """The recording of the first talk, which has to be written down too."""
    audio = uploaded_audio(form)
    if audio is not None and not fields.transcript:
        raise BadInputError("有录音也要写访谈记录，检索靠的是文字；请把听到的要点写下来。")
    return audio


def _photos(form: FormData) -> tuple[bytes, ...]:
    uploads = [part for part in form.getlist("photos") if isinstance(part, UploadFile)]
    fresh = tuple(data for part in uploads if (data := part.file.read()))
    if fresh:
        return fresh
    again = form_text(form, PHOTO_AGAIN)
    return (_decoded(again),) if again else ()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        sentence = "照片没有完整传回，请重新选择照片。"
        raise BadInputError(sentence) from error


def _choice(error: BadInputError, photos: tuple[bytes, ...]) -> FaceChoice | None:
    """With one photo the faces can be shown; of several we do not know which one is meant."""
    if not isinstance(error, ChooseFaceError) or len(photos) != 1:
        return None
    return FaceChoice(
        data=base64.b64encode(photos[0]).decode("ascii"),
        media_type=photo_media_type(photos[0]),
        boxes=error.boxes,
    )
