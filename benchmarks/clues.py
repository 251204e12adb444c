"""Talks of invented people, read and held against their labels: clues by kind, home, and the flag.

The peer of home and of names is a reader that knows no talk: names of counties that stand in the text
letter by letter, and whatever follows 叫 or 姓名.
"""

import os
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from benchmarks.labelled_talks import (
    LabelledTalk,
    Tallies,
    development_talks,
    later_talks,
    own_talks,
)
from matching.text.gazetteer import COUNTY, Path_, gazetteer
from matching.text.place_resolver import PlaceResolver
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.home import rank_homes
from matching.text.testimony.known_places import known_places
from matching.text.testimony.reader import read_testimony

Row = dict[str, Any]
PEER: Final = "逐字查找"
LONG: Final = 100_000
RUNS: Final = 5
KINDS: Final = {
    ClueKind.HOME_PLACE: "家乡地名",
    ClueKind.OTHER_PLACE: "其他地名",
    ClueKind.SELF_NAME: "本人姓名",
    ClueKind.RELATIVE: "有名字的亲属",
    ClueKind.AGE_OR_BIRTH: "出生年份",
    ClueKind.LANDMARK: "地标物产",
    ClueKind.BODY_MARK: "体貌特征",
    ClueKind.DIALECT_MARKER: "口音自述",
    ClueKind.EVENT: "大事",
    ClueKind.POSSIBLE_ABDUCTION: "疑似被拐迹象",
}
_CALLED: Final = re.compile(r"(?:叫|姓名[：:])([\u4e00-\u9fff]{2,3})(?![\u4e00-\u9fff])")
Read = Callable[[LabelledTalk], Sequence[Clue]]
Rank = Callable[[LabelledTalk, Sequence[Clue]], Sequence[Path_]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reader makes of a set."""

    tallies: Tallies = field(default_factory=Tallies)
    #: For each talk with a home, the rank from 0 of the right county, None when it is missing.
    counties: list[int | None] = field(default_factory=list)
    #: For each talk whose town can be known, the same of the town.
    towns: list[int | None] = field(default_factory=list)
    #: For each talk without a usable place, whether one was named all the same.
    homes_made_up: list[bool] = field(default_factory=list)
    #: For each talk without a sign of abduction, whether a flag was raised.
    false_flags: list[bool] = field(default_factory=list)


def rows() -> list[Row]:
    """The project's own set, the development set where it is at hand, and the time."""
    found = list(_of_set("自有集", own_talks()))
    found += _of_set("后写集（改规则时对照过）", later_talks(is_mended=True))
    found += _of_set("后写集（从未对照）", later_talks(is_mended=False))
    folder = os.environ.get("GUITU_DEVDATA")
    if folder:
        found += _of_set("开发集", development_talks(Path(folder)))
    return [*found, _time()]


def read_set(talks: Sequence[LabelledTalk]) -> Outcome:
    """Read every talk as `guitu clues` does, and hold it against its labels."""
    resolver = PlaceResolver()

    def ranked(_: LabelledTalk, clues: Sequence[Clue]) -> list[Path_]:
        return [each.path for each in rank_homes(clues, resolver)]

    return _outcome(talks, _clues, ranked)


def county_of(path: Path_) -> Path_ | None:
    """The county of a full path; None above counties."""
    places = gazetteer()
    nodes = (node for node in places.find(path[-1]) if places.path(node) == path)
    above = (each for node in nodes for each in places.ancestors(node))
    return next((places.path(each) for each in above if places.levels[each] == COUNTY), None)


def _of_set(title: str, talks: Sequence[LabelledTalk]) -> Iterator[Row]:
    if not talks:
        return
    ours, peer = read_set(talks), _outcome(talks, _called, _written_counties)
    for kind, tally in sorted(ours.tallies.of.items(), key=lambda each: [*KINDS].index(each[0])):
        other = peer.tallies.of[kind] if kind is ClueKind.SELF_NAME else None
        name = f"{title}：{KINDS[kind]}（标注 {tally.labelled} 处）"
        if not tally.labelled:
            continue
        if any(talk.stretches for talk in talks):
            yield _row(f"{name}准确率", tally.precision, other.precision if other else None)
        yield _row(f"{name}召回率", tally.recall, other.recall if other else None)
    yield from _home_rows(title, ours, peer)
    if ours.false_flags:
        yield _row(
            f"{title}：误报疑似被拐（{len(ours.false_flags)} 份无迹象）", sum(ours.false_flags)
        )


def _home_rows(title: str, ours: Outcome, peer: Outcome) -> Iterator[Row]:
    number = len(ours.counties)
    first = [_share(each.counties, 1) for each in (ours, peer)]
    yield _row(f"{title}：家乡县排第一（{number} 份）", *first)
    third = [_share(each.towns, 3) for each in (ours, peer)]
    yield _row(f"{title}：家乡乡镇在前三（{len(ours.towns)} 份）", *third)
    if ours.homes_made_up:
        made_up = [float(sum(each.homes_made_up)) for each in (ours, peer)]
        name = f"{title}：没有可用地名却给出家乡（{len(ours.homes_made_up)} 份）"
        # Less is better: a ratio would say nothing beside nought.
        yield _row(name, *made_up) | {"ratio": None}


def _outcome(talks: Sequence[LabelledTalk], read: Read, rank: Rank) -> Outcome:
    outcome = Outcome()
    for talk in talks:
        clues = read(talk)
        outcome.tallies.add(talk, clues)
        _add_home(outcome, talk, rank(talk, clues))
        kinds = {clue.kind for clue in clues}
        if talk.stretches and not talk.stretches[ClueKind.POSSIBLE_ABDUCTION]:
            outcome.false_flags.append(ClueKind.POSSIBLE_ABDUCTION in kinds)
    return outcome


def _add_home(outcome: Outcome, talk: LabelledTalk, paths: Sequence[Path_]) -> None:
    if not talk.home:
        outcome.homes_made_up.append(bool(paths))
        return
    county = county_of(talk.home)
    counties = list(dict.fromkeys(map(county_of, paths)))
    outcome.counties.append(counties.index(county) if county in counties else None)
    if county is not None and len(talk.home) > len(county):
        town = talk.home[: len(county) + 1]
        towns = list(dict.fromkeys(path[: len(town)] for path in paths))
        outcome.towns.append(towns.index(town) if town in towns else None)


def _share(ranks: Sequence[int | None], first: int) -> float:
    return statistics.mean(rank is not None and rank < first for rank in ranks)


def _clues(talk: LabelledTalk) -> Sequence[Clue]:
    return read_testimony(talk.text, on=talk.on, known=known_places()).clues


def _called(talk: LabelledTalk) -> Sequence[Clue]:
    """The peer's names: whatever follows 叫 or 姓名, whoever says so."""
    return [
        Clue(
            kind=ClueKind.SELF_NAME,
            start=found.start(1),
            end=found.end(1),
            text=found.group(1),
            speaker=Speaker.RESIDENT,
            value=found.group(1),
        )
        for found in _CALLED.finditer(talk.text)
    ]


def _written_counties(talk: LabelledTalk, _: Sequence[Clue]) -> list[Path_]:
    """The peer's homes: counties that are written, those first whose city or province is too."""
    places = gazetteer()
    words = [hit.word for hit in known_places().find(talk.text)]
    nodes = list(dict.fromkeys(node for word in words for node in places.find(word)))
    said = set(nodes)
    counties = [node for node in nodes if places.levels[node] == COUNTY]
    counties.sort(key=lambda node: -len(said.intersection(places.ancestors(node))))
    return [places.path(node) for node in counties]


def _time() -> Row:
    """Processor time for 100 kB of talks end to end, names of places resolved too."""
    once = "\n".join(talk.text for talk in own_talks())
    times = LONG // len(once.encode()) + 1
    text = (once * times).encode()[:LONG].decode(errors="ignore")
    talk, resolver = replace(own_talks()[0], text=text), PlaceResolver()
    spent = []
    for _ in range(RUNS):
        begun = time.process_time()
        rank_homes(_clues(talk), resolver)
        spent.append((time.process_time() - begun) * 1000)
    return _row("读 100 kB 访谈并排出家乡（处理器时间）", statistics.median(spent), unit="毫秒")


def _row(metric: str, ours: float, peer: float | None = None, *, unit: str = "") -> Row:
    return {
        "metric": metric,
        "unit": unit,
        "ours": float(ours),
        "peer": peer,
        "peer_name": None if peer is None else PEER,
        "ratio": ours / peer if peer else None,
    }
