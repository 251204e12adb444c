"""What a station knows of a resident after some talks: the form, and clues in the shape of the program's own."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from benchmarks.population.circumstances import told_circumstances
from benchmarks.population.filing import PhotoTaken, height_at
from benchmarks.population.hearing import Clerk
from benchmarks.population.numbers import told_numbers
from benchmarks.population.parameters import Parameters, Station, Telling, drawn
from benchmarks.population.persons import ADULT, Person, draw_given, provinces
from benchmarks.population.places import Path, draw_city, draw_origin, written
from benchmarks.population.tables import groups_of_province, marks, surnames
from casework.search.probe import APPARENT_AGE_SLACK, merge_facts
from matching.dialect.groups import dialect_groups
from matching.model import PersonFacts, Probe, Relation, Sex, YearRange
from matching.text.names import split_name
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.facts import facts_from_clues

_SLACK_OF_AGE: Final = 2
#: Province 1, city 2, county 3.
_COUNTY: Final = 3
_SIDES: Final = str.maketrans("左右", "右左")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """Somebody at a station, as the program gets to know them, and who it is."""

    person: Person
    #: Facts of the form and of the clues together; the year of birth by the looks if none was said.
    probe: Probe
    clues: tuple[Clue, ...]
    apparent_age: int
    #: The dialect group in the worker's word.
    dialect: str | None
    photo: PhotoTaken | None
    #: Which section of `resident` in the parameters: how much is told.
    telling: str
    #: What was told of the resident's own: name, pet_name, home (the county or narrower), relatives.
    told: frozenset[str]
    #: None for those nobody has reported.
    true_record: str | None


def meet(person: Person, true_record: str | None, world: Parameters, seed: int) -> Resident:
    """What is known of a person at the station; the same at every call."""
    rng = Random(f"{seed} resident {person.number}")
    telling = _draw_telling(person, world, rng)
    tells = world.tellings[telling]
    talk = _Talk(person, world, tells, Clerk.listening_to(person, world, rng))
    clues = tuple(_in_one_text(talk.clues()))
    apparent_age = _apparent_age(person, world.station, rng)
    told = merge_facts(
        (
            facts_from_clues(clues),
            told_numbers(person, world, tells, seed),
            told_circumstances(person, world, tells, seed),
        )
    )
    dialect = _heard_dialect(person, world, tells, rng)
    return Resident(
        person=person,
        probe=_probe(talk, told, apparent_age, dialect),
        clues=clues,
        apparent_age=apparent_age,
        dialect=dialect,
        photo=_photo(person, world.station, rng),
        telling=telling,
        told=frozenset(talk.told),
        true_record=true_record,
    )


def _draw_telling(person: Person, world: Parameters, rng: Random) -> str:
    is_young = person.age_when_found < world.station.young
    kinds = [
        (number, each.share_young if is_young else each.share)
        for number, each in enumerate(world.tellings.values())
    ]
    return list(world.tellings)[drawn(kinds, rng)]


def _probe(talk: "_Talk", told: PersonFacts, apparent_age: int, dialect: str | None) -> Probe:
    """As the program's own `probe_of` puts form and talks together."""
    person, world, rng = talk.person, talk.world, talk.rng
    looks_born = person.found_on.year - apparent_age
    guess = _years(looks_born - APPARENT_AGE_SLACK, looks_born + APPARENT_AGE_SLACK)
    seen = replace(
        told,
        birth=told.birth or guess,
        apparent_birth=guess if told.birth else None,
        sex=_seen_sex(person, world.station, rng),
        height_cm=_seen_height(person, world, rng),
        marks=tuple(_seen_marks(person, world.station, rng)),
    )
    return Probe(
        case_id=f"C{person.number}",
        facts=seen,
        found_on=person.found_on,
        found_place=written(_found_place(person, world, rng)),
        dialect=((dialect, 1.0),) if dialect else (),
    )


def _seen_sex(person: Person, station: Station, rng: Random) -> Sex:
    if rng.random() >= station.sex_wrong:
        return person.sex
    return Sex.FEMALE if person.sex is Sex.MALE else Sex.MALE


def _seen_height(person: Person, world: Parameters, rng: Random) -> int | None:
    if rng.random() < world.station.no_height:
        return None
    true = height_at(person, person.age_when_found, world)
    return round(rng.gauss(true, world.station.height_error))


def _seen_marks(person: Person, station: Station, rng: Random) -> Iterator[str]:
    for row in person.marks:
        words = rng.choice(marks()[row])
        if rng.random() < station.mark_seen:
            yield words.translate(_SIDES) if rng.random() < station.mark_side_wrong else words


def _found_place(person: Person, world: Parameters, rng: Random) -> Path:
    station, kind = world.station, rng.random()
    if kind < station.found_same_city:
        return person.missing_from[:2]
    kind -= station.found_same_city
    if kind < station.found_same_province:
        return draw_city(person.missing_from[0], rng)
    kind -= station.found_same_province
    if kind < station.found_home_province:
        return draw_city(person.origin.path[0], rng)
    return draw_city(provinces(world).draw(rng), rng)


