"""Places and names found by how they were heard, beside rapidfuzz on pinyin and on characters.

Mishearings: `data/misheard_*.tsv`, drawn from dialect points that nothing learns from. Labelled:
`tests/data/heard_places.tsv`, written by hand; lines that plain pinyin finds as well are counted by
themselves. One thread; the peers answer the same queries in turns with ours, medians of all.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

from benchmarks.clean_addresses import clean_address_rows
from benchmarks.mishearing import misheard_names, misheard_places
from benchmarks.rows import row, share_row
from matching.dialect.matrices import costs_without_dialect
from matching.text.gazetteer import gazetteer
from matching.text.name_costs import NameOutcome, name_similarity
from matching.text.name_index import NameIndex
from matching.text.name_tables import given_shares, surname_shares
from matching.text.place_core import core
from matching.text.place_search import PlaceSearch

SEED: Final = 20261125
#: Queries that the peers answer too; they take tens of milliseconds each.
PLACES: Final = 300
NAMES: Final = 720
GALLERY: Final = 1_000_000
SIZES: Final = (100_000, 1_000_000, 3_000_000)
LABELLED: Final = Path(__file__).parents[1] / "tests/data/heard_places.tsv"
LABELLED_NAMES: Final = LABELLED.with_name("heard_names.tsv")
Answer = Callable[[str], Sequence[str]]
Row = dict[str, Any]


def rows() -> list[Row]:
    """The table of the sound search."""
    return [
        *_load_rows(),
        *_place_rows(),
        *_labelled_rows(),
        *clean_address_rows(),
        *_name_rows(),
        *_labelled_name_rows(),
        *_growth_rows(),
    ]


def _load_rows() -> Iterator[Row]:
    before, begun = _resident(), time.perf_counter()
    gazetteer().load()
    yield row("地名库载入", "秒", time.perf_counter() - begun)
    yield row("地名库常驻内存", "MB", _resident() - before)


def _place_rows() -> Iterator[Row]:
    search, sound = PlaceSearch(), costs_without_dialect()
    places = search.places
    cores = [places.core_text(number) for number in range(len(places.packed.arrays["core_length"]))]
    answers = {
        "ours": lambda text: _nearest_cores(search, cores, text),
        "rapidfuzz 拼音": _fuzzy(cores, _pinyin),
        "rapidfuzz 汉字": _fuzzy(cores, str),
    }
    asked = random.Random(SEED).sample(misheard_places(), PLACES)
    queries = [(each.heard, core(each.path[-1])) for each in asked]
    yield from _compared("全国地名（误听模拟）", queries, answers, 10)
    seconds = [_timed(lambda text: search.search(text, sound), each.heard) for each in asked]
    yield row("全国地名检索含层级与说明", "毫秒", statistics.median(seconds) * 1000)


def _labelled_rows() -> Iterator[Row]:
    """Whole paths among the first ten, in the province that was said."""
    lower = [line for line in _labelled(LABELLED) if line[2].count("/") > 0]
    search, sound = PlaceSearch(), costs_without_dialect()
    for title, is_same in (("与原名拼音相同", True), ("与原名拼音不同", False)):
        chosen = [line for line in lower if _same_pinyin(line) is is_same]
        hits = [
            line[2] in {"/".join(hit.path) for hit in search.search(line[0], sound, within=within)}
            for line in chosen
            for within in [search.divisions_named(line[1]) if line[1] else ()]
        ]
        yield row(f"手工标注地名（{title}，{len(chosen)} 条）hit@10", "", statistics.mean(hits))


def _labelled(file: Path) -> list[list[str]]:
    """The rows of a table judged by hand, comments left out."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _same_pinyin(line: Sequence[str]) -> bool:
    return _pinyin(core(line[0])) == _pinyin(core(line[2].split("/")[-1]))


def _name_rows() -> Iterator[Row]:
    asked = random.Random(SEED).sample(misheard_names(), NAMES)
    names = [*dict.fromkeys([*_people(GALLERY, SEED), *(each.meant for each in asked)])]
    index, sound = NameIndex.build(names), costs_without_dialect()
    answers = {
        "ours": lambda text: [index.names[hit.number] for hit in index.nearest(text, sound, 50)],
        "rapidfuzz 拼音": _fuzzy(names, _pinyin),
        "rapidfuzz 汉字": _fuzzy(names, str),
    }
    yield row("姓名库中不同的姓名", "个", float(len(names)))
    queries = [(each.heard, each.meant) for each in asked]
    yield from _compared("百万人姓名（误听模拟）", queries, answers, 50)


