"""The case list, one case, and its photos."""

import json
from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import quote, unquote

from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from api.auth import AppServices, PageVisitor, SignedForm, Visitor, form_text
from api.pages.audio_pages import keep_uploaded, uploaded_audio
from api.pages.countdown import countdown
from api.pages.rendering import render
from api.pages.sight_pages import closed_file
from api.pages.talk_marks import marked_talks
from api.pages.time_line import time_line
from api.photo_response import photo_response
from api.problems import Problem, casework_problem
from api.taking_in import TakenIn
from casework.alike.view import alike_residents
from casework.cases.assigning import colleagues
from casework.cases.happenings.knowledge import InterviewHeld, SpecialistAssigned
from casework.cases.intake import PhotoCommand, add_photo
from casework.cases.manner_of_speech import speech_of
from casework.cases.merged_clues import merged_clues
from casework.cases.recording import RecordCommand, record
from casework.cases.repeat_help import repeat_to_review
from casework.cases.view import CaseFile, list_cases, view_case
from casework.errors import (
    BadInputError,
    MinorProtectedError,
    NotPermittedError,
    TransitionRefusedError,
)
from casework.jobs.job import AT_THE_DESK
from casework.search.nobody_found import nobody_notes
from casework.search.photos import view_case_photo
from casework.windows.window import Window, WindowState
from matching.dialect.inference import guess_groups
from runtime.container import Services

router = APIRouter()

ROWS_PER_PAGE: Final = 50
#: Cookie with what the desk should know right after intake: fixed sentences, no facts.
NOTES: Final = "guitu_notes"
#: What is wrong with what was handed in is shown on the page itself.
REFUSED: Final = (BadInputError, NotPermittedError, TransitionRefusedError)
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
    """One case: facts, photos, talks, windows, leads, and everything that happened."""
    try:
        response = _page(request, services, visitor, case_id, notes=_notes(request))
    except MinorProtectedError as error:
        return closed_file(request, visitor, error)
    response.delete_cookie(NOTES, path=_path(case_id), httponly=True, samesite="strict")
    return response


@router.get("/cases/{case_id}/photos/{photo_id}")
def case_photo(visitor: PageVisitor, case_id: str, photo_id: str) -> Response:
    """A resident's photo; the look leaves a trace."""
    return photo_response(view_case_photo(visitor.context, case_id, photo_id))


@router.post("/cases/{case_id}/talks")
def post_talk(
    request: Request, services: AppServices, visitor: PageVisitor, case_id: str, form: SignedForm
) -> Response:
    """Write down one more talk; the case is searched again."""
    details = InterviewHeld(transcript=form_text(form, "transcript") or "")
    try:
        if not details.transcript:
            raise BadInputError("访谈记录是空的，没有登记。")
        audio = uploaded_audio(form)
        talk = record(visitor.context, RecordCommand(case_id=case_id, details=details)).entry
        keep_uploaded(visitor.context, talk, audio)
    except REFUSED as error:
        return _page(request, services, visitor, case_id, problem=casework_problem(error))
    services.runner.run_pending(AT_THE_DESK)
    return RedirectResponse(_path(case_id), status_code=HTTPStatus.SEE_OTHER)


@router.post("/cases/{case_id}/photos")
def post_photo(
    request: Request, services: AppServices, visitor: PageVisitor, case_id: str, form: SignedForm
) -> Response:
    """Keep one more photo beside the earlier ones; the case is searched again."""
    uploads = [part for part in form.getlist("photos") if isinstance(part, UploadFile)]
    photo = next((data for part in uploads if (data := part.file.read())), b"")
    face = form_text(form, "face") or ""
    command = PhotoCommand(
        case_id=case_id, photo=photo, face_choice=int(face) if face.isdecimal() else None
    )
    try:
        if not photo:
            raise BadInputError("没有选照片，请先选一张。")
        added = add_photo(visitor.context, command, services.face_reader)
    except REFUSED as error:
        return _page(request, services, visitor, case_id, problem=casework_problem(error))
    services.runner.run_pending(AT_THE_DESK)
    return _see(services, case_id, added.notes)


@router.post("/cases/{case_id}/specialist")
def post_specialist(visitor: PageVisitor, case_id: str, form: SignedForm) -> Response:
    """Name the specialist whose case it is."""
    details = SpecialistAssigned(user_id=form_text(form, "user_id") or "")
    record(visitor.context, RecordCommand(case_id=case_id, details=details))
    return RedirectResponse(_path(case_id), status_code=HTTPStatus.SEE_OTHER)


def see_case(services: Services, taken: TakenIn) -> Response:
    """Go to a new case; its notes travel in a cookie of that page, so that a reload is harmless."""
    return _see(services, taken.file.case.case_id, taken.notes)


def _see(services: Services, case_id: str, notes: tuple[str, ...]) -> Response:
    response = RedirectResponse(_path(case_id), status_code=HTTPStatus.SEE_OTHER)
    if notes:
        response.set_cookie(
            NOTES,
            quote(json.dumps(notes)),
            max_age=60,
            path=_path(case_id),
            httponly=True,
            samesite="strict",
            secure=services.settings.secure_cookies,
        )
    return response


def speech_groups(file: CaseFile) -> dict[str, float]:
    """Dialect group -> probability, by what was said of the resident's speech."""
    speech = speech_of(file.entries, file.statements)
    return {each.group: each.probability for each in guess_groups(speech)} if speech else {}


def _path(case_id: str) -> str:
    return f"/cases/{case_id}"


def _notes(request: Request) -> tuple[str, ...]:
    try:
        notes = json.loads(unquote(request.cookies.get(NOTES, "[]")))
    except json.JSONDecodeError:
        return ()
    return tuple(str(note) for note in notes) if isinstance(notes, list) else ()


def _page(
    request: Request,
    services: Services,
    visitor: Visitor,
    case_id: str,
    *,
    notes: tuple[str, ...] = (),
    problem: Problem | None = None,
) -> Response:
    file = view_case(visitor.context, case_id)
    context = _context(services, file) | {
        "visitor": visitor,
        "alike": alike_residents(visitor.context, case_id),
        "repeats": repeat_to_review(file.entries),
        "nobody": nobody_notes(visitor.context, file, services.matcher.policy),
        "notes": notes,
        "problem": problem,
        "colleagues": colleagues(visitor.context, speech_groups(file)),
        "time_line": time_line(file.entries, file.writers),
    }
    return render(request, "case.html", context, status=problem.status if problem else 200)


def _context(services: Services, file: CaseFile) -> dict[str, object]:
    """What the case templates need."""
    now = services.clock()
    return {
        "file": file,
        "marked_talks": marked_talks(file),
        "merged": merged_clues(file.statements),
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
