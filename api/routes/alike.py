"""Other residents who may be the same person: list, read, judge."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Header, Response
from pydantic import BaseModel, Field

from api.auth import ApiContext, AppServices
from api.lead_schemas import EvidenceOut
from api.routes.etags import etag, version_of
from casework.alike.judging import JudgeCommand, judge_alike
from casework.alike.pairs import LONGEST_REASON, AlikeState, AlikeVerdict
from casework.alike.view import AlikeFinding, alike_residents, alike_to_judge, view_alike
from casework.clock.station_time import in_station_time
from matching.explain import Explanation
from matching.fusion import Band

router = APIRouter(tags=["cases"])


class JudgementOut(BaseModel):
    """What somebody said of a pair."""

    verdict: AlikeVerdict
    decided_at: datetime
    #: Display name.
    decided_by: str
    reason: str | None


class AlikeOut(BaseModel):
    """Another file that may be the same person's."""

    pair_id: str
    case_id: str
    #: The other file's number; of another station's file only which station.
    place: str
    #: The other file, when it is of the same station.
    other_id: str | None
    probability: float
    bits: float
    prior_bits: float
    calibration_bits: float
    rival_bits: float
    band: Band
    state: AlikeState
    found_at: datetime
    note: str
    whats_new: list[str]
    version: int
    #: `probe` is the file asked about, `candidate` the other one.
    evidence: list[EvidenceOut]
    versions: dict[str, str]
    judgements: list[JudgementOut]

    @classmethod
    def of(cls, finding: AlikeFinding) -> Self:
        """The public form."""
        pair, ranked = finding.pair, finding.pair.ranked
        return cls(
            pair_id=pair.pair_id,
            case_id=finding.case.case_id,
            place=finding.place,
            other_id=finding.other.case_id if finding.is_open else None,
            probability=ranked.probability,
            bits=ranked.bits,
            prior_bits=ranked.prior_bits,
            calibration_bits=ranked.calibration_bits,
            rival_bits=ranked.rival_bits,
            band=ranked.band,
            state=pair.state,
            found_at=in_station_time(pair.found_at),
            note=finding.note,
            whats_new=list(pair.whats_new),
            version=pair.version,
            evidence=[EvidenceOut.of(each) for each in finding.evidence],
            versions=dict(pair.versions),
            judgements=[
                JudgementOut(
                    verdict=each.verdict,
                    decided_at=in_station_time(each.decided_at),
                    decided_by=finding.deciders[each.decided_by],
                    reason=each.reason,
                )
                for each in pair.decisions
            ],
        )


class AlikeFileOut(AlikeOut):
    """One pair with its sum."""

    explanation: Explanation


class JudgementIn(BaseModel):
    """What is said of a pair."""

    verdict: AlikeVerdict
    reason: str | None = Field(default=None, max_length=LONGEST_REASON)


@router.get(
    "/cases/{case_id}/alike",
    operation_id="list_alike_residents",
    summary="可能是同一人的其他受助人员",
)
def read_alike(context: ApiContext, case_id: str) -> list[AlikeOut]:
    """Files of any station and year that may be (or are) this person's, likeliest first."""
    return [AlikeOut.of(each) for each in alike_residents(context, case_id)]


@router.get("/alike", operation_id="list_alike_to_judge", summary="本站待核对的同一人线索")
def read_alike_to_judge(context: ApiContext) -> list[AlikeOut]:
    """Pairs with a file of one's own station that nobody judged yet, likeliest first."""
    return [AlikeOut.of(each) for each in alike_to_judge(context)]


@router.get("/alike/{pair_id}", operation_id="read_alike_pair", summary="一对可能同一人的档案")
def read_pair(
    context: ApiContext, services: AppServices, response: Response, pair_id: str
) -> AlikeFileOut:
    """One pair; the look leaves a trace. The ETag is its version, for If-Match."""
    return _file(services, response, view_alike(context, pair_id))


@router.post(
    "/alike/{pair_id}/judgements",
    status_code=201,
    operation_id="judge_alike_pair",
    summary="认定是不是同一人",
)
def judge_pair(
    context: ApiContext,
    services: AppServices,
    response: Response,
    pair_id: str,
    judgement: JudgementIn,
    if_match: Annotated[str | None, Header(description="读到的 ETag")] = None,
) -> AlikeFileOut:
    """Say that two files are one person's, or not, or take that back."""
    command = JudgeCommand(
        pair_id=pair_id,
        verdict=judgement.verdict,
        read_version=version_of(if_match),
        reason=judgement.reason,
    )
    judge_alike(context, command)
    return _file(services, response, view_alike(context, pair_id))


def _file(services: AppServices, response: Response, finding: AlikeFinding) -> AlikeFileOut:
    response.headers["ETag"] = etag(finding.pair.version)
    told = finding.explained(services.matcher.policy)
    return AlikeFileOut(**AlikeOut.of(finding).model_dump(), explanation=told)
