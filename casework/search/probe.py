"""From a case's history to the probe of a search: everything seen and heard so far, merged."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import TypeVar

from casework.cases.case import Entry
from casework.cases.happenings.care import Admitted, StreetHelped
from casework.cases.happenings.knowledge import ClueState
from casework.cases.manner_of_speech import speech_of
from casework.cases.statements import Statement, statements_of
from casework.clock.station_time import station_day
from matching.dialect.inference import group_shares, guess_groups
from matching.model import PersonFacts, Probe, YearRange
from matching.text.testimony.facts import facts_from_clues
from matching.text.testimony.family import one_each

T = TypeVar("T")

#: How far a stranger's guess of an adult's age is off, either way (assumed; house figure).
APPARENT_AGE_SLACK = 10


def probe_of(case_id: str, entries: Sequence[Entry]) -> Probe:
    """The resident as a search sees them. The form comes first, then the talks in order."""
    return probe_with(case_id, entries, statements_of(entries))


def probe_with(case_id: str, entries: Sequence[Entry], statements: Sequence[Statement]) -> Probe:
    """The same for who has read the talks of the file already."""
    admissions = [entry for entry in entries if isinstance(entry.details, Admitted)]
    facts = merge_facts((*map(_written, entries), said_facts(statements)))
    first = admissions[0] if admissions else None
    admitted = first.details if first and isinstance(first.details, Admitted) else None
    found_on = station_day(first.happened_at) if first else None
    return Probe(
        case_id=case_id,
        facts=_with_apparent_age(facts, admitted, found_on),
        found_on=found_on,
        found_place=admitted.found_place if admitted else None,
        dialect=_dialect(entries, statements),
    )


def _dialect(
    entries: Sequence[Entry], statements: Sequence[Statement]
) -> tuple[tuple[str, float], ...]:
    speech = speech_of(entries, statements)
    return group_shares(guess_groups(speech)) if speech else ()


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
            relatives=one_each(merged.relatives + part.relatives),
            marks=_joined(merged.marks, part.marks),
            blood_type=merged.blood_type or part.blood_type,
            id_digits=_joined(merged.id_digits, part.id_digits),
            phone_digits=_joined(merged.phone_digits, part.phone_digits),
            languages=_joined(merged.languages, part.languages),
            work=_joined(merged.work, part.work),
            landmarks=_joined(merged.landmarks, part.landmarks),
        )
    return merged


def said_facts(statements: Sequence[Statement]) -> PersonFacts:
    """What every talk says together: verified statements first, refuted ones left out.

    A verified year of birth narrows what the others leave open.
    """
    standing = [each for each in statements if each.state is not ClueState.REFUTED]
    sure = [each for each in standing if each.state is ClueState.VERIFIED]
    talks = [list(talk) for _, talk in groupby(standing, key=lambda each: each.talk_id)]
    parts = [facts_from_clues([each.counted for each in part]) for part in (sure, *talks)]
    birth = parts[0].birth or facts_from_clues([each.counted for each in standing]).birth
    return replace(merge_facts(parts), birth=birth)


def _written(entry: Entry) -> PersonFacts:
    if isinstance(entry.details, Admitted | StreetHelped):
        return entry.details.facts
    return PersonFacts()


def _with_apparent_age(
    facts: PersonFacts, admitted: Admitted | None, found_on: date | None
) -> PersonFacts:
    if found_on is None or admitted is None or admitted.apparent_age is None:
        return facts
    middle = found_on.year - admitted.apparent_age
    guess = YearRange(earliest=middle - APPARENT_AGE_SLACK, latest=middle + APPARENT_AGE_SLACK)
    return replace(facts, apparent_birth=guess) if facts.birth else replace(facts, birth=guess)


def _joined(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(first + second))
