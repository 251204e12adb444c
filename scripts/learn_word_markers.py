"""Learn which words give a dialect group away; write the table that is shipped.

    python -m scripts.learn_word_markers --data $GUITU_DEVDATA [--check]

`words_beida.tsv` says how 18 dialects of 14 groups say 905 things (汉语方言词汇, lexibank/beidasinitic, CC-BY-4.0).
Every word of up to three characters, and every run of characters that the words for several things share, counts
for its group; what the standard word of any thing, or Beijing, has too says nothing, and a single character counts only if it is neither common (GB 2312
level 1) nor a surname. The likelihood ratio of a group is (its rate + b) / 2b, b being the mean rate over groups,
so that a run never heard in a group counts as half as likely there. Things held back for benchmarks
(`is_held_back`) are never read.
"""

import csv
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from matching.dialect.groups import dialect_groups
from matching.dialect.word_markers import LONGEST, UNHEARD
from matching.text.pinyin import surname_table
from scripts.derived_files import data_folder, write_or_check
from scripts.dialects.field_data import simplified
from scripts.dialects.homophones import common_characters

VERSION, DATE = "word-markers-2", "2026-11-25"
SOURCE = "汉语方言词汇 (Beijing University 1964), lexibank/beidasinitic, CC-BY-4.0"
OUT = Path(__file__).parents[1] / "matching" / "dialect" / "word_markers.tsv"
#: One thing in this many is held back.
HELD_BACK_SHARE: Final = 5
#: Runs whose best group is less than this many times likelier than the mean are left out.
LEAST: Final = 2.0
#: Dialect -> group, by the class that the Language Atlas (2nd edition) gives the place: 成都 is 川黔片-成渝小片.
GROUPS: Final[Mapping[str, str]] = {
    "Beijing": "beijing",
    "Jinan": "jilu",
    "Shenyang": "dongbei",
    "Xi_an": "zhongyuan",
    "Chengdu": "southwest-chuanqian",
    "Kunming": "southwest-yunnan",
    "Hefei": "jianghuai",
    "Yangzhou": "jianghuai",
    "Suzhou": "wu",
    "Wenzhou": "wu",
    "Changsha": "xiang",
    "Nanchang": "gan",
    "Meixian": "hakka",
    "Guangzhou": "yue",
    "Yangjiang": "yue",
    "Xiamen": "minnan",
    "Chaozhou": "minnan",
    "Fuzhou": "mindong",
}
#: What begins so shows a measure word (一堆草) and is said by anybody.
_COUNTED: Final = "一"
_NOTE: Final = re.compile(r"〔.*?〕|（.*?）|\(.*?\)")
_NOT_HAN: Final = re.compile(r"[^一-鿿\U00020000-\U0003ffff]")
#: What stands between the syllables of a word's sounds: tones and notes.
_TONES: Final = re.compile("[¹²³⁴⁵⁰₀-₉@()（） ,，ꜜ]+")
#: dialect -> thing (its standard word) -> the words for it and how they sound (IPA).
Words = Mapping[str, Mapping[str, list[tuple[str, str]]]]


def main() -> None:
    """Write the table, or compare it; the exit code is 1 when it differs."""
    folder = data_folder(__doc__) / "dialect"
    text = table(read_words(folder / "words_beida.tsv"))
    write_or_check({OUT: text.encode()})


def read_words(path: Path) -> Words:
    """The words in simplified characters; those with a character nobody can write are left out."""
    words: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            word = _written(row["BENZI_IN_SOURCE"] or row["BENZI"])
            if word and not word.startswith(_COUNTED):
                words[row["DOCULECT"]][simplified(row["CHINESE"])].append((word, row["VALUE"]))
    return words


def is_held_back(thing: str) -> bool:
    """Whether nothing learns from the words for a thing: its SHA-256 leaves no rest by `HELD_BACK_SHARE`."""
    return int.from_bytes(hashlib.sha256(thing.encode()).digest(), "big") % HELD_BACK_SHARE == 0


def table(words: Words) -> str:
    """The whole file."""
    numbers = {group.id: at for at, group in enumerate(dialect_groups())}
    lines = [
        f"# {VERSION}, {DATE}: runs of characters that give a dialect away, and how many times likelier they",
        f"# are in a group than on average; {UNHEARD} in the other groups of the source. Made by",
        f"# scripts/learn_word_markers.py from {SOURCE}.",
    ]
    for run, ratios in sorted(_ratios(words).items()):
        likelier = sorted((each for each in ratios if ratios[each] > 1), key=numbers.__getitem__)
        lines.append(f"{run}\t{' '.join(f'{each}={ratios[each]:.2f}' for each in likelier)}")
    return "".join(f"{line}\n" for line in lines)


def _ratios(words: Words) -> dict[str, dict[str, float]]:
    """Run -> group -> likelihood ratio, for runs that are worth it."""
    rates: dict[str, Counter[str]] = defaultdict(Counter)
    things: dict[str, set[str]] = defaultdict(set)
    sizes = Counter(GROUPS.values())
    for dialect, group in GROUPS.items():
        for thing, said in words[dialect].items():
            if not is_held_back(thing):
                for word, _ in said:
                    for run in runs_of(word):
                        rates[run][group] += 1 / len(said) / sizes[group]  # type: ignore[assignment]  # shares
                        things[run] |= {thing, word} if run == word else {thing}
    ordinary = _ordinary(words)
    found = {}
    for run, by_group in rates.items():
        mean = sum(by_group.values()) / len(sizes)
        ratios = {group: (rate + mean) / (2 * mean) for group, rate in by_group.items()}
        if (
            run not in ordinary
            and (len(run) > 1 or len(things[run]) > 1)
            and max(ratios.values()) >= LEAST
        ):
            found[run] = ratios
    return found


def _ordinary(words: Words) -> set[str]:
    """Runs that standard words have, and single characters that everybody writes."""
    things = {thing for said in words.values() for thing in said}
    beijing = (word for said in words["Beijing"].values() for word, _ in said)
    runs = {run for word in (*map(_written, things), *beijing) for run in runs_of(word)}
    return runs | common_characters() | {*surname_table().common}


def sounds_of(word: str, value: str) -> list[tuple[str, str]]:
    """Each character of a word with its segments; none when the sounds do not fit the characters."""
    sounds = [each for each in _TONES.split(value) if each]
    return list(zip(word, sounds, strict=True)) if len(sounds) == len(word) else []


def runs_of(word: str) -> Iterable[str]:
    """Every run of one to `LONGEST` characters, each once."""
    return {
        word[at : at + length]
        for length in range(1, LONGEST + 1)
        for at in range(len(word) - length + 1)
    }


def _written(text: str) -> str:
    """The first spelling, notes left out; "" when a character is missing."""
    first = re.split("[，,；;/]", _NOTE.sub("", text))[0]
    return "" if re.search("[囗□]", first) else _NOT_HAN.sub("", simplified(first))


if __name__ == "__main__":
    main()
