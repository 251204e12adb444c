"""Where home may be: counties by words and way of speaking together, why, and whom to ask there."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.auth import PageVisitor, SignedForm, Visitor, form_text
from api.pages.hearing import place_resolver
from api.pages.rendering import render
from api.pages.sight_pages import closed_file
from api.problems import Problem, casework_problem
from casework.cases.case import Details
from casework.cases.happenings.knowledge import ClueState, HomePlaceSuspected, HomeStationContacted
from casework.cases.manner_of_speech import speech_of
from casework.cases.recording import RecordCommand, record
from casework.cases.view import CaseFile, view_case
from casework.errors import BadInputError, MinorProtectedError, TransitionRefusedError
from matching.dialect.home_guess import household_bits, posterior_counties
from matching.dialect.inference import guess_groups, log_likelihood
from matching.text.gazetteer import gazetteer
from matching.text.testimony.home import HomeCandidate, rank_homes

router = APIRouter()

COUNTIES: Final = 15
#: Counties that are less likely are not worth a call, but a few stand for comparison.
LEAST_SHOWN: Final = 0.001
ALWAYS_SHOWN: Final = 5
GROUPS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeRow:
    """One county, and what speaks for it."""

    path: tuple[str, ...]
    probability: float
    #: The place that the words may mean, in the county or around it; None when they name none.
    said: HomeCandidate | None
    #: What the way of speaking says of the county, in bits; 0 when nothing is known of it.
    speech_bits: float


@router.get("/cases/{case_id}/home")
def home_page(request: Request, visitor: PageVisitor, case_id: str) -> Response:
    """The county table of one resident."""
    return _page(request, visitor, case_id)


@router.post("/cases/{case_id}/home")
def post_home(request: Request, visitor: PageVisitor, case_id: str, form: SignedForm) -> Response:
    """Note a suspected home place, or what its station answered."""
    try:
        record(visitor.context, RecordCommand(case_id=case_id, details=_line(form)))
    except (BadInputError, TransitionRefusedError) as error:
        return _page(request, visitor, case_id, casework_problem(error))
    return RedirectResponse(f"/cases/{case_id}/home", status_code=HTTPStatus.SEE_OTHER)


def home_rows(file: CaseFile) -> tuple[HomeRow, ...]:
    """The likeliest counties; empty when neither words nor speech say anything."""
    standing = [each.counted for each in file.statements if each.state is not ClueState.REFUTED]
    said = rank_homes(standing, place_resolver())
    speech = speech_of(file.entries, file.statements)
    if not said and not speech:
        return ()
    heard, places = log_likelihood(speech), gazetteer()
    return tuple(
        HomeRow(
            path=each.path,
            probability=each.probability,
            said=_said_of(each.path, said),
            speech_bits=household_bits(heard, each.path, places),
        )
        for number, each in enumerate(posterior_counties(said, heard, places, COUNTIES))
        if number < ALWAYS_SHOWN or each.probability >= LEAST_SHOWN
    )


def _said_of(county: tuple[str, ...], said: Sequence[HomeCandidate]) -> HomeCandidate | None:
    """What was said of a county, of a place in it, or of a division around it; the best first."""
    depths = (min(len(county), len(each.path)) for each in said)
    near = (each for each, n in zip(said, depths, strict=True) if each.path[:n] == county[:n])
    return next(near, None)


def _line(form: FormData) -> Details:
    place = form_text(form, "place")
    if place is None:
        raise BadInputError("请写明是哪个地方。")
    if form_text(form, "step") == "contacted":
        return HomeStationContacted(station=place, answer=form_text(form, "answer"))
    return HomePlaceSuspected(place=place)


def _page(
    request: Request, visitor: Visitor, case_id: str, problem: Problem | None = None
) -> Response:
    try:
        file = view_case(visitor.context, case_id)
    except MinorProtectedError as error:
        return closed_file(request, visitor, error)
    speech = speech_of(file.entries, file.statements)
    details = [entry.details for entry in file.entries]
    context = {
        "visitor": visitor,
        "file": file,
        "rows": home_rows(file),
        "speech": guess_groups(speech)[:GROUPS] if speech else (),
        "suspected": [each for each in details if isinstance(each, HomePlaceSuspected)],
        "contacted": [each for each in details if isinstance(each, HomeStationContacted)],
        "problem": problem,
    }
    return render(request, "home.html", context, status=problem.status if problem else 200)
