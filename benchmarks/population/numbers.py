"""Numbers and blood groups: what stands on papers, and what somebody still knows of it.

No number can be anybody's: ID numbers end in a wrong check character, and no phone begins with 10.
"""

from random import Random
from typing import Final

from benchmarks.population.parameters import Parameters, Telling
from benchmarks.population.persons import Person
from benchmarks.population.tables import Shares
from matching.model import BloodType, PersonFacts, Sex
from matching.text.gazetteer import gazetteer

#: Weights and characters of the check character, GB 11643-1999.
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_PHONE_DIGITS: Final = 9


def id_number(person: Person, rng: Random) -> str:
    """County, day of birth, a serial number that tells the sex, and a check character that is wrong."""
    code = gazetteer().code(person.origin.county_node) or "000000"
    serial = 2 * rng.randrange(500) + (person.sex is Sex.MALE)
    day = f"{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    number = f"{code}{person.born}{day}{serial:03d}"
    right = sum(w * int(digit) for w, digit in zip(_WEIGHTS, number, strict=True)) % 11
    return number + _CHECKS[(right + 1) % 11]


def phone_number(rng: Random) -> str:
    """Eleven digits as of a mobile phone."""
    return "10" + "".join(str(rng.randrange(10)) for _ in range(_PHONE_DIGITS))


def filed_numbers(person: Person, world: Parameters, seed: int) -> PersonFacts:
    """What the family knows of them."""
    rng = Random(f"{seed} filed numbers {person.number}")
    blood, number, phone = _true(person, world, seed)
    filing = world.record
    return PersonFacts(
        blood_type=blood if rng.random() < filing.blood else None,
        id_digits=(number,) if rng.random() < filing.id_number else (),
        phone_digits=(phone,) if rng.random() < filing.phone else (),
    )


def told_numbers(person: Person, world: Parameters, telling: Telling, seed: int) -> PersonFacts:
    """What the resident remembers; the station has some groups tested."""
    rng = Random(f"{seed} told numbers {person.number}")
    blood, number, phone = _true(person, world, seed)
    return PersonFacts(
        blood_type=blood if rng.random() < world.station.blood_tested else None,
        id_digits=_remembered(number, telling.id_number, world, rng),
        phone_digits=_remembered(phone, telling.phone, world, rng),
    )


def _true(person: Person, world: Parameters, seed: int) -> tuple[BloodType, str, str]:
    rng = Random(f"{seed} numbers {person.number}")
    blood = BloodType(Shares.of(world.people.blood).draw(rng))
    return blood, id_number(person, rng), phone_number(rng)


def _remembered(number: str, share: float, world: Parameters, rng: Random) -> tuple[str, ...]:
    """A stretch of the number, now and then with a wrong digit."""
    if rng.random() >= share:
        return ()
    length = rng.randint(4, len(number))
    start = rng.randrange(len(number) - length + 1)
    digits = list(number[start : start + length])
    if rng.random() < world.hearing.wrong_digit:
        digits[rng.randrange(length)] = str(rng.randrange(10))
    return ("".join(digits),)
