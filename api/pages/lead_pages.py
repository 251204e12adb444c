"""Lead review for the station, the answer page for the police, and the photos of both sides."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from api.auth import AppServices, PageVisitor, SignedForm, Visitor
from api.pages.countdown import countdown
from api.pages.decision_forms import decision_of
from api.pages.desk_filter import DeskFilter, trail_filter
from api.pages.face_pairs import PairChoice, View, face_pair
from api.pages.rendering import render
from api.pages.sight_pages import closed_file
from api.pages.talk_marks import marked_talks
from api.pages.waterfall_drawing import draw
from api.photo_response import photo_response
from api.problems import Problem, casework_problem
from casework.accounts.access import Permission, Role
from casework.boards.desk import beside
from casework.clock.station_time import station_day
from casework.clock.time_spans import midnight
from casework.errors import (
    BadInputError,
    MinorProtectedError,
    NotPermittedError,
    StaleVersionError,
    TransitionRefusedError,
)
from casework.leads.explaining import explain_lead, score_of
from casework.leads.lead import Decision, LeadState
from casework.leads.moves import ANSWERABLE, open_moves
from casework.leads.undoing import decide_or_undo, last_standing, may_undo
from casework.leads.view import LeadFile, view_lead
from casework.search.eye_points import find_eyes
from casework.search.photos import view_lead_photo
from matching.evidence import Evidence, Stance
from matching.explain import odds_in_words
from runtime.container import Services

router = APIRouter()

#: For so long a decision is offered to be taken back as soon as it is made.
MOMENT_AGO: Final = timedelta(minutes=2)
#: What is put off comes back at the start of the next working day, unless another time is chosen.
START_OF_WORK: Final = timedelta(hours=9)
NEWEST_PHOTOS: Final = PairChoice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The evidence of a lead as three columns, strongest first."""

    supporting: tuple[Evidence, ...]
    contradicting: tuple[Evidence, ...]
    silent: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A lead as somebody opened it: with which photos, and from which desk."""

    file: LeadFile
    pair: PairChoice = NEWEST_PHOTOS
    trail: DeskFilter | None = None


async def pair_choice(
    view: View = View.ALIGNED,
    resident: Annotated[int, Query(ge=0)] = 0,
    record: Annotated[int, Query(ge=0)] = 0,
) -> PairChoice:
    """Which photos, and how, as the address has it."""
    return PairChoice(view=view, resident=resident, record=record)


@router.get("/leads/{lead_id}")
def lead_page(
    request: Request,
    services: AppServices,
    visitor: PageVisitor,
    lead_id: str,
    pair: Annotated[PairChoice, Depends(pair_choice)],
    trail: Annotated[DeskFilter | None, Depends(trail_filter)],
) -> Response:
    """One lead, ready to be decided by whoever's turn it is."""
    try:
        file = view_lead(visitor.context, lead_id)
    except MinorProtectedError as error:
        return closed_file(request, visitor, error)
    return _page(request, services, visitor, Opened(file=file, pair=pair, trail=trail))


@router.post("/leads/{lead_id}/decisions")
def post_decision(
    request: Request,
    services: AppServices,
    visitor: PageVisitor,
    lead_id: str,
    form: SignedForm,
    trail: Annotated[DeskFilter | None, Depends(trail_filter)],
) -> Response:
    """Decide, or show the lead again with what stands in the way."""
    try:
        command = decision_of(form, lead_id=lead_id, decider=visitor.context.actor.user_id)
        decide_or_undo(visitor.context, command)
    except (BadInputError, NotPermittedError, StaleVersionError, TransitionRefusedError) as error:
        file = view_lead(visitor.context, lead_id)
        opened = Opened(file=file, trail=trail)
        return _page(request, services, visitor, opened, problem=casework_problem(error))
    query = f"?{trail.query}" if trail else ""
    return RedirectResponse(f"/leads/{lead_id}{query}", status_code=HTTPStatus.SEE_OTHER)


