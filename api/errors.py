"""Every error becomes a problem: JSON for programs, a Chinese page for people."""

from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Scope

from api.pages.rendering import render
from api.problems import INTERNAL, Problem, casework_problem, http_problem
from api.validation import validation_problem
from casework.errors import CaseworkError, NotSignedInError, TemporaryPasswordError

#: Paths of programs; everything else is a page.
PROGRAM_PATHS = ("/api/", "/livez", "/readyz")
#: What a browser has to do first, and where.
WAYS: Final[dict[type[CaseworkError], str]] = {
    NotSignedInError: "/sign-in",
    TemporaryPasswordError: "/account/password",
}
PROBLEM_TYPE = "application/problem+json"


def handle_errors(app: FastAPI) -> None:
    """Register one handler for each family of errors."""

    @app.exception_handler(CaseworkError)
    def refused(request: Request, error: CaseworkError) -> Response:
        if not is_program(request.scope):
            way = next((path for kind, path in WAYS.items() if isinstance(error, kind)), None)
            if way is not None:
                return RedirectResponse(way, status_code=HTTPStatus.SEE_OTHER)
        return problem_response(request.scope, casework_problem(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        return problem_response(request.scope, validation_problem(error.errors()))

    @app.exception_handler(HTTPException)
    def failed(request: Request, error: HTTPException) -> Response:
        response = problem_response(request.scope, http_problem(error.status_code))
        response.headers.update(error.headers or {})
        return response


def unforeseen(scope: Scope) -> Response:
    """The answer when something broke."""
    return problem_response(scope, INTERNAL)


def problem_response(scope: Scope, problem: Problem) -> Response:
    """The problem in the form that suits whoever asked."""
    if not is_program(scope):
        context = {"problem": problem}
        return render(HTTPConnection(scope), "error.html", context, status=problem.status)
    response = JSONResponse(problem.document(), status_code=problem.status, media_type=PROBLEM_TYPE)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def is_program(scope: Scope) -> bool:
    """Whether the path belongs to the JSON API or the health checks."""
    return str(scope["path"]).startswith(PROGRAM_PATHS)
