"""One form for one text: width, case, spaces and punctuation put aside; characters kept.

Nothing is simplified or replaced: rare characters (䶮, 㛃, 𬭎) and private-use ones pass through.
"""

import unicodedata
from typing import Final

#: Unicode categories that carry no name: separators, punctuation, symbols, controls.
_SILENT: Final = ("Z", "P", "S", "Cc", "Cf")


def normalize(text: str) -> str:
    """NFKC, lower case, without spaces, punctuation and control characters. Idempotent."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(each for each in folded if not unicodedata.category(each).startswith(_SILENT))
    # Removing a control character can bring a base and a combining mark together.
    again = unicodedata.normalize("NFKC", kept)
    return again if again == text else normalize(again)


#: Code points of Chinese characters: unified with extension A, compatibility, supplementary planes
#: (extensions B and later), private use (characters that stations added to their fonts).
_HAN: Final = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF), (0xE000, 0xF8FF))


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one, rare and private-use ones included."""
    return any(first <= ord(char) <= last for first, last in _HAN)
