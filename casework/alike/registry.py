"""Everybody who was ever taken in, as somebody who may be taken in again.

The files are the truth. What each says of its person is kept beside it with the version of the file
that it was read from, so that a search over all residents reads only what has changed.
"""

from typing import Final

from casework.cases.case import Case
from casework.cases.in_care import is_report
from casework.ports import OpenWork, UnitOfWork
from casework.search.probe import probe_of
from casework.windows.station_duties import is_station_file
from matching.model import Candidate, Probe

#: Files read in one transaction: it must not hold the database for long.
_BATCH: Final = 50


def read_changed_files(open_work: OpenWork) -> int:
    """Read every file that has grown since it was read; returns how many."""
    count = 0
    while True:
        with open_work() as work:
            stale = work.residents.stale(_BATCH)
            for case in stale:
                work.residents.keep(case, _probe(work, case))
            work.commit()
        count += len(stale)
        if len(stale) < _BATCH:
            return count


def candidate_of(probe: Probe) -> Candidate:
    """A resident as the other side of a comparison: nobody reported them missing."""
    return Candidate(record_id=probe.case_id, facts=probe.facts)


def _probe(work: UnitOfWork, case: Case) -> Probe | None:
    if is_report(case) or is_station_file(case):
        return None
    return probe_of(case.case_id, work.cases.entries(case.case_id))
