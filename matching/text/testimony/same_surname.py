"""Surnames that run in a family: 阿娣 whose father is 区伯佑 may be 区娣.

An inference is only ever another reading behind what was said, never the value itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from matching.model import Relation
from matching.text.testimony.clues import Clue, ClueKind
from matching.text.testimony.names_said import lacks_surname, surname_length, surnamed

#: Who bears the resident's own surname as a rule: father, brothers and sisters.
_LINE: Final = frozenset(
    {
        Relation.FATHER,
        Relation.ELDER_BROTHER,
        Relation.YOUNGER_BROTHER,
        Relation.ELDER_SISTER,
        Relation.YOUNGER_SISTER,
        Relation.SIBLING,
    }
)
_CHILDREN: Final = frozenset({Relation.SON, Relation.DAUGHTER, Relation.CHILD})
#: Surnames tried for one name, those said most often first.
_MOST: Final = 2


def with_family_surnames(found: Sequence[Clue]) -> Iterator[Clue]:
    """The clues of a talk, names without a surname with those of the family as further readings."""
    own = _surnames(clue for clue in found if clue.kind is ClueKind.SELF_NAME)
    line = own + _surnames(clue for clue in found if clue.relation in _LINE)
    husbands = _surnames(clue for clue in found if clue.relation is Relation.HUSBAND)
    children = husbands or own + _surnames(clue for clue in found if clue.relation in _CHILDREN)
    for clue in found:
        if clue.kind is ClueKind.SELF_NAME or clue.relation in _LINE:
            yield _with(clue, line)
        elif clue.relation in _CHILDREN:
            yield _with(clue, children)
        else:
            yield clue


def _surnames(clues: Iterable[Clue]) -> Counter[str]:
    """How often each surname was said, alone or at the head of a name."""
    named = (clue.value.removeprefix("老") for clue in clues if not lacks_surname(clue.value))
    return Counter(name[: surname_length(name) or 1] for name in named)


def _with(clue: Clue, surnames: Counter[str]) -> Clue:
    if not surnames or not lacks_surname(clue.value):
        return clue
    likely = [surname for surname, _ in surnames.most_common(_MOST)]
    readings = (*clue.alternatives, *surnamed(clue.value, likely))
    others = tuple(each for each in dict.fromkeys(readings) if each != clue.value)
    return replace(clue, alternatives=others)
