"""Missing-person reports that the police pass on: compared with everyone in care, and answered.

A report is a file of its own, so that its 24-hour clock runs and its answer is kept like any other
line. The record enters the registry, and everyone in care is matched with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.accounts.access import Permission
from casework.cases.case import Case
from casework.cases.happenings.police import PoliceReportReceived
from casework.cases.history import add_entry
from casework.cases.sight import closed_cases
from casework.clock.station_time import in_station_time
from casework.context import Context
from casework.jobs.job import JobKind
from casework.leads.lead import OPEN_STATES, Lead
from casework.leads.view import without_evidence
from casework.ports import UnitOfWork
from casework.records.record import MissingRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """One report and the file that was opened for it."""

    case: Case
    record_id: str


def receive_reports(context: Context, records: Sequence[MissingRecord]) -> tuple[ReportFile, ...]:
    """Open a file for each report, start its clock, and have everyone in care matched with it.

    The records must be in the registry already (`casework.records.importing`).

    Raises:
        NotPermittedError: the actor may not import records.
    """
    context.require(Permission.IMPORT_RECORDS)
    with context.open_work() as work:
        files = tuple(_open(context, work, record) for record in records)
        for file in files:
            context.order_job(work, JobKind.MATCH_REPORT, file.record_id)
        context.trace(work, "report.receive", "registry", reports=str(len(files)))
        work.commit()
    return files


def candidates_in_care(context: Context, record_id: str) -> tuple[Lead, ...]:
    """Leads from residents of the own station to a reported person, strongest first.

    Empty means that nobody in care reached the policy's threshold, which is an answer too.

    Raises:
        NotPermittedError: the role may not read leads.
    """
    context.require(Permission.READ_LEAD)
    with context.open_work() as work:
        mine = [
            lead
            for lead in work.leads.of_record(record_id)
            if lead.station == context.actor.station and lead.state in OPEN_STATES
        ]
        closed = closed_cases(context, work, {lead.case_id for lead in mine})
        mine = [without_evidence(x) if x.case_id in closed else x for x in mine]
        context.trace(work, "report.compare", f"record:{record_id}", leads=str(len(mine)))
        work.commit()
    return tuple(sorted(mine, key=lambda lead: (-lead.bits, lead.lead_id)))


def _open(context: Context, work: UnitOfWork, record: MissingRecord) -> ReportFile:
    known = work.records.find(record.source, record.source_number) or record
    now = context.clock()
    station = context.actor.station
    case = Case(
        case_id=context.new_id(),
        number=f"BA{work.cases.next_number(f'{station}:report', in_station_time(now).year)}",
        station=station,
        opened_at=now,
    )
    work.cases.add(case)
    add_entry(context, work, case.case_id, PoliceReportReceived(report_id=known.record_id))
    return ReportFile(case=case, record_id=known.record_id)