@router.post("/leads/{lead_id}/eyes")
def post_eyes(
    services: AppServices,
    visitor: PageVisitor,
    lead_id: str,
    _form: SignedForm,
    trail: Annotated[DeskFilter | None, Depends(trail_filter)],
) -> Response:
    """Find the eyes on photos that were stored without; the page asks for it once it is shown."""
    find_eyes(visitor.context, lead_id, services.face_reader)
    query = f"?{trail.query}" if trail else ""
    return RedirectResponse(f"/leads/{lead_id}{query}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/leads/{lead_id}/photos/{photo_id}")
def lead_photo(visitor: PageVisitor, lead_id: str, photo_id: str) -> Response:
    """A photo of either side; the look leaves a trace."""
    return photo_response(view_lead_photo(visitor.context, lead_id, photo_id))


def weigh(evidence: tuple[Evidence, ...]) -> Weighed:
    """Sort evidence into for, against and not known."""

    def of(stance: Stance) -> tuple[Evidence, ...]:
        chosen = (each for each in evidence if each.stance is stance)
        return tuple(sorted(chosen, key=lambda each: -abs(each.bits)))

    return Weighed(
        supporting=of(Stance.FOR), contradicting=of(Stance.AGAINST), silent=of(Stance.SILENT)
    )


def neighbours(visitor: Visitor, opened: Opened) -> tuple[str | None, str | None]:
    """The leads before and after: on the desk one came from, else in the case's ranking."""
    file = opened.file
    if opened.trail is not None:
        return beside(visitor.context, file.lead, opened.trail.choice(visitor.context.actor))
    ids = [
        lead.lead_id
        for lead in file.case_file.leads
        if lead.state is not LeadState.WITHDRAWN or lead.lead_id == file.lead.lead_id
    ]
    here = ids.index(file.lead.lead_id)
    before = ids[here - 1] if here else None
    after = ids[here + 1] if here + 1 < len(ids) else None
    return before, after


def just_decided(file: LeadFile, visitor: Visitor, now: datetime) -> Decision | None:
    """What this user decided a moment ago and may still take back with one key."""
    last = last_standing(file.decisions)
    if last is None or last.decided_by != visitor.context.actor.user_id:
        return None
    return last if now - last.decided_at <= MOMENT_AGO else None


def _page(
    request: Request,
    services: Services,
    visitor: Visitor,
    opened: Opened,
    *,
    problem: Problem | None = None,
) -> Response:
    is_police = Role.POLICE in visitor.context.actor.roles
    context = _context(services, visitor, opened) | {"problem": problem}
    template = "police_answer.html" if is_police else "lead.html"
    status = problem.status if problem else HTTPStatus.OK
    return render(request, template, context, status=status)


def _context(services: Services, visitor: Visitor, opened: Opened) -> dict[str, object]:
    file, actor = opened.file, visitor.context.actor
    lead, case_file = file.lead, file.case_file
    now = services.clock()
    before, after = neighbours(visitor, opened)
    can_undo = may_undo(actor, file.decisions)
    return {
        "visitor": visitor,
        "file": file,
        "lead": lead,
        "pair": face_pair(file, opened.pair),
        "trail": opened.trail.query if opened.trail else "",
        "weighed": weigh(lead.evidence),
        "odds": odds_in_words(lead.probability),
        "drawing": draw(score_of(lead)),
        "told": explain_lead(lead, services.matcher.policy),
        "left": countdown(lead.due, now) if lead.due else None,
        "verdicts": open_moves(lead, actor),
        "may_undo": can_undo,
        "just_decided": just_decided(file, visitor, now) if can_undo else None,
        "may_record_reply": actor.may(Permission.RECORD_REPLY) and lead.state in ANSWERABLE,
        "tomorrow": midnight(station_day(now) + timedelta(days=1)) + START_OF_WORK,
        "talks": marked_talks(case_file),
        "before": before,
        "after": after,
    }