def _labelled_name_rows() -> Iterator[Row]:
    """Of pairs judged by hand: those called alike that may be one name, and that must not be."""
    table = _labelled(LABELLED_NAMES)
    alike = {NameOutcome.EXACT, NameOutcome.HOMOPHONE, NameOutcome.NEAR, NameOutcome.PET_NAME}
    for title, relation in (
        ("可能同名", "same"),
        ("小名与本名", "nickname"),
        ("不是同名", "different"),
    ):
        pairs = [line for line in table if line[4] == relation]
        sound = costs_without_dialect()
        called = [name_similarity(line[0], line[1], sound).outcome in alike for line in pairs]
        peer = [_pinyin(line[0]) == _pinyin(line[1]) for line in pairs]
        yield share_row(
            f"手工标注姓名（{title}，{len(pairs)} 对）判为相近",
            statistics.mean(called),
            statistics.mean(peer),
            "拼音相同",
        )


def _growth_rows() -> Iterator[Row]:
    """Milliseconds a query as the list grows; every name is another one."""
    heard = [each.heard for each in random.Random(SEED).sample(misheard_names(), NAMES)]
    for size in SIZES:
        index = NameIndex.build(_distinct_people(size))
        nearest = partial(index.nearest, sound=costs_without_dialect(), limit=50)
        seconds = [_timed(nearest, each) for each in heard]
        yield row(f"{size / 10_000:g} 万个不同姓名检索", "毫秒", statistics.median(seconds) * 1000)


def _compared(
    title: str, queries: Sequence[tuple[str, str]], answers: dict[str, Answer], limit: int
) -> Iterator[Row]:
    """Share found among the first `limit`, and milliseconds, ours beside each peer."""
    hits: dict[str, list[bool]] = {name: [] for name in answers}
    seconds: dict[str, list[float]] = {name: [] for name in answers}
    for heard, meant in queries:
        for name, answer in answers.items():
            begun = time.perf_counter()
            found = answer(heard)
            seconds[name].append(time.perf_counter() - begun)
            hits[name].append(meant in found[:limit])
    share = {name: statistics.mean(each) for name, each in hits.items()}
    speed = {name: statistics.median(each) * 1000 for name, each in seconds.items()}
    for peer in [name for name in answers if name != "ours"]:
        yield share_row(f"{title}hit@{limit}", share["ours"], share[peer], peer)
        yield row(f"{title}每次", "毫秒", speed["ours"], speed[peer], peer)


def _nearest_cores(search: PlaceSearch, cores: Sequence[str], text: str) -> list[str]:
    scored = search.score(text, costs_without_dialect())
    return [] if scored is None else [cores[n] for n in search.nearest_cores(scored, 50)]


def _fuzzy(names: Sequence[str], spell: Callable[[str], str]) -> Answer:
    spelled = [spell(name) for name in names]

    def answer(text: str) -> list[str]:
        found = process.extract(spell(text), spelled, scorer=fuzz.ratio, limit=50)
        return [names[at] for _, _, at in found]

    return answer


def _people(count: int, seed: int) -> list[str]:
    """Full names drawn by the shipped shares; one in seven has one given character."""
    draw = random.Random(seed)
    surnames, given = surname_shares(), given_shares()
    heads = draw.choices([*surnames], [*surnames.values()], k=count)
    first = draw.choices([*given], [*given.values()], k=count)
    second = draw.choices([*given], [*given.values()], k=count)
    return [
        a + b + (c if draw.random() > 1 / 7 else "")
        for a, b, c in zip(heads, first, second, strict=True)
    ]


def _distinct_people(count: int) -> list[str]:
    """That many different names: surnames and given names paired evenly."""
    draw = random.Random(SEED)
    surnames, given = [*surname_shares()], [*given_shares()]
    found: dict[str, None] = {}
    while len(found) < count:
        found[draw.choice(surnames) + draw.choice(given) + draw.choice(given)] = None
    return [*found]


def _pinyin(text: str) -> str:
    return "".join(lazy_pinyin(text))


def _timed(answer: Callable[[str], object], text: str) -> float:
    begun = time.perf_counter()
    answer(text)
    return time.perf_counter() - begun


def _resident() -> float:
    """Resident memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6
