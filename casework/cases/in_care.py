"""Who is in care and not identified: those for whom matching must never stop."""

from collections.abc import Iterator

from casework.cases.case import Case, CaseState
from casework.cases.consequences import standing_identity
from casework.ports import OpenWork, Page, UnitOfWork
from casework.windows.station_duties import is_station_file

#: Cases read at a time.
_PAGE = 200


def unidentified(open_work: OpenWork, station: str = "") -> Iterator[Case]:
    """Open cases without an established identity, newest first; no station means all of them.

    Every page is a transaction of its own: reading two thousand files must not hold the database.
    """
    cursor: str | None = None
    while True:
        with open_work() as work:
            page = _page(work, station, cursor)
            sought = [case for case in _residents(page) if is_sought(work, case)]
        yield from sought
        cursor = page.next_cursor
        if cursor is None:
            return


def _page(work: UnitOfWork, station: str, cursor: str | None) -> Page[Case]:
    return work.cases.page(
        station=station or None, state=CaseState.OPEN, cursor=cursor, limit=_PAGE
    )


def _residents(page: Page[Case]) -> Iterator[Case]:
    """Without the files of reports and of the station itself, which have no resident."""
    return (case for case in page.items if not is_report(case) and not is_station_file(case))


def is_sought(work: UnitOfWork, case: Case) -> bool:
    """Whether the case is open and nobody knows yet who the person is."""
    history = work.cases.entries(case.case_id)
    identity = standing_identity(entry.details for entry in history)
    return case.state is CaseState.OPEN and identity is None


def is_report(case: Case) -> bool:
    """Whether a file is a police report's and not a resident's."""
    return case.number.startswith("BA")