def _apparent_age(person: Person, station: Station, rng: Random) -> int:
    age = person.age_when_found
    if age < ADULT:
        return max(0, round(rng.gauss(age, station.apparent_age_error_minors)))
    return max(ADULT - 2, round(rng.gauss(age + station.looks_older, station.apparent_age_error)))


def _heard_dialect(person: Person, world: Parameters, telling: Telling, rng: Random) -> str | None:
    group = person.origin.speech.group
    if not group or rng.random() >= telling.dialect:
        return None
    kind = rng.random()
    if kind < world.hearing.right_group:
        return group
    if kind < world.hearing.right_group + world.hearing.near_group:
        return rng.choice(groups_of_province()[person.origin.path[0]])
    return rng.choice(dialect_groups()).id


def _photo(person: Person, station: Station, rng: Random) -> PhotoTaken | None:
    is_poor = rng.random() < station.poor_photo
    if rng.random() < station.no_photo + station.useless_photo:
        return None
    return PhotoTaken(age=person.age_when_found, on=person.found_on, is_poor=is_poor)


def _in_one_text(clues: Iterator[Clue]) -> Iterator[Clue]:
    """Places in a text that is nothing but the clues, one after the other."""
    start = 0
    for clue in clues:
        yield replace(clue, start=start, end=start + len(clue.text))
        start += len(clue.text)


@dataclass(frozen=True, slots=True)
class _Talk:
    """What one resident tells."""

    person: Person
    world: Parameters
    telling: Telling
    clerk: Clerk
    #: The true things among what was told.
    told: set[str] = field(default_factory=set)

    @property
    def rng(self) -> Random:
        return self.clerk.rng

    def clues(self) -> Iterator[Clue]:
        yield from self._name()
        yield from self._home()
        yield from self._relatives()
        yield from self._age()

    def _name(self) -> Iterator[Clue]:
        said = self._said_name()
        if said:
            yield _clue(ClueKind.SELF_NAME, said)

    def _said_name(self) -> str | None:
        person, telling, kind = self.person, self.telling, self.rng.random()
        if kind < telling.own_name:
            self.told.add("name")
            if self.rng.random() < telling.writes:
                return person.name
            return self.clerk.name(person.surname, person.given)
        kind -= telling.own_name
        if kind < telling.surname_only:
            return self.clerk.name(person.surname, "")
        kind -= telling.surname_only
        if kind < telling.pet_name:
            return self._pet_name()
        return self._another_name() if kind - telling.pet_name < telling.another_name else None

    def _pet_name(self) -> str:
        person = self.person
        self.told.add("pet_name")
        if person.nickname:
            return person.nickname
        return f"阿{self.clerk.name('', person.given[-1])}"

    def _another_name(self) -> str:
        given = draw_given(self.world, self.person.sex, self.person.born, self.rng)
        return surnames().draw(self.rng) + given

    def _home(self) -> Iterator[Clue]:
        if self.rng.random() >= self.telling.home:
            return
        origin = self.person.origin
        if self.rng.random() < self.telling.wrong_home:
            origin = draw_origin(provinces(self.world), self.rng)
        depth = int(self.telling.depth[drawn(self.telling.depth, self.rng)][0])
        if origin == self.person.origin and depth >= _COUNTY:
            self.told.add("home")
        yield _clue(ClueKind.HOME_PLACE, self.clerk.place(origin, depth))

    def _relatives(self) -> Iterator[Clue]:
        for each in self.person.relatives:
            if each.name and self.rng.random() < self.telling.relative:
                yield self._relative(each.relation, each.name)

    def _relative(self, relation: Relation, name: str) -> Clue:
        if self.rng.random() < self.telling.relative_wrong:
            name = self._another_name()
        else:
            self.told.add("relatives")
        parts = split_name(name)
        return _clue(ClueKind.RELATIVE, self.clerk.name(parts.surname, parts.given), relation)

    def _age(self) -> Iterator[Clue]:
        if self.rng.random() >= self.telling.age:
            return
        error = round(self.rng.gauss(0, self.telling.age_error))
        if self.rng.random() < self.world.hearing.birth_year_said:
            year = self.person.born + error
            yield _clue(ClueKind.AGE_OR_BIRTH, f"{year}年", years=_years(year, year))
            return
        age = max(1, self._said_age() + error)
        born = self.person.found_on.year - age
        years = _years(born - _SLACK_OF_AGE, born + _SLACK_OF_AGE)
        yield _clue(ClueKind.AGE_OR_BIRTH, f"{age}岁", years=years)

    def _said_age(self) -> int:
        age, hearing = self.person.age_when_found, self.world.hearing
        if self.rng.random() < hearing.nominal_age:
            age += 2 if self.rng.random() < 1 / 8 else 1
        return 5 * round(age / 5) if self.rng.random() < hearing.heaped_age else age


def _years(earliest: int, latest: int) -> YearRange:
    return YearRange(earliest=earliest, latest=latest)


def _clue(
    kind: ClueKind, text: str, relation: Relation | None = None, years: YearRange | None = None
) -> Clue:
    return Clue(
        kind=kind,
        start=0,
        end=len(text),
        text=text,
        speaker=Speaker.RESIDENT,
        value=text,
        relation=relation,
        years=years,
    )
