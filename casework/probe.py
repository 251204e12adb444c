"""From a case's history to the probe of a search: everything seen and heard so far, merged."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from casework.cases import Entry
from casework.happenings.care import Admitted, StreetHelped
from casework.happenings.knowledge import InterviewHeld
from casework.station_time import station_day
from matching.model import PersonFacts, Probe, YearRange
from matching.text.testimony.facts import facts_from_transcript

T = TypeVar("T")

#: How far a stranger's guess of an adult's age is off, either way (assumed; house figure).
APPARENT_AGE_SLACK = 10


def probe_of(case_id: str, entries: Sequence[Entry]) -> Probe:
    """The resident as a search sees them. The form comes first, then the talks in order."""
    admissions = [entry for entry in entries if isinstance(entry.details, Admitted)]
    facts = merge_facts(_facts_of(entry) for entry in entries)
    first = admissions[0] if admissions else None
    admitted = first.details if first and isinstance(first.details, Admitted) else None
    found_on = station_day(first.happened_at) if first else None
    return Probe(
        case_id=case_id,
        facts=_with_apparent_age(facts, admitted, found_on),
        found_on=found_on,
        found_place=admitted.found_place if admitted else None,
    )


def merge_facts(parts: Iterable[PersonFacts]) -> PersonFacts:
    """Facts of several sources: lists are joined without repeats, single values keep the first."""
    merged = PersonFacts()
    for part in parts:
        merged = PersonFacts(
            names=_joined(merged.names, part.names),
            sex=merged.sex or part.sex,
            birth=merged.birth or part.birth,
            height_cm=merged.height_cm or part.height_cm,
            homes=_joined(merged.homes, part.homes),
            relatives=_joined(merged.relatives, part.relatives),
            marks=_joined(merged.marks, part.marks),
        )
    return merged


def _facts_of(entry: Entry) -> PersonFacts:
    if isinstance(entry.details, Admitted | StreetHelped):
        return entry.details.facts
    if isinstance(entry.details, InterviewHeld):
        return facts_from_transcript(entry.details.transcript, on=station_day(entry.happened_at))
    return PersonFacts()


def _with_apparent_age(
    facts: PersonFacts, admitted: Admitted | None, found_on: date | None
) -> PersonFacts:
    if facts.birth or found_on is None or admitted is None or admitted.apparent_age is None:
        return facts
    middle = found_on.year - admitted.apparent_age
    guess = YearRange(earliest=middle - APPARENT_AGE_SLACK, latest=middle + APPARENT_AGE_SLACK)
    return replace(facts, birth=guess)


def _joined(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(first + second))
