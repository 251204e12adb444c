import pytest

from api.problems import (
    CASEWORK_KINDS,
    HTTP_KINDS,
    INTERNAL,
    PreconditionMissingError,
    casework_problem,
    http_problem,
)
from casework.errors import (
    BadInputError,
    CaseworkError,
    ChooseFaceError,
    NotFoundError,
    NotPermittedError,
    NotSignedInError,
    StaleVersionError,
    TransitionRefusedError,
    UnavailableError,
)


@pytest.mark.parametrize(
    ("error", "status", "slug"),
    [
        (BadInputError("甲"), 422, "bad-input"),
        (NotFoundError("甲"), 404, "not-found"),
        (NotPermittedError("甲"), 403, "not-permitted"),
        (NotSignedInError("甲"), 401, "not-signed-in"),
        (TransitionRefusedError("甲"), 409, "transition-refused"),
        (StaleVersionError("甲"), 412, "stale-version"),
        (PreconditionMissingError("甲"), 428, "precondition-missing"),
        (UnavailableError("甲"), 503, "unavailable"),
    ],
)
def test_each_refusal_has_one_status_and_slug(error: CaseworkError, status: int, slug: str) -> None:
    document = casework_problem(error).document()
    assert document["status"] == status
    assert document["type"] == f"urn:guitu:problem:{slug}"
    assert document["detail"] == "甲"


def test_every_refusal_of_casework_is_in_the_table() -> None:
    assert set(CaseworkError.__subclasses__()) <= set(CASEWORK_KINDS)


def test_several_faces_are_answered_with_their_boxes() -> None:
    problem = casework_problem(ChooseFaceError("请选择", boxes=((1, 2, 3, 4), (5, 6, 7, 8))))
    assert problem.status == 422
    assert problem.document()["type"] == "urn:guitu:problem:choose-face"
    assert problem.document()["boxes"] == [[1, 2, 3, 4], [5, 6, 7, 8]]


@pytest.mark.parametrize("status", sorted(HTTP_KINDS))
def test_errors_of_the_web_layer_keep_their_status(status: int) -> None:
    assert http_problem(status).status == status


def test_an_unknown_status_is_answered_by_its_family() -> None:
    assert (http_problem(418).slug, http_problem(418).status) == ("bad-request", 418)
    assert http_problem(502) == INTERNAL
