"""The case list, one case, and its photos."""

import json
from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import quote, unquote

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.auth import AppServices, PageVisitor, SignedForm, form_text
from api.pages.countdown import countdown
from api.pages.rendering import render
from api.pages.talk_marks import marked_talks, meaning
from api.photo_response import photo_response
from api.taking_in import TakenIn
from casework.assigning import colleagues
from casework.case_view import CaseFile, list_cases, view_case
from casework.happenings.knowledge import ClueState, SpecialistAssigned
from casework.merged_clues import merged_clues
from casework.photos import view_case_photo
from casework.recording import RecordCommand, record
from casework.windows import Window, WindowState
from matching.text.testimony.clues import ClueKind
from matching.text.testimony.languages import dialect_groups
from runtime.container import Services

router = APIRouter()

ROWS_PER_PAGE: Final = 50
#: Cookie with what the desk should know right after intake: fixed sentences, no facts.
NOTES: Final = "guitu_notes"
#: Windows whose clock runs now stand before what is settled or has not begun.
RUNNING: Final = (WindowState.BREACHED, WindowState.DUE_SOON, WindowState.OPEN)


@router.get("/cases")
def case_list(
    request: Request,
    visitor: PageVisitor,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """The station's cases, newest first."""
    page = list_cases(visitor.context, cursor=cursor, limit=ROWS_PER_PAGE)
    context = {"visitor": visitor, "cases": page.items, "next_cursor": page.next_cursor}
    return render(request, "cases.html", context)


@router.get("/cases/{case_id}")
def case_page(
    request: Request, services: AppServices, visitor: PageVisitor, case_id: str
) -> Response:
    """One case: facts, photos, talks, windows, leads."""
    file = view_case(visitor.context, case_id)
    context = _context(services, file) | {"visitor": visitor, "notes": _notes(request)}
    context["colleagues"] = colleagues(visitor.context, speech_of(file))
    response = render(request, "case.html", context)
    response.delete_cookie(NOTES, path=_path(case_id), httponly=True, samesite="strict")
    return response


@router.get("/cases/{case_id}/photos/{photo_id}")
def case_photo(visitor: PageVisitor, case_id: str, photo_id: str) -> Response:
    """A resident's photo; the look leaves a trace."""
    return photo_response(view_case_photo(visitor.context, case_id, photo_id))


@router.post("/cases/{case_id}/specialist")
def post_specialist(visitor: PageVisitor, case_id: str, form: SignedForm) -> Response:
    """Name the specialist whose case it is."""
    details = SpecialistAssigned(user_id=form_text(form, "user_id") or "")
    record(visitor.context, RecordCommand(case_id=case_id, details=details))
    return RedirectResponse(_path(case_id), status_code=HTTPStatus.SEE_OTHER)


def see_case(services: Services, taken: TakenIn) -> Response:
    """Go to a new case; its notes travel in a cookie of that page, so that a reload is harmless."""
    case_id = taken.file.case.case_id
    response = RedirectResponse(_path(case_id), status_code=HTTPStatus.SEE_OTHER)
    if taken.notes:
        response.set_cookie(
            NOTES,
            quote(json.dumps(taken.notes)),
            max_age=60,
            path=_path(case_id),
            httponly=True,
            samesite="strict",
            secure=services.settings.secure_cookies,
        )
    return response


def speech_of(file: CaseFile) -> dict[str, float]:
    """Dialect group -> probability, by what was said of the resident's speech."""
    said = (each for each in file.statements if each.state is not ClueState.REFUTED)
    markers = [each.clue for each in said if each.clue.kind is ClueKind.DIALECT_MARKER]
    return {each.group: each.probability for each in dialect_groups(markers)}


def _path(case_id: str) -> str:
    return f"/cases/{case_id}"


def _notes(request: Request) -> tuple[str, ...]:
    try:
        notes = json.loads(unquote(request.cookies.get(NOTES, "[]")))
    except json.JSONDecodeError:
        return ()
    return tuple(str(note) for note in notes) if isinstance(notes, list) else ()


def _context(services: Services, file: CaseFile) -> dict[str, object]:
    """What the case templates need."""
    now = services.clock()
    return {
        "file": file,
        "marked_talks": marked_talks(file),
        "merged": merged_clues(file.statements),
        "meaning": meaning,
        "windows": [
            (window, countdown(window.due, now) if window.due and is_running(window) else None)
            for window in sorted(file.windows, key=_window_order)
        ],
    }


def is_running(window: Window) -> bool:
    """Whether somebody's clock runs on this window now."""
    return window.state in RUNNING


def _window_order(window: Window) -> tuple[bool, float]:
    due = window.due.timestamp() if window.due else float("inf")
    return (not is_running(window), due)
