"""Records that were filed twice for one person: by two relatives, or by a family and the police.

Told from the records alone, whoever is searched for. Cautious: namesakes, siblings and twins must
never be taken for one person, so that a name alone, or a family alone, links nobody.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final

from matching.compare.birth import years_apart
from matching.model import Candidate
from matching.registry.digits import ID_LENGTH, PHONE_LENGTH, whole_numbers
from matching.text.names import split_name
from matching.text.pinyin import Syllables, name_reading

#: Years of birth that two forms of one person may differ by: lunar, nominal and registered years.
_SLACK: Final = 2


def same_persons(candidates: Iterable[Candidate]) -> Mapping[str, frozenset[str]]:
    """Of each record that has such, the ids of the other records of the same person.

    Two records are linked by a whole ID number, or by the own name (as it sounds) together with a
    whole phone number, a relative's name or the day of going missing; never against sex, year of
    birth or two different ID numbers.
    """
    sharing: dict[Hashable, dict[str, Candidate]] = defaultdict(dict)
    for candidate in candidates:
        for key in _keys(candidate):
            sharing[key][candidate.record_id] = candidate
    found: dict[str, set[str]] = defaultdict(set)
    for alike in sharing.values():
        for one, other in combinations(alike.values(), 2):
            if not _contradict(one, other):
                found[one.record_id].add(other.record_id)
                found[other.record_id].add(one.record_id)
    return {record_id: frozenset(others) for record_id, others in found.items()}


def _keys(candidate: Candidate) -> Iterator[Hashable]:
    """What two records of one person would have in common."""
    facts = candidate.facts
    for number in whole_numbers(facts.id_digits, ID_LENGTH):
        yield "id number", number
    own = _reading(facts.names[0]) if facts.names else None
    if own is None:
        return
    for number in whole_numbers(facts.phone_digits, PHONE_LENGTH):
        yield "phone", own, number
    for relative in facts.relatives:
        theirs = _reading(relative.name) if relative.name else None
        if theirs is not None:
            yield "relative", own, theirs
    if candidate.missing_since is not None:
        yield "day", own, candidate.missing_since


def _reading(name: str) -> Syllables | None:
    """How a whole name sounds; None of a surname alone or a pet name."""
    parts = split_name(name)
    return name_reading(parts.surname, parts.given) if parts.surname and parts.given else None


def _contradict(one: Candidate, other: Candidate) -> bool:
    mine, theirs = one.facts, other.facts
    if mine.sex is not None and theirs.sex is not None and mine.sex is not theirs.sex:
        return True
    if (
        mine.birth is not None
        and theirs.birth is not None
        and (years_apart(mine.birth, theirs.birth) > _SLACK)
    ):
        return True
    numbers = [set(whole_numbers(facts.id_digits, ID_LENGTH)) for facts in (mine, theirs)]
    return all(numbers) and numbers[0].isdisjoint(numbers[1])
