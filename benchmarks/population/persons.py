"""The people of the simulation as they are, before anybody writes anything down."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Final

from benchmarks.population.parameters import Parameters, People, drawn, stepped
from benchmarks.population.places import Origin, Path, draw_city, draw_origin
from benchmarks.population.tables import Shares, given_characters, marks, surnames
from fixtures.people import people_words
from matching.model import Relation, Relative, Sex

ADULT: Final = 18
ELDERLY: Final = 60
_SPOUSES: Final = {Sex.MALE: Relation.WIFE, Sex.FEMALE: Relation.HUSBAND}
_WOMEN: Final = frozenset(
    {
        Relation.MOTHER,
        Relation.ELDER_SISTER,
        Relation.YOUNGER_SISTER,
        Relation.WIFE,
        Relation.DAUGHTER,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who went missing."""

    #: Draws everything else about the person, together with the world's seed.
    number: int
    surname: str
    given: str
    nickname: str | None
    former_name: str | None
    sex: Sex
    born: int
    #: As an adult, in the best years; cm.
    height: float
    origin: Origin
    #: Rows of `tables.marks()`.
    marks: tuple[int, ...]
    #: Everybody in the family, with full names.
    relatives: tuple[Relative, ...]
    missing_on: date
    missing_from: Path
    found_on: date

    @property
    def name(self) -> str:
        return self.surname + self.given

    @property
    def age_when_missing(self) -> int:
        return self.missing_on.year - self.born

    @property
    def age_when_found(self) -> int:
        return self.found_on.year - self.born

    @property
    def gap_years(self) -> float:
        return (self.found_on - self.missing_on).days / 365.25


def draw_person(world: Parameters, seed: int, number: int) -> Person:
    """The person with this number; nothing depends on who else is drawn."""
    rng = Random(f"{seed} person {number}")
    people = world.people
    found_on = date(people.found_year, 1, 1) + timedelta(days=rng.randrange(320))
    age, missing_on = _draw_age_and_day(people, found_on, rng)
    born = missing_on.year - age
    sex = _draw_sex(people, age, rng)
    surname = surnames().draw(rng)
    given = draw_given(world, sex, born, rng)
    origin = draw_origin(provinces(world), rng)
    return Person(
        number=number,
        surname=surname,
        given=given,
        nickname=_draw_nickname(given, sex, rng) if rng.random() < people.nickname else None,
        former_name=_draw_former(world, surname, sex, born, rng),
        sex=sex,
        born=born,
        height=_draw_height(people, sex, born, rng),
        origin=origin,
        marks=_draw_marks(people, rng),
        relatives=tuple(_draw_family(world, surname, sex, (born, missing_on.year), rng)),
        missing_on=missing_on,
        missing_from=_draw_missing_from(world, origin, rng),
        found_on=found_on,
    )


def sibling_of(person: Person, world: Parameters, seed: int, number: int) -> Person:
    """Somebody of the same family: other name, age and perhaps sex."""
    other = draw_person(world, seed, number)
    rng = Random(f"{seed} sibling {number}")
    born = person.born + rng.choice((-5, -4, -3, -2, 2, 3, 4, 5))
    return replace(
        other,
        surname=person.surname,
        given=draw_given(world, other.sex, born, rng),
        born=born,
        origin=person.origin,
        relatives=_family_of_sibling(person, other.relatives),
        missing_on=_not_before_birth(other.missing_on, born),
    )


def twin_of(person: Person, world: Parameters, seed: int, number: int) -> Person:
    """A twin of the same sex, gone missing at another time."""
    sibling = sibling_of(person, world, seed, number)
    rng = Random(f"{seed} twin {number}")
    return replace(
        sibling,
        given=draw_given(world, person.sex, person.born, rng),
        sex=person.sex,
        born=person.born,
        height=person.height + rng.gauss(0, 1),
        missing_on=_not_before_birth(sibling.missing_on, person.born),
    )


def namesake_of(person: Person, world: Parameters, seed: int, number: int) -> Person:
    """Somebody else of the same name, county and sex, near in age."""
    other = draw_person(world, seed, number)
    rng = Random(f"{seed} namesake {number}")
    born = person.born + rng.randint(-5, 5)
    county = person.origin.county
    return replace(
        other,
        surname=person.surname,
        given=person.given,
        sex=person.sex,
        born=born,
        origin=replace(person.origin, path=person.origin.path[:county]),
        missing_on=_not_before_birth(other.missing_on, born),
    )


def draw_given(world: Parameters, sex: Sex, born: int, rng: Random) -> str:
    """One or two characters, by sex and decade."""
    characters = given_characters(sex, born)
    one = characters.draw(rng)
    if rng.random() < stepped(world.people.one_character, born):
        return one
    return one + characters.draw(rng)


