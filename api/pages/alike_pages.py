"""Two files that may be one person's, side by side, and the form that says whether they are."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.auth import AppServices, PageVisitor, SignedForm, Visitor, form_text
from api.pages.lead_pages import weigh
from api.pages.rendering import render
from api.pages.waterfall_drawing import draw
from api.problems import Problem, casework_problem
from casework.accounts.access import Permission
from casework.alike.judging import JudgeCommand, judge_alike, may_undo
from casework.alike.pairs import AlikeState, AlikeVerdict
from casework.alike.view import view_alike
from casework.cases.view import view_case
from casework.errors import (
    BadInputError,
    NotPermittedError,
    StaleVersionError,
    TransitionRefusedError,
)
from runtime.container import Services

router = APIRouter()

REFUSED: Final = (BadInputError, NotPermittedError, StaleVersionError, TransitionRefusedError)


@router.get("/alike/{pair_id}")
def alike_page(
    request: Request, services: AppServices, visitor: PageVisitor, pair_id: str
) -> Response:
    """One pair, ready to be judged."""
    return _page(request, services, visitor, pair_id)


@router.post("/alike/{pair_id}/judgements")
def post_judgement(
    request: Request, services: AppServices, visitor: PageVisitor, pair_id: str, form: SignedForm
) -> Response:
    """Judge, or show the pair again with what stands in the way."""
    try:
        judge_alike(visitor.context, _command(form, pair_id))
    except REFUSED as error:
        return _page(request, services, visitor, pair_id, problem=casework_problem(error))
    return RedirectResponse(f"/alike/{pair_id}", status_code=HTTPStatus.SEE_OTHER)


def _command(form: SignedForm, pair_id: str) -> JudgeCommand:
    try:
        return JudgeCommand(
            pair_id=pair_id,
            verdict=AlikeVerdict(form_text(form, "verdict") or ""),
            read_version=int(form_text(form, "version") or ""),
            reason=form_text(form, "reason"),
        )
    except ValueError as error:
        raise BadInputError("表单不完整，请刷新页面后重新提交。") from error


def _page(
    request: Request,
    services: Services,
    visitor: Visitor,
    pair_id: str,
    *,
    problem: Problem | None = None,
) -> Response:
    context = visitor.context
    finding = view_alike(context, pair_id)
    told = finding.explained(services.matcher.policy)
    page = {
        "visitor": visitor,
        "problem": problem,
        "finding": finding,
        "pair": finding.pair,
        "file": view_case(context, finding.case.case_id),
        "other": view_case(context, finding.other.case_id) if finding.is_open else None,
        "weighed": weigh(finding.evidence),
        "told": told,
        "drawing": draw(finding.score),
        "may_judge": context.actor.may(Permission.REVIEW_LEAD)
        and finding.pair.state is AlikeState.PROPOSED,
        "may_undo": may_undo(context, finding.pair),
    }
    return render(request, "alike.html", page, status=problem.status if problem else HTTPStatus.OK)
