"""Personal names taken apart: surname and given name, pet names, names spelled aloud."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from matching.text.characters import simplified_text
from matching.text.name_tables import character_descriptions, nicknames, surname_shares
from matching.text.normalize import is_han, normalize
from matching.text.pinyin import surname_table

_LONGEST_NAME: Final = 12
_MOST_ALTERNATIVES: Final = 6
_OR: Final = re.compile(r"[/／、|]|或者?|还是")
#: （音）, (谐音): the clerk's note that the characters are a guess.
_NOTE: Final = re.compile(r"[（(【\[][^）)】\]]{0,12}[）)】\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A name taken apart. Either part may be empty (only a surname said, only a pet name)."""

    surname: str
    given: str
    is_pet_name: bool = False

    @property
    def text(self) -> str:
        """The whole name."""
        return self.surname + self.given


def split_name(text: str) -> PersonName:
    """Take a name apart; what is no Chinese name is a given name as a whole."""
    name = normalize(spelled_out(text[: 8 * _LONGEST_NAME]))[:_LONGEST_NAME]
    if not name or not all(is_han(each) for each in name):
        return PersonName(surname="", given=name)
    if name in nicknames().by_birth_order:
        return PersonName(surname="", given="", is_pet_name=True)
    if len(name) > 2 and _is_compound(name[:2]):  # noqa: PLR2004 - 复姓 plus a name
        return PersonName(surname=name[:2], given=name[2:])
    pet = _pet_character(name)
    if pet:
        return PersonName(surname="", given=pet, is_pet_name=True)
    titled = _without_title(name)
    if titled:
        return PersonName(surname="", given=titled)
    return PersonName(surname=name[0], given=name[1:])


def alternatives(text: str) -> tuple[str, ...]:
    """Every name that a clerk left open: 刘福生/刘胡生, 区伯佑（音）; at least the text itself."""
    bare = _NOTE.sub("", text[: 8 * _LONGEST_NAME]).strip()
    parts = [part.strip() for part in _OR.split(bare) if part.strip()]
    return tuple(dict.fromkeys(parts))[:_MOST_ALTERNATIVES] or (bare,)


def spelled_out(text: str) -> str:
    """A name with its characters put in for what was said of them: 弓长张伟 -> 张伟."""
    return _descriptions().sub(lambda match: character_descriptions()[match.group()], text)


def _without_title(name: str) -> str:
    """The given name in front of a form of address (秀英姐); "" where none is, or a surname leads."""
    if name[0] in surname_shares():
        return ""
    bare = (name.removesuffix(title) for title in nicknames().titles if name.endswith(title))
    return next((each for each in bare if len(each) == 2), "")  # noqa: PLR2004 - two characters


def _is_compound(head: str) -> bool:
    """Whether two characters are one surname, in simplified or traditional form (欧阳, 歐陽)."""
    return simplified_text(head) in surname_table().compound


def _pet_character(name: str) -> str:
    """The one character that a pet name keeps: 阿福, 福仔, 小福子, 强强; "" when it is none."""
    tables = nicknames()
    bare = name[1:] if len(name) > 1 and name[0] in tables.heads else name
    if len(bare) == 2 and bare[0] == bare[1]:  # noqa: PLR2004 - said twice
        return bare[0]
    for tail in tables.tails:
        if bare.endswith(tail) and len(bare) - len(tail) == 1 and len(tail) < len(bare):
            return bare[0]
    return bare if len(bare) == 1 < len(name) else ""


@cache
def _descriptions() -> re.Pattern[str]:
    words = sorted(character_descriptions(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))
