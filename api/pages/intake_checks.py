"""Help while a form is being filled in: is the photo good enough, what does the talk say so far.

Nothing is kept: the photo and the words are looked at and forgotten.
"""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from api.auth import AppServices, PageVisitor, SignedForm, form_text
from api.pages.hearing import hear
from api.pages.rendering import render
from casework.accounts.access import Permission, require
from casework.cases.intake import LONGEST_TRANSCRIPT
from casework.clock.station_time import station_day
from matching.face.reading import PhotoReading
from runtime.container import Services

router = APIRouter()

#: Faces among which one is chosen; of more nobody could tell the numbers apart.
MOST_FACES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoVerdict:
    """One photo, and what is said about it."""

    name: str
    reading: PhotoReading

    @property
    def is_good(self) -> bool:
        """Whether it shows exactly one usable face."""
        faces = self.reading.faces
        return len(faces) == 1 and faces[0].unusable is None


@router.post("/intake/photo")
def check_photo(
    request: Request, services: AppServices, visitor: PageVisitor, form: SignedForm
) -> Response:
    """The verdict on each chosen photo, in words, with the remedy."""
    require(visitor.context.actor, Permission.OPEN_CASE)
    verdicts = _verdicts(services, form)
    choices = verdicts[0].reading.faces[:MOST_FACES] if len(verdicts) == 1 else ()
    context = {"verdicts": verdicts, "choices": choices if len(choices) > 1 else ()}
    return render(request, "_photo_verdict.html", context)


@router.post("/intake/heard")
def check_talk(
    request: Request, services: AppServices, visitor: PageVisitor, form: SignedForm
) -> Response:
    """The clues of a talk that is being written down."""
    require(visitor.context.actor, Permission.OPEN_CASE)
    text = (form_text(form, "transcript") or "")[:LONGEST_TRANSCRIPT]
    heard = hear(text, on=station_day(services.clock())) if text else None
    return render(request, "_heard.html", {"heard": heard})


def _verdicts(services: Services, form: FormData) -> list[PhotoVerdict]:
    uploads = [part for part in form.getlist("photos") if isinstance(part, UploadFile)]
    return [
        PhotoVerdict(name=f"第 {number} 张", reading=services.face_reader.read(data))
        for number, data in enumerate(filter(None, (part.file.read() for part in uploads)), start=1)
    ]
