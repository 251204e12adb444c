"""Lead review for the station, the answer page for the police, and the photos of both sides."""

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.auth import AppServices, PageVisitor, SignedForm, Visitor, form_text
from api.pages.countdown import countdown
from api.pages.highlighting import heard_words, marked_pieces
from api.pages.rendering import render
from api.pages.waterfall_drawing import draw
from api.photo_response import photo_response
from api.problems import Problem, casework_problem
from casework.access import Actor, Role
from casework.errors import BadInputError, StaleVersionError, TransitionRefusedError
from casework.lead_view import LeadFile, view_lead
from casework.leads import MOVES, EvidenceClass, Lead, LeadState, Verdict
from casework.photos import view_lead_photo
from casework.review import DecideCommand, decide
from matching.evidence import Evidence, Stance
from matching.explain import odds_in_words
from runtime.container import Services

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The evidence of a lead as three columns, strongest first."""

    supporting: tuple[Evidence, ...]
    contradicting: tuple[Evidence, ...]
    silent: tuple[Evidence, ...]


@router.get("/leads/{lead_id}")
def lead_page(
    request: Request, services: AppServices, visitor: PageVisitor, lead_id: str
) -> Response:
    """One lead, ready to be decided by whoever's turn it is."""
    return _page(request, services, visitor, lead_id)


@router.post("/leads/{lead_id}/decisions")
def post_decision(
    request: Request,
    services: AppServices,
    visitor: PageVisitor,
    lead_id: str,
    form: SignedForm,
) -> Response:
    """Decide, or show the lead again with what stands in the way."""
    try:
        decide(visitor.context, _command(lead_id, form))
    except (BadInputError, StaleVersionError, TransitionRefusedError) as error:
        return _page(request, services, visitor, lead_id, casework_problem(error))
    return RedirectResponse(f"/leads/{lead_id}", status_code=HTTPStatus.SEE_OTHER)


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


def open_verdicts(lead: Lead, actor: Actor) -> frozenset[Verdict]:
    """What this user may decide about the lead as it stands."""
    return frozenset(
        verdict
        for (state, verdict), step in MOVES.items()
        if state is lead.state and actor.may(step.permission)
    )


def neighbours(file: LeadFile) -> tuple[str | None, str | None]:
    """The leads before and after this one in the case's ranking, withdrawn ones left out."""
    ids = [
        lead.lead_id
        for lead in file.case_file.leads
        if lead.state is not LeadState.WITHDRAWN or lead.lead_id == file.lead.lead_id
    ]
    here = ids.index(file.lead.lead_id)
    before = ids[here - 1] if here else None
    after = ids[here + 1] if here + 1 < len(ids) else None
    return before, after


def _page(
    request: Request,
    services: Services,
    visitor: Visitor,
    lead_id: str,
    problem: Problem | None = None,
) -> Response:
    file = view_lead(visitor.context, lead_id)
    is_police = Role.POLICE in visitor.context.actor.roles
    context = _context(services, visitor, file) | {"problem": problem}
    template = "police_answer.html" if is_police else "lead.html"
    status = problem.status if problem else HTTPStatus.OK
    return render(request, template, context, status=status)


def _context(services: Services, visitor: Visitor, file: LeadFile) -> dict[str, object]:
    lead, case_file = file.lead, file.case_file
    words = heard_words(case_file.probe.facts)
    before, after = neighbours(file)
    return {
        "visitor": visitor,
        "file": file,
        "lead": lead,
        "weighed": weigh(lead.evidence),
        "odds": odds_in_words(lead.probability),
        "drawing": draw(lead.prior_bits, lead.evidence),
        "left": countdown(lead.due, services.clock()) if lead.due else None,
        "verdicts": open_verdicts(lead, visitor.context.actor),
        "talks": [marked_pieces(talk.transcript, words) for talk in case_file.interviews],
        "before": before,
        "after": after,
    }


def _command(lead_id: str, form: SignedForm) -> DecideCommand:
    evidence_class = form_text(form, "evidence_class")
    try:
        return DecideCommand(
            lead_id=lead_id,
            verdict=Verdict(form_text(form, "verdict") or ""),
            reason=form_text(form, "reason"),
            evidence_class=EvidenceClass(evidence_class) if evidence_class else None,
            read_version=int(form_text(form, "version") or ""),
        )
    except ValueError as error:
        sentence = "表单不完整，请刷新页面后重新提交。"
        raise BadInputError(sentence) from error
