"""Taking in a resident: open the case, run its first search, read the file back."""

from dataclasses import dataclass

from casework.alike.view import alike_residents
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.view import CaseFile, view_case
from casework.context import Context
from casework.jobs.job import AT_THE_DESK
from casework.search.nobody_found import nobody_notes
from runtime.container import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A new case as it stands after its first search."""

    file: CaseFile
    #: What the desk should know about what was handed in.
    notes: tuple[str, ...]


def take_in(services: Services, context: Context, command: IntakeCommand) -> TakenIn:
    """Open a case and search for it. The errors are those of `casework.cases.intake.open_case`."""
    opened = open_case(context, command, services.face_reader)
    services.runner.run_pending(AT_THE_DESK)
    alike = [each.note for each in alike_residents(context, opened.case.case_id)]
    file = view_case(context, opened.case.case_id)
    found = nobody_notes(context, file, services.matcher.policy)
    return TakenIn(file=file, notes=(*opened.notes, *alike, *found))
