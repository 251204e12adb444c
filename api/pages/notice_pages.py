"""The page of notices: what happened while nobody looked."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.auth import PageVisitor, SignedForm
from api.pages.rendering import render
from casework.boards.notices import list_notices, put_away
from casework.cases.words import NOTICE_WORDS

router = APIRouter()

#: Kind of subject -> where it is looked at.
_PAGES = {
    "alike": "/alike/{}",
    "case": "/cases/{}",
    "lead": "/leads/{}",
    "run": "/desk",
    "sight": "/station#sight",
}


@router.get("/notices")
def notices(request: Request, visitor: PageVisitor) -> Response:
    """What nobody at the station has put away, newest first."""
    rows = [
        {"notice": each, "words": NOTICE_WORDS[each.kind], "page": _page(each.subject)}
        for each in list_notices(visitor.context)
    ]
    return render(request, "notices.html", {"visitor": visitor, "rows": rows})


@router.post("/notices/{notice_id}/seen")
def see(visitor: PageVisitor, notice_id: str, _form: SignedForm) -> Response:
    """Put a notice away, and back to the list."""
    put_away(visitor.context, notice_id)
    return RedirectResponse("/notices", status_code=303)


def _page(subject: str) -> str | None:
    kind, row_id, *_ = subject.split(":")
    return _PAGES[kind].format(row_id) if kind in _PAGES else None
