"""`guitu bench population`: the program and its peers on a simulated world that nothing was tuned on.

The program answers every resident; peers and ablations answer the first few hundred of them, beside the program's
answers for the same ones. Above `ALONE` records the program runs alone.
"""

import resource
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import Any, Final

from benchmarks.population import measures
from benchmarks.population.contest import (
    Answer,
    Contender,
    Question,
    Record,
    Without,
    questions,
    without,
)
from benchmarks.population.filing import file_again, file_record
from benchmarks.population.measures import Bin, by_group, known, recall
from benchmarks.population.parameters import Parameters, shifted, usual
from benchmarks.population.peers.face_distance import FaceDistance
from benchmarks.population.peers.weighted_sum import WeightedSum
from benchmarks.population.product import Product
from benchmarks.population.world import World
from benchmarks.rows import row, share_row

Row = dict[str, Any]

SIZE: Final = 100_000
RESIDENTS: Final = 1_500
#: Residents of whom peers and ablations are asked.
FEW: Final = 400
#: More records than this are searched by the program alone, for fewer residents.
ALONE: Final = 300_000
RESIDENTS_ALONE: Final = 400
#: False 高度疑似 of a thousand residents without a record that a threshold of a peer may give.
ERRORS: Final = 2.0
PLACES: Final = (1, 10, 50)
_NAMES: Final = {
    Without.FACE: "不用人脸",
    Without.TEXT: "不用姓名、亲属、家乡",
    Without.FACTS: "只用人脸",
    Without.DIALECT: "不知方言",
    Without.REST: "只用话里说的",
}


def rows(size: int = SIZE) -> list[Row]:
    """Every line of the report."""
    seed = usual().seeds["unseen"]
    if size > ALONE:
        return list(_Run(World(usual(), seed, size, RESIDENTS_ALONE)).rows_alone())
    run = _Run(World(usual(), seed, size, RESIDENTS))
    ours = list(run.rows_alone())
    other = _Run(World(shifted(), seed, size, RESIDENTS))
    return [
        *ours,
        *run.ablation_rows(),
        *run.filed_twice_rows(),
        *run.peer_rows(),
        *other.quality_rows("参数变动后，"),
    ]


@dataclass
class _Run:
    """One world, and what the program answers in it."""

    world: World

    @cached_property
    def asked(self) -> list[Question]:
        return list(questions(self.world))

    @cached_property
    def product(self) -> Product:
        return Product(self.world)

    @cached_property
    def timed(self) -> list[tuple[Answer, float]]:
        """Each answer and its milliseconds."""
        return [_timed(self.product, question) for question in self.asked]

    @property
    def answers(self) -> list[Answer]:
        return [answer for answer, _ in self.timed]

    def rows_alone(self) -> Iterator[Row]:
        """What needs nobody beside the program."""
        yield from self.quality_rows("")
        times = [milliseconds for _, milliseconds in self.timed]
        yield row("一名受助人员的线索（含人脸检索），中位数", "毫秒", statistics.median(times))
        yield row("同上，第 95 百分位", "毫秒", statistics.quantiles(times, n=20)[-1])
        yield row("内存峰值（含模拟本身）", "GB", _peak_gb())
        yield from reliability_rows(measures.reliability(self.answers))
        yield from _group_rows(self.answers)

    def quality_rows(self, world: str) -> Iterator[Row]:
        """Recall, bands and calibration, with `world` before each name."""
        answers = self.answers
        for places in PLACES:
            yield row(f"{world}前 {places} 名命中", "", recall(answers, places))
        yield row(f"{world}真记录达到高度疑似", "", measures.strong_share(answers))
        yield row(f"{world}无记录者每千人误报高度疑似", "人", measures.false_strong(answers))
        yield row(f"{world}首位线索的校准误差（等量十组）", "", _error(answers))
        yield row(f"{world}真记录经全部依据比对", "", measures.candidate_recall(answers))
        reachable = [each for each in known(answers) if self._is_reachable(each)]
        metric = f"{world}其中至少有一条真线索的"
        yield row(metric, "", measures.candidate_recall(reachable))

    def ablation_rows(self) -> Iterator[Row]:
        """The program with something left out, beside itself on the same residents."""
        whole, asked = known(self.answers[:FEW]), self._with_record(self.asked[:FEW])
        for what, name in _NAMES.items():
            left = _answers(self.product, without(what, asked))
            yield from _recall_rows(name, left, whole, "全部依据")
        even = _answers(self.product.without_frequencies(asked), asked)
        yield from _recall_rows("不看词的多少见", even, whole, "全部依据")
        everybody = known(self.answers)
        for what in (Without.FACE, Without.REST):
            left = _answers(self.product, without(what, self._with_record(self.asked)))
            name = f"{_NAMES[what]}（全部 {len(left)} 人）"
            yield from _recall_rows(name, left, everybody, "全部依据")

    def filed_twice_rows(self) -> Iterator[Row]:
        """The same residents when another relative has filed each of them, too."""
        asked = self._with_record(self.asked[:FEW])
        once = [file_record(e.resident.person, *self._drawn) for e in asked]
        again = self.product.filed_again(file_again(each, *self._drawn) for each in once)
        twice = _answers(again, asked)
        strong = [measures.strong_share(each) for each in (twice, self.answers[:FEW])]
        yield share_row("同一人登记两次：达到高度疑似", strong[0], strong[1], "登记一次")

    @property
    def _drawn(self) -> tuple[Parameters, int]:
        return self.world.parameters, self.world.seed

    def _with_record(self, asked: Iterable[Question]) -> list[Question]:
        return [each for each in asked if each.resident.true_record is not None]

    def peer_rows(self) -> Iterator[Row]:
        """The program beside each peer on the same residents."""
        ours, asked = self.answers[:FEW], self.asked[:FEW]
        records = [(record, self.world.record_face(record)) for record in self.world.registry()]
        yield from _splink_rows(records, asked, ours)
        yield from _peer_rows("rapidfuzz 加权和", ours, _answers(WeightedSum(records), asked))
        yield from _peer_rows("dlib 距离 0.6", ours, _answers(FaceDistance(records), asked))

    def _is_reachable(self, answer: Answer) -> bool:
        record = file_record(answer.resident.person, self.world.parameters, self.world.seed)
        return measures.is_reachable(answer.resident, record)


