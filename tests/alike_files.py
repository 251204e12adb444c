"""Files of residents who may be one person, and what a search says of them."""

from dataclasses import replace

from casework.cases.case import Entry
from casework.cases.happenings.care import Admitted
from matching.evidence import Evidence, Signal
from matching.fusion import Band
from matching.ranking import RankedLead
from tests.office import Office
from tests.samples import NOW, a_case, a_user, minutes

ELSEWHERE = "外市救助管理站"


def near(case_id: str, bits: float) -> RankedLead:
    """Another file, alike by its name."""
    return RankedLead(
        rank=1,
        record_id=case_id,
        probability=0.8,
        bits=bits,
        prior_bits=0.0,
        band=Band.POSSIBLE,
        evidence=(
            Evidence(
                signal=Signal.NAME,
                bits=bits,
                detail="同音",
                probe_value="刘福生",
                candidate_value="刘福升",
            ),
            Evidence.silent(Signal.HEIGHT, "记录里没有身高"),
        ),
    )


def admission(case_id: str, days_ago: int) -> Entry:
    """An admission so many days before now."""
    at = NOW - minutes(days_ago * 24 * 60)
    return Entry(
        entry_id=f"in-{case_id}-{days_ago}",
        case_id=case_id,
        happened_at=at,
        recorded_at=at,
        recorded_by="u1",
        details=Admitted(),
    )


def alike_office() -> Office:
    """Files c1 to c4 in the order of their numbers; c3 is another station's."""
    office = Office()
    with office.open_work() as work:
        work.users.add(a_user())
        for number in range(1, 5):
            opened = NOW - minutes(60 - number)
            case = a_case(f"c{number}", number=f"2026-000{number}", opened_at=opened)
            work.cases.add(replace(case, station=ELSEWHERE) if number == 3 else case)
        work.commit()
    return office
