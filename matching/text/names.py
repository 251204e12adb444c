"""Personal names: surname and given name, pet names, and how alike two names are."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from matching.text.normalize import is_han, normalize
from matching.text.pinyin import Syllables, fold, readings, surname_table

#: 阿福 小福 老福 and 福仔 福娃: the one character that is left says little, but something.
_PET_HEADS: Final = frozenset("阿小老大")
_PET_TAILS: Final = frozenset("仔娃崽妹儿伢")
_LONGEST_NAME: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name taken apart. Either part may be empty (only a surname said, only a pet name)."""

    surname: str
    given: str
    is_pet_name: bool = False


class NameOutcome(StrEnum):
    """How alike two names are, from most to least."""

    EXACT = "exact"
    HOMOPHONE = "homophone"
    NEAR = "near"
    #: A pet name (阿福) and a full name share a character.
    PET_NAME = "pet_name"
    SURNAME = "surname"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """The outcome and, in Chinese, the rules that led to it."""

    outcome: NameOutcome
    rules: tuple[str, ...] = ()


def split_name(text: str) -> PersonName:
    """Take a name apart; what is no Chinese name is a given name as a whole."""
    name = normalize(text)[:_LONGEST_NAME]
    if not name or not all(is_han(each) for each in name):
        return PersonName(surname="", given=name)
    if name[:2] in surname_table().compound and len(name) > 2:  # noqa: PLR2004 - 复姓 plus a name
        return PersonName(surname=name[:2], given=name[2:])
    if len(name) == 2 and name[0] in _PET_HEADS:  # noqa: PLR2004 - 阿福
        return PersonName(surname="", given=name[1], is_pet_name=True)
    if len(name) == 2 and name[1] in _PET_TAILS:  # noqa: PLR2004 - 福仔
        return PersonName(surname="", given=name[0], is_pet_name=True)
    return PersonName(surname=name[0], given=name[1:])


def name_similarity(one: str, other: str) -> NameMatch:
    """How alike two names are by writing and by sound; symmetric."""
    first, second = split_name(one), split_name(other)
    if not (first.surname + first.given) or not (second.surname + second.given):
        return NameMatch(outcome=NameOutcome.DIFFERENT)
    if first.is_pet_name or second.is_pet_name:
        return _pet_match(first, second)
    if (first.surname, first.given) == (second.surname, second.given):
        return NameMatch(outcome=NameOutcome.EXACT, rules=("同名",))
    if first.given and second.given:
        match = _sound_match(first, second)
        if match is not None:
            return match
    if first.surname and first.surname == second.surname:
        return NameMatch(outcome=NameOutcome.SURNAME, rules=("同姓",))
    return NameMatch(outcome=NameOutcome.DIFFERENT)


def _sound_match(first: PersonName, second: PersonName) -> NameMatch | None:
    ours, theirs = _readings(first), _readings(second)
    if ours & theirs:
        return NameMatch(outcome=NameOutcome.HOMOPHONE, rules=("同音",))
    if {fold(each) for each in ours} & {fold(each) for each in theirs}:
        return NameMatch(outcome=NameOutcome.NEAR, rules=("近音",))
    if len(first.given) > 1 and _one_apart(ours, theirs):
        return NameMatch(outcome=NameOutcome.NEAR, rules=("一字不同音",))
    return None


def _pet_match(first: PersonName, second: PersonName) -> NameMatch:
    shared = set(first.given) & set(second.given)
    if shared:
        return NameMatch(outcome=NameOutcome.PET_NAME, rules=("小名与本名同字",))
    return NameMatch(outcome=NameOutcome.DIFFERENT)


def _readings(name: PersonName) -> frozenset[Syllables]:
    return frozenset(readings(name.surname, name.given))


def _one_apart(ours: frozenset[Syllables], theirs: frozenset[Syllables]) -> bool:
    """Same length and surname sound, and all but one syllable of the given name alike."""
    return any(
        len(a) == len(b) and a[0] == b[0] and sum(x != y for x, y in zip(a, b, strict=True)) == 1
        for a in ours
        for b in theirs
    )
