"""Which files are one person's, by what people have said and not taken back."""

from collections.abc import Iterable

from casework.cases.case import Entry
from casework.cases.happenings.knowledge import SamePersonFound, SamePersonUndone
from casework.ports import UnitOfWork


def other_files(history: Iterable[Entry]) -> frozenset[str]:
    """The files that this one's history names as the same person's."""
    others: set[str] = set()
    for entry in history:
        if isinstance(entry.details, SamePersonFound):
            others.add(entry.details.other_id)
        elif isinstance(entry.details, SamePersonUndone):
            others.discard(entry.details.other_id)
    return frozenset(others)


def files_of_person(work: UnitOfWork, case_id: str) -> tuple[str, ...]:
    """This file and all that are the same person's, through others as well; sorted."""
    found, waiting = {case_id}, [case_id]
    while waiting:
        others = other_files(work.cases.entries(waiting.pop())) - found
        found |= others
        waiting += others
    return tuple(sorted(found))