def _timed(contender: Contender, question: Question) -> tuple[Answer, float]:
    begun = time.perf_counter()
    answer = contender.answer(question)
    return answer, (time.perf_counter() - begun) * 1000


def _answers(contender: Contender, asked: Iterable[Question]) -> list[Answer]:
    return [contender.answer(question) for question in asked]


def _error(answers: Iterable[Answer]) -> float:
    return measures.calibration_error(measures.reliability(answers))


def _recall_rows(
    name: str, ours: Sequence[Answer], theirs: Sequence[Answer], whose: str
) -> Iterator[Row]:
    for places in PLACES:
        metric = f"{name}：前 {places} 名命中"
        yield share_row(metric, recall(ours, places), recall(theirs, places), whose)


def _peer_rows(peer: str, ours: Sequence[Answer], theirs: Sequence[Answer]) -> Iterator[Row]:
    yield from _recall_rows(f"与 {peer} 同一批人", ours, theirs, peer)
    metric = f"与 {peer} 同一批人：每千人误报 {ERRORS:g} 人的分数线以上的真记录"
    both = [measures.share_above_errors(each, ERRORS) for each in (ours, theirs)]
    yield share_row(metric, both[0], both[1], peer)


def _splink_rows(
    records: Sequence[Record], asked: Sequence[Question], ours: Sequence[Answer]
) -> Iterator[Row]:
    if find_spec("splink") is None:  # `make bench` installs the peers
        return
    from benchmarks.population.peers.by_splink import Splink  # noqa: PLC0415 - an optional peer

    theirs = Splink(records, asked).answers()
    yield from _peer_rows("Splink", ours, theirs)
    metric = "与 Splink 同一批人：首位线索的校准误差"
    yield row(metric, "", _error(ours), _error(theirs), "Splink")


def reliability_rows(bins: Iterable[Bin]) -> Iterator[Row]:
    """What was said of top leads, beside what was so."""
    for number, each in enumerate(bins, start=1):
        metric = f"首位线索第 {number} 组（{each.leads} 条）所说的概率"
        yield row(metric, "", each.said, each.true, "实际")


def _group_rows(answers: Sequence[Answer]) -> Iterator[Row]:
    for group, theirs in by_group(answers):
        count = len(known(theirs))
        if count:
            yield row(f"{group}（{count} 人）：前 10 名命中", "", recall(theirs, 10))
            yield row(f"{group}：真记录达到高度疑似", "", measures.strong_share(theirs))


def _peak_gb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
