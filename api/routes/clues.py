"""What the talks of a case say together."""

from fastapi import APIRouter

from api.auth import ApiContext
from api.clue_schemas import ClueOut, CluesOut
from casework.cases.merged_clues import merged_clues
from casework.cases.view import view_case
from matching.text.testimony.clues import ClueKind

router = APIRouter(prefix="/cases", tags=["cases"])


@router.get("/{case_id}/clues", operation_id="read_clues", summary="各次访谈的口述线索")
def read_clues(context: ApiContext, case_id: str) -> CluesOut:
    """Every claim once, with how often, when and where it was said; the look leaves a trace."""
    clues = merged_clues(view_case(context, case_id).statements)
    return CluesOut(
        clues=[ClueOut.of(each) for each in clues],
        possible_abduction=any(each.kind is ClueKind.POSSIBLE_ABDUCTION for each in clues),
    )
