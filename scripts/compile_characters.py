"""Compile `matching/text/data/characters.bin`: readings, written form and Cantonese of characters.

Beside it `jyutping.tsv` spells the Cantonese syllables that it numbers.

Sources: pypinyin (MIT) for Mandarin, ToJyutping (BSD-2-Clause) for Cantonese, OpenCC (Apache-2.0)
for the simplified form of single characters, the character dictionary of jionlp (Apache-2.0) for
radical, parts and four-corner code. All are development dependencies: only the files are shipped.

    python -m scripts.compile_characters            write the files
    python -m scripts.compile_characters --check    exit 1 when one is not what would be written
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
import opencc
import ToJyutping
from numpy.typing import NDArray
from pypinyin import Style
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.style import convert

from matching.text.packed_arrays import pack
from matching.text.syllables import syllable_numbers
from scripts.derived_files import write_or_check
from scripts.jionlp_files import dictionary_lines

TEXT: Final = Path("matching/text")
FILE: Final = TEXT / "data/characters.bin"
CANTONESE: Final = TEXT / "data/jyutping.tsv"
_CANTONESE_HEAD: Final = """\
# The toneless Cantonese syllables in Jyutping, onset ("-" is none) and rime; m and ng alone are rimes.
# The order gives the numbers that characters.bin has: the first line below is 0.
# Compiled by scripts/compile_characters.py from ToJyutping (BSD-2-Clause).
"""
#: pypinyin's character table has readings that nobody uses (杜 tu, 王 yu). A second reading counts
#: when at least so many of its phrases have it.
ATTESTED: Final = 2
#: Onset and rime of a Cantonese syllable; a nasal that is all of it is its rime.
_ONSET: Final = re.compile(r"(ng(?=.)|gw|kw|(?!ng$)[bpmfdtnlgkhwzcsj](?=.))?(.+)")


def main() -> None:
    """Write the files, or compare them with what would be written."""
    characters = sorted(map(chr, PINYIN_DICT))
    spoken: dict[str, int] = {}
    packed = compiled(characters, list(cantonese(characters, spoken)))
    write_or_check({FILE: packed, CANTONESE: spelled(spoken)})


def compiled(characters: list[str], spoken: list[list[int]]) -> bytes:
    """The content of `FILE`; `spoken` has the Cantonese syllables of each character."""
    readings = mandarin(characters)
    forms = written_forms()
    arrays: dict[str, NDArray[np.generic]] = {
        "characters": np.array([ord(each) for each in characters], np.uint32),
        "simplified": np.array([ord(each) for each in simplified(characters)], np.uint32),
        "radical": np.array(
            [ord(forms[each][0]) if each in forms else 0 for each in characters], np.uint32
        ),
        "corners": np.array(
            [forms[each][1] if each in forms else -1 for each in characters], np.int32
        ),
    }
    arrays |= ragged("reading", (readings[each] for each in characters), np.uint16)
    arrays |= ragged(
        "part",
        ([ord(p) for p in forms[each][2]] if each in forms else [] for each in characters),
        np.uint32,
    )
    arrays |= ragged("jyutping", spoken, np.uint16)
    return pack(
        arrays,
        {
            "sources": {
                name: version(name) for name in ("pypinyin", "ToJyutping", "opencc", "jionlp")
            }
        },
    )


def ragged(
    name: str, rows: Iterable[list[int]], dtype: type[np.generic]
) -> dict[str, NDArray[np.generic]]:
    """Rows of different lengths as one flat array and the ends of the rows."""
    lists = list(rows)
    flat = np.array([each for row in lists for each in row], dtype)
    return {
        f"{name}s": flat,
        f"{name}_ends": np.cumsum([len(row) for row in lists]).astype(np.uint32),
    }


def mandarin(characters: Iterable[str]) -> dict[str, list[int]]:
    """Every reading in use, the most usual first, as syllable numbers."""
    attested = phrase_readings()
    numbers = syllable_numbers()
    table: dict[str, list[int]] = {}
    for char in characters:
        usual = [toneless(each) for each in PINYIN_DICT[ord(char)].split(",")]
        counted = [each for each, count in attested[char].most_common() if count >= ATTESTED]
        found = dict.fromkeys((usual[0], *counted, *also_read(char)))
        table[char] = [numbers[each] for each in found if each in numbers]
    return table


def also_read(char: str) -> list[str]:
    """Readings that are set by hand (`more_readings.toml`)."""
    more = tomllib.loads((TEXT / "more_readings.toml").read_text(encoding="utf-8"))
    return list(more["readings"].get(char, "").split())


def phrase_readings() -> dict[str, Counter[str]]:
    """How many phrases have a character in each reading."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, syllables in PHRASES_DICT.items():
        for char, each in zip(phrase, syllables, strict=False):
            counts[char][toneless(each[0])] += 1
    return counts


def toneless(reading: str) -> str:
    """yuán -> yuan, lǚ -> lv."""
    return str(convert(reading, Style.NORMAL, strict=False))


def simplified(characters: Iterable[str]) -> Iterator[str]:
    """The simplified form of each character by itself; phrases would change names."""
    converter = opencc.OpenCC("t2s")
    for each in characters:
        plain = converter.convert(each)
        yield plain if len(plain) == 1 else each


def written_forms() -> dict[str, tuple[str, int, str]]:
    """Radical, four-corner code (-1 unknown) and parts of each character of jionlp's dictionary."""
    forms: dict[str, tuple[str, int, str]] = {}
    for line in dictionary_lines("chinese_char_dictionary"):
        char, radical, _, corners, parts = (line.split("\t") + [""] * 5)[:5]
        if len(char) == 1 and len(radical) == 1:
            forms[char] = (radical, int(corners) if corners.isdecimal() else -1, parts.strip())
    return forms


def cantonese(characters: Iterable[str], numbers: dict[str, int]) -> Iterator[list[int]]:
    """Toneless Jyutping of each character, numbered in the order of first use; `numbers` is filled."""
    for each in characters:
        readings = (
            r.rstrip("123456")
            for _, found in ToJyutping.get_jyutping_candidates(each)
            for r in found
        )
        yield [numbers.setdefault(r, len(numbers)) for r in dict.fromkeys(readings)]


def spelled(syllables: Iterable[str]) -> bytes:
    """The content of `CANTONESE`."""
    parts = (_ONSET.fullmatch(each) for each in syllables)
    rows = [f"{found[1] or '-'}\t{found[2]}\n" for found in parts if found]
    return (_CANTONESE_HEAD + "".join(rows)).encode()


if __name__ == "__main__":
    main()
