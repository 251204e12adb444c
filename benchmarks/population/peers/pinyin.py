"""Names and places in letters, the usual way: one reading for each character, no tones."""

from functools import lru_cache

from pypinyin import lazy_pinyin


@lru_cache(maxsize=100_000)
def _letters(char: str) -> str:
    return str(lazy_pinyin(char)[0])


def in_letters(text: str, between: str = " ") -> str:
    """罗贤桂 -> luo xian gui."""
    return between.join(map(_letters, text))
