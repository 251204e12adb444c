"""The missing-person record that a family or the police wrote about a person."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from benchmarks.population.circumstances import filed_circumstances
from benchmarks.population.numbers import filed_numbers
from benchmarks.population.parameters import Filing, Parameters, drawn
from benchmarks.population.persons import ADULT, ELDERLY, Person
from benchmarks.population.places import neighbour, written
from benchmarks.population.tables import marks, name_homophone
from casework.search.probe import merge_facts
from matching.model import Candidate, Home, Relative, Sex, YearRange

#: Heights of children by age, cm: WHO growth reference, medians of both sexes together, rounded.
_CHILD_HEIGHT = (
    50,
    75,
    87,
    95,
    103,
    110,
    116,
    122,
    127,
    133,
    138,
    144,
    150,
    156,
    161,
    165,
    167,
    168,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoTaken:
    """When a photo was taken, and whether it is a poor one."""

    age: float
    on: date
    is_poor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledRecord:
    """A record, and the photo that came with it."""

    person: Person
    candidate: Candidate
    photo: PhotoTaken | None


def file_record(person: Person, world: Parameters, seed: int) -> FiledRecord:
    """The record of a person; the same at every call."""
    rng = Random(f"{seed} record {person.number}")
    filing = world.record
    facts = replace(
        merge_facts((filed_numbers(person, world, seed), filed_circumstances(person, world, seed))),
        names=_names(person, filing, rng),
        sex=_sex(person, filing.sex_wrong, rng),
        birth=_birth(person, filing, rng),
        height_cm=_height(person, world, rng),
        homes=_homes(person, filing, rng),
        relatives=_relatives(person, filing, rng),
        marks=_marks(person, filing, rng),
    )
    candidate = Candidate(
        record_id=record_id(person.number),
        facts=facts,
        missing_since=None if rng.random() < filing.no_date else person.missing_on,
        missing_place=None
        if rng.random() < filing.no_missing_place
        else written(person.missing_from),
    )
    return FiledRecord(person=person, candidate=candidate, photo=_photo(person, filing, rng))


def file_again(first: FiledRecord, world: Parameters, seed: int) -> Candidate:
    """What another relative files of the same person, who has another phone and no photo."""
    other = file_record(first.person, world, seed + 1).candidate
    facts = replace(
        other.facts, id_digits=first.candidate.facts.id_digits, phone_digits=(), blood_type=None
    )
    return replace(other, record_id=again_id(first.candidate.record_id), facts=facts)


def again_id(first: str) -> str:
    """The id of the record that was filed later for the person of this one."""
    return f"{first}-2"


def record_id(number: int) -> str:
    """The id of the record of the person with this number."""
    return f"R{number:07d}"


def height_at(person: Person, age: int, world: Parameters) -> float:
    """cm; children grow, the old shrink."""
    if age < ADULT:
        return person.height * _CHILD_HEIGHT[max(age, 0)] / _CHILD_HEIGHT[-1]
    return person.height - world.people.shrinks * max(0, age - world.people.shrinks_after)


def _names(person: Person, filing: Filing, rng: Random) -> tuple[str, ...]:
    own = person.surname + "".join(
        name_homophone(char, rng) if rng.random() < filing.miswritten else char
        for char in person.given
    )
    names = [own]
    if person.former_name and rng.random() < filing.former_name:
        names.append(person.former_name)
    if person.nickname and rng.random() < filing.pet_name:
        names.append(person.nickname)
    return tuple(names)


def _sex(person: Person, wrong: float, rng: Random) -> Sex:
    if rng.random() >= wrong:
        return person.sex
    return Sex.FEMALE if person.sex is Sex.MALE else Sex.MALE


def _birth(person: Person, filing: Filing, rng: Random) -> YearRange | None:
    kind = rng.random()
    if kind < filing.no_birth:
        return None
    year = person.born
    if rng.random() < filing.birth_off_by_one:
        year += rng.choice((-1, 1))
    slack = 2 if kind < filing.no_birth + filing.vague_birth else 0
    return YearRange(earliest=year - slack, latest=year + slack)


def _height(person: Person, world: Parameters, rng: Random) -> int | None:
    if rng.random() < world.record.no_height:
        return None
    true = height_at(person, person.age_when_missing, world)
    return round(rng.gauss(true, world.record.height_error))


def _homes(person: Person, filing: Filing, rng: Random) -> tuple[Home, ...]:
    if rng.random() < filing.no_home:
        return ()
    is_elsewhere = rng.random() < filing.elsewhere
    origin = neighbour(person.origin, rng) if is_elsewhere else person.origin
    depth = int(filing.depth[drawn(filing.depth, rng)][0])
    path = origin.to_depth(depth)
    return (Home(text=written(path), path=path),)


def _relatives(person: Person, filing: Filing, rng: Random) -> tuple[Relative, ...]:
    """One who reports, and some of the others."""
    named = [each for each in person.relatives if rng.random() < filing.relative]
    if person.relatives and rng.random() < filing.reporter:
        named.append(rng.choice(person.relatives))
    return tuple(each for each in person.relatives if each in named)


def _marks(person: Person, filing: Filing, rng: Random) -> tuple[str, ...]:
    return tuple(rng.choice(marks()[row]) for row in person.marks if rng.random() < filing.mark)


def _photo(person: Person, filing: Filing, rng: Random) -> PhotoTaken | None:
    years = rng.expovariate(1 / filing.photo_age)
    is_poor = rng.random() < filing.poor_photo
    if rng.random() < filing.no_photo:
        return None
    years = min(years, max(0.0, person.age_when_missing - 1), ELDERLY)
    on = person.missing_on - timedelta(days=round(years * 365.25))
    return PhotoTaken(age=person.age_when_missing - years, on=on, is_poor=is_poor)
