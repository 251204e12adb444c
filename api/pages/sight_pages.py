"""A child's file that is closed to somebody: why, asking for a look, and the supervisor's answers."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.auth import PageVisitor, SignedForm, Visitor, form_text
from api.pages.rendering import render
from casework.cases.sight_grants import ask_sight, end_sight, grant_sight, refuse_sight
from casework.errors import BadInputError, MinorProtectedError

router = APIRouter()

#: Hours that a supervisor chooses from: a shift, a day, three, a week.
HOURS: Final = (8, 24, 72, 168)


def closed_file(request: Request, visitor: Visitor, error: MinorProtectedError) -> Response:
    """Why the file is not shown, in one sentence, and the form to ask for it."""
    context = {"visitor": visitor, "closed": error}
    return render(request, "closed_file.html", context, status=HTTPStatus.FORBIDDEN)


@router.post("/cases/{case_id}/sight")
def post_ask(visitor: PageVisitor, case_id: str, form: SignedForm) -> Response:
    """Ask the supervisor; the file says what became of it."""
    ask_sight(visitor.context, case_id, form_text(form, "why") or "")
    return RedirectResponse(f"/cases/{case_id}", status_code=HTTPStatus.SEE_OTHER)


@router.post("/station/sight/{request_id}")
def post_answer(visitor: PageVisitor, request_id: str, form: SignedForm) -> Response:
    """Grant for the chosen hours, refuse, or end a grant."""
    answer = form_text(form, "answer")
    if answer == "grant":
        grant_sight(visitor.context, request_id, _hours(form_text(form, "hours")))
    elif answer == "refuse":
        refuse_sight(visitor.context, request_id)
    elif answer == "end":
        end_sight(visitor.context, request_id)
    else:
        raise BadInputError("表单不完整，请刷新页面后重新提交。")
    return RedirectResponse("/station#sight", status_code=HTTPStatus.SEE_OTHER)


def _hours(text: str | None) -> int:
    if text is None or not text.isdecimal():
        raise BadInputError("请选批准多长时间。")
    return int(text)
