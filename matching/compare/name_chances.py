"""How likely a heard name is for every name of a registry at once."""

from dataclasses import dataclass

import numpy as np

from matching.compare.likelihood import Floats
from matching.registry.registry import NameColumn
from matching.text.name_costs import anybody_costs, heard_as
from matching.text.name_tables import name_weights
from matching.text.names import alternatives, split_name
from matching.text.sound_costs import SoundCosts


@dataclass(frozen=True, slots=True, eq=False)
class NameChances:
    """P(heard | name), by parts."""

    surname: Floats
    given: Floats
    #: The same over the country's population.
    anybody_surname: float
    anybody_given: float
    has_given: bool


def name_chances(heard: str, column: NameColumn, sound: SoundCosts) -> tuple[NameChances, ...]:
    """One for each name that the clerk left open; empty when nothing in it can be read.

    `surname` and `given` have a chance for each part of the column.
    """
    found = (_chances(reading, column, sound) for reading in alternatives(heard))
    return tuple(each for each in found if each is not None)


def _chances(reading: str, column: NameColumn, sound: SoundCosts) -> NameChances | None:
    surname, given = heard_as(split_name(reading))
    if not surname and not given:
        return None
    weights = name_weights()
    own, rest = anybody_costs(surname, given, sound)
    return NameChances(
        surname=np.exp(-column.surnames.costs(surname, sound, weights.surname_unsaid)),
        given=np.exp(-column.given.costs(given, sound, weights.given_unsaid)),
        anybody_surname=float(np.exp(-own)),
        anybody_given=float(np.exp(-rest)),
        has_given=bool(given),
    )
