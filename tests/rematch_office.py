"""An office with residents and records for tests of re-matching."""

from dataclasses import replace
from datetime import timedelta

from casework.jobs.job import Queue
from casework.leads.lead import Lead
from casework.rematch.orders import Rematched, rematch
from casework.rematch.runs import RematchOrder, RunState
from matching.evidence import Evidence, Signal
from matching.fusion import Band
from matching.ranking import RankedLead
from tests.office import FakeMatcher, Office
from tests.samples import NOW, STATION, a_case, a_record, an_admission

BATCH = (Queue.BATCH,)


def ranked(record_id: str = "r1", *, bits: float = 1.0, detail: str = "同音") -> RankedLead:
    return RankedLead(
        rank=1,
        record_id=record_id,
        probability=0.7,
        bits=bits,
        prior_bits=-5.0,
        band=Band.POSSIBLE,
        evidence=(Evidence(signal=Signal.NAME, bits=bits + 5.0, detail=detail),),
    )


def an_office(residents: int = 2, records: int = 3) -> Office:
    """Residents c1, c2 …, the first here longest; records r1, r2 …"""
    office = Office()
    with office.open_work() as work:
        for number in range(1, residents + 1):
            opened = NOW - timedelta(days=400) + timedelta(days=number)
            work.cases.add(a_case(f"c{number}", number=f"2026-{number:04d}", opened_at=opened))
            work.cases.append(an_admission(f"e{number}", f"c{number}"))
        work.records.add_many(
            a_record(f"r{number}", source_number=f"GA-{number}") for number in range(1, records + 1)
        )
        work.commit()
    return office


def rematched(
    office: Office, matcher: FakeMatcher, order: RematchOrder | None = None, budget: int = 20
) -> Rematched:
    asked = order or RematchOrder(station=STATION)
    return rematch(office.context(), matcher, asked, budget=budget, watch=lambda _: None)


def change_record(office: Office, record_id: str) -> None:
    with office.open_work() as work:
        known = work.records.get(record_id)
        work.records.upsert(replace(known, missing_place=f"{known.missing_place}，又查"))
        work.commit()


def leads(office: Office, case_id: str = "c1") -> tuple[Lead, ...]:
    with office.open_work() as work:
        return work.leads.of_case(case_id)


def state_of(done: Rematched) -> RunState:
    return done.view.run.state