def provinces(world: Parameters) -> Shares:
    """The provinces by their people."""
    return _provinces(tuple(world.people.provinces.items()))


@cache
def _provinces(weights: tuple[tuple[str, float], ...]) -> Shares:
    return Shares.of(dict(weights))


def _draw_age_and_day(people: People, found_on: date, rng: Random) -> tuple[int, date]:
    """Age when missing and the day; drawn again together until the person can be alive."""
    while True:
        age, gap = _draw_age(people, rng), _draw_gap(people, rng)
        if age + gap <= people.oldest:
            return age, found_on - timedelta(days=round(gap * 365.25) + 1)


def _draw_age(people: People, rng: Random) -> int:
    kind = rng.random()
    if kind < people.minors:
        return rng.randint(1, ADULT - 1)
    if kind < people.minors + people.adults:
        return int(rng.triangular(ADULT, ELDERLY, people.adult_mode_age))
    return max(ELDERLY, round(rng.gauss(people.elderly_mean_age, people.elderly_spread)))


def _draw_gap(people: People, rng: Random) -> float:
    row = drawn(people.gap_years, rng)
    least = people.gap_years[row - 1][0] if row else 0
    return rng.uniform(least, people.gap_years[row][0])


def _draw_sex(people: People, age: int, rng: Random) -> Sex:
    men = people.men_adults
    if age < ADULT:
        men = people.men_minors
    elif age >= ELDERLY:
        men = people.men_elderly
    return Sex.MALE if rng.random() < men else Sex.FEMALE


def _draw_nickname(given: str, sex: Sex, rng: Random) -> str:
    return rng.choice(people_words().nicknames[sex]).replace("X", given[-1])


def _draw_former(world: Parameters, surname: str, sex: Sex, born: int, rng: Random) -> str | None:
    if rng.random() >= world.people.former_name:
        return None
    return surname + draw_given(world, sex, born, rng)


def _draw_height(people: People, sex: Sex, born: int, rng: Random) -> float:
    mean = people.height_men if sex is Sex.MALE else people.height_women
    decades = min(born - 1960, 45) / 10
    return rng.gauss(mean + people.height_gain * decades, people.height_spread)


def _draw_marks(people: People, rng: Random) -> tuple[int, ...]:
    found: list[int] = []
    while len(found) < people.marks_at_most and rng.random() < people.mark:
        found.append(rng.randrange(len(marks())))
    return tuple(dict.fromkeys(found))


def _draw_missing_from(world: Parameters, origin: Origin, rng: Random) -> Path:
    if rng.random() < world.people.missing_near_home:
        return origin.to_depth(3)
    return draw_city(provinces(world).draw(rng), rng)


def _draw_family(
    world: Parameters, surname: str, sex: Sex, years: tuple[int, int], rng: Random
) -> Iterator[Relative]:
    """The relatives of somebody born in the first of `years` who went missing in the second."""
    born, missing = years
    for word, (share, gap) in _possible_kin(world, missing - born):
        if rng.random() < share:
            relation = _SPOUSES[sex] if word == "spouse" else Relation(word)
            yield _draw_relative(world, surname, sex, relation, born + gap, rng)


def _possible_kin(world: Parameters, age: int) -> Iterator[tuple[str, tuple[float, int]]]:
    family = world.family
    for word, figures in family.items():
        if isinstance(figures, list):
            needed = {
                "spouse": ADULT,
                "son": family["child_from"],
                "daughter": family["child_from"],
            }
            if age >= needed.get(word, 0):
                share, gap = figures
                is_gone = word in {"father", "mother"} and age >= ELDERLY
                yield word, (family["elderly_father"] if is_gone else share, gap)


def _draw_relative(
    world: Parameters, surname: str, sex: Sex, relation: Relation, born: int, rng: Random
) -> Relative:
    """Children bear the father's surname; wives, husbands and mothers their own."""
    own = {Relation.MOTHER, Relation.WIFE, Relation.HUSBAND}
    if sex is Sex.FEMALE:
        own |= {Relation.SON, Relation.DAUGHTER}
    theirs = Sex.FEMALE if relation in _WOMEN else Sex.MALE
    family = surnames().draw(rng) if relation in own else surname
    return Relative(relation=relation, name=family + draw_given(world, theirs, born, rng))


def _family_of_sibling(person: Person, own: tuple[Relative, ...]) -> tuple[Relative, ...]:
    """The same parents, one's own spouse and children."""
    parents = {Relation.FATHER, Relation.MOTHER}
    return (
        *(each for each in person.relatives if each.relation in parents),
        *(each for each in own if each.relation not in parents),
    )


def _not_before_birth(missing_on: date, born: int) -> date:
    return missing_on.replace(year=max(missing_on.year, born + 1), day=min(missing_on.day, 28))
