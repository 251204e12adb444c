"""How somebody speaks, what they work and what stands near home: what families and stations say of it."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Final

from benchmarks.population.parameters import Parameters, Telling
from benchmarks.population.persons import ADULT, Person
from benchmarks.population.tables import landmarks, works
from matching.dialect.groups import dialect_groups
from matching.model import PersonFacts
from matching.tables import toml_table
from matching.text.place_core import core

#: A name of a way of speaking belongs to a group that has at least this share of it.
_MAINLY: Final = 0.9
_TOWN: Final = 4


def filed_circumstances(person: Person, world: Parameters, seed: int) -> PersonFacts:
    """What the family mentions."""
    rng = Random(f"{seed} filed circumstances {person.number}")
    filing = world.record
    return PersonFacts(
        languages=_language(person, rng) if rng.random() < filing.language else (),
        work=_work(person, world, seed, rng) if rng.random() < filing.work else (),
        landmarks=_landmark(person, world, seed, rng) if rng.random() < filing.landmark else (),
    )


def told_circumstances(
    person: Person, world: Parameters, telling: Telling, seed: int
) -> PersonFacts:
    """What the resident mentions, in other words, and now and then of something else."""
    rng = Random(f"{seed} told circumstances {person.number}")
    return PersonFacts(
        languages=_language(person, rng) if rng.random() < telling.language else (),
        work=_work(person, world, seed, rng) if rng.random() < telling.work else (),
        landmarks=_landmark(person, world, seed, rng) if rng.random() < telling.landmark else (),
    )


def _language(person: Person, rng: Random) -> tuple[str, ...]:
    """A name of the way of speaking at home; nothing where nobody calls it anything."""
    names = _names_of_groups().get(person.origin.speech.group, ())
    return (rng.choice(names),) if names else ()


def _work(person: Person, world: Parameters, seed: int, rng: Random) -> tuple[str, ...]:
    own = Random(f"{seed} work {person.number}")
    if person.age_when_missing < ADULT or own.random() >= world.people.works:
        return ()
    kind = own.choices(works(), [each.share for each in works()])[0]
    if rng.random() < world.hearing.other_work:
        kind = rng.choice(works())
    return (rng.choice(kind.wordings),)


def _landmark(person: Person, world: Parameters, seed: int, rng: Random) -> tuple[str, ...]:
    """One of those near home, half of the time by the name of its town."""
    own = Random(f"{seed} landmarks {person.number}")
    near = [own.choice(landmarks()) for _ in range(world.people.landmarks_near)]
    words = rng.choice(near)
    path = person.origin.path
    has_town = len(path) >= _TOWN and rng.random() < world.hearing.named_landmark
    return (f"{core(path[_TOWN - 1])}{words}" if has_town else words,)


@cache
def _names_of_groups() -> Mapping[str, tuple[str, ...]]:
    """Dialect group -> what people call its speech."""
    found = defaultdict(list)
    for name, groups in toml_table("matching.text.testimony", "languages.toml")["names"].items():
        for group, weight in groups.items():
            if weight >= _MAINLY:
                found[group].append(name)
    known = {each.id for each in dialect_groups()}
    return {group: tuple(sorted(names)) for group, names in found.items() if group in known}
