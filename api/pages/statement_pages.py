"""Judging on the case page what a talk says: right, wrong, meant otherwise, or missed by the reader."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.auth import AppServices, PageVisitor, SignedForm, form_text
from api.pages.hearing import heard_in
from api.pages.rendering import render
from casework.cases.happenings.knowledge import ClueState, InterviewHeld, StatementJudged
from casework.cases.manner_of_speech import speech_of
from casework.cases.recording import RecordCommand, record
from casework.cases.view import CaseFile, view_case
from casework.errors import BadInputError
from casework.jobs.job import AT_THE_DESK
from matching.model import Relation
from matching.text.testimony.clues import ClueKind

router = APIRouter()

_INCOMPLETE: Final = "表单不完整，请刷新页面后重新提交。"


@router.post("/cases/{case_id}/statements")
def post_judgement(
    services: AppServices, visitor: PageVisitor, case_id: str, form: SignedForm
) -> Response:
    """Write one judgement into the file and search again."""
    file = view_case(visitor.context, case_id)
    record(visitor.context, RecordCommand(case_id=case_id, details=_judged(file, form)))
    services.runner.run_pending(AT_THE_DESK)
    return RedirectResponse(f"/cases/{case_id}#talks", status_code=HTTPStatus.SEE_OTHER)


@router.get("/cases/{case_id}/heard")
def heard_page(request: Request, visitor: PageVisitor, case_id: str) -> Response:
    """Where home may be by every talk together, and what to ask next; refuted words left out."""
    file = view_case(visitor.context, case_id)
    standing = [each.counted for each in file.statements if each.state is not ClueState.REFUTED]
    heard = heard_in(standing, speech_of(file.entries, file.statements))
    return render(request, "_heard_home.html", {"heard": heard})


def _judged(file: CaseFile, form: FormData) -> StatementJudged:
    talk_id = form_text(form, "talk") or ""
    start, end = _span(file, talk_id, form)
    relation = form_text(form, "relation")
    try:
        return StatementJudged(
            source_entry_id=talk_id,
            start=start,
            end=end,
            clue=ClueKind(form_text(form, "clue") or ""),
            state=ClueState(form_text(form, "state") or ""),
            value=_new_value(form),
            relation=Relation(relation) if relation else None,
            note=form_text(form, "note"),
        )
    except ValueError as error:
        raise BadInputError(_INCOMPLETE) from error


def _new_value(form: FormData) -> str | None:
    """What the stretch means, when that is not what stood there before."""
    value = form_text(form, "value")
    return None if value == form_text(form, "shown") else value


def _span(file: CaseFile, talk_id: str, form: FormData) -> tuple[int, int]:
    """Where the chip stands; or where the words stand that somebody found by hand."""
    words = form_text(form, "words")
    if words is None:
        return _number(form, "start"), _number(form, "end")
    talks = {entry.entry_id: entry.details for entry in file.entries}
    talk = talks.get(talk_id)
    at = talk.transcript.find(words) if isinstance(talk, InterviewHeld) else -1
    if at < 0:
        raise BadInputError("这次访谈里没有这几个字，请照原文一字不差地填写。")
    return at, at + len(words)


def _number(form: FormData, field: str) -> int:
    try:
        return int(form_text(form, field) or "")
    except ValueError as error:
        raise BadInputError(_INCOMPLETE) from error
