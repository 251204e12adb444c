"""Leads: list, read, decide."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from api.auth import ApiContext, AppServices
from api.lead_schemas import LeadOut
from api.photo_response import PHOTO_ANSWER, photo_response
from api.routes.etags import etag, version_of
from api.routes.paging import Cursor, Limit
from api.schemas import DecisionIn, LeadFileOut, PageOut
from casework.leads.explaining import explain_lead
from casework.leads.lead import LeadState
from casework.leads.package import export_lead
from casework.leads.review import DecideCommand
from casework.leads.undoing import decide_or_undo
from casework.leads.view import list_leads, view_lead
from casework.search.photos import view_lead_photo
from matching.explain import Explanation

router = APIRouter(prefix="/leads", tags=["leads"])


@router.get("", operation_id="list_leads", summary="线索")
def read_leads(
    context: ApiContext,
    state: Annotated[list[LeadState] | None, Query(description="只要这些状态")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> PageOut[LeadOut]:
    """Leads, earliest due first, then strongest first."""
    page = list_leads(context, states=state, cursor=cursor, limit=limit)
    items = [LeadOut.of(row.lead) for row in page.items]
    return PageOut(items=items, next_cursor=page.next_cursor)


@router.get("/{lead_id}", operation_id="read_lead", summary="一条线索及其证据")
def read_lead(context: ApiContext, response: Response, lead_id: str) -> LeadFileOut:
    """One lead; the look leaves a trace. The ETag is its version, for If-Match."""
    file = view_lead(context, lead_id)
    response.headers["ETag"] = etag(file.lead.version)
    return LeadFileOut.of_file(file)


@router.get("/{lead_id}/explanation", operation_id="explain_lead", summary="线索为什么排在这里")
def read_explanation(
    context: ApiContext,
    services: AppServices,
    lead_id: str,
    hide_details: Annotated[bool, Query(description="不显示双方的具体内容")] = False,  # noqa: FBT002 - a query parameter
) -> Explanation:
    """Rows that add up to the chance, what speaks against, what is missing, what to ask next."""
    lead = view_lead(context, lead_id).lead
    return explain_lead(lead, services.matcher.policy, hide_details=hide_details)


@router.post(
    "/{lead_id}/decisions", status_code=201, operation_id="decide_lead", summary="处理一条线索"
)
def decide_lead(
    context: ApiContext,
    response: Response,
    lead_id: str,
    decision: DecisionIn,
    if_match: Annotated[str | None, Header(description="读到的 ETag")] = None,
) -> LeadOut:
    """Forward or reject (specialist); confirm, refute or leave open (police)."""
    command = DecideCommand(
        lead_id=lead_id,
        verdict=decision.verdict,
        reason_code=decision.reason_code,
        reason=decision.reason,
        evidence_class=decision.evidence_class,
        task=decision.task.task(context.actor.user_id) if decision.task else None,
        answered_by=decision.answered_by,
        scan=decision.scan,
        read_version=version_of(if_match),
    )
    lead = decide_or_undo(context, command)
    response.headers["ETag"] = etag(lead.version)
    return LeadOut.of(lead)


@router.get(
    "/{lead_id}/photos/{photo_id}",
    operation_id="read_lead_photo",
    summary="线索任一方的照片",
    response_class=Response,
    responses=PHOTO_ANSWER,
)
def read_lead_photo(context: ApiContext, lead_id: str, photo_id: str) -> Response:
    """A photo of either side as uploaded; the look leaves a trace."""
    return photo_response(view_lead_photo(context, lead_id, photo_id))


@router.get(
    "/{lead_id}/package",
    operation_id="export_lead",
    summary="把已送核实的线索导出为文件",
    response_class=Response,
    responses={200: {"content": {"application/zip": {}}}},
)
def export_lead_package(context: ApiContext, lead_id: str) -> Response:
    """The lead as a ZIP for police that cannot be reached over the network."""
    return Response(
        export_lead(context, lead_id),
        media_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="lead.zip"',
            "Cache-Control": "no-store",
        },
    )
