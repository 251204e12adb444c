"""How long a search of a whole registry takes, one resident after another and in two processes.

The peer is rapidfuzz over the same names in the same run: the best by toneless pinyin, nothing else
compared. Residents are records told anew: the home in words, the rest as written.
"""

import resource
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from random import Random
from typing import Any

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

from benchmarks.rows import row
from fixtures.registry import synthetic_records
from matching.model import Candidate, Home, Probe
from matching.policy import load_policy
from matching.ranking import Ranking, Search
from matching.registry.registry import Registry

RECORDS = 1_000_000
#: Everybody is searched for in two processes, and of them one in ten alone.
RESIDENTS = 1000
ALONE = 10
SEED = 20200413
FOUND_ON = date(2026, 3, 1)
#: What a forked process finds in its memory.
_SHARED: list[Search] = []


def rows(records: int = RECORDS) -> list[dict[str, Any]]:
    """Seconds, memory, and whether batches find the same leads."""
    begun = time.perf_counter()
    registry = Registry.build(each.candidate() for each in synthetic_records(records, SEED))
    built = time.perf_counter() - begun
    search, probes = Search(registry, load_policy()), _probes(registry)
    search.leads(probes[0])
    timed = [_timed(search, probe) for probe in probes[::ALONE]]
    one_by_one = [ranking for _, ranking in timed]
    begun = time.perf_counter()
    batched = _in_two_processes(search, probes)
    taken = time.perf_counter() - begun
    assert list(map(_leads, batched[::ALONE])) == list(map(_leads, one_by_one))
    return [
        row(f"装入 {records} 条记录并建库", "秒", built),
        row(
            "一人比对全库（处理器时间）",
            "秒",
            statistics.median(seconds for seconds, _ in timed),
            _peer_seconds(registry, probes),
            "rapidfuzz 姓名拼音",
        ),
        row(f"{RESIDENTS} 人比对全库，两个进程", "秒", taken),
        row("内存峰值", "GB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6),
    ]


def _probes(registry: Registry) -> list[Probe]:
    rng = Random(SEED)
    chosen = rng.sample(registry.candidates, RESIDENTS)
    return [_told(each, number) for number, each in enumerate(chosen)]


def _told(candidate: Candidate, number: int) -> Probe:
    homes = tuple(Home(text=home.text) for home in candidate.facts.homes)
    facts = replace(candidate.facts, homes=homes)
    return Probe(case_id=f"c{number}", facts=facts, found_on=FOUND_ON)


def _timed(search: Search, probe: Probe) -> tuple[float, Ranking]:
    begun = time.process_time()
    ranking = search.leads(probe)
    return time.process_time() - begun, ranking


def _in_two_processes(search: Search, probes: Sequence[Probe]) -> list[Ranking]:
    # Forked, so that both see one registry in memory; only people and their leads are sent.
    _SHARED.append(search)
    with get_context("fork").Pool(2) as pool:
        return pool.map(_search, probes, chunksize=len(probes) // 2)


def _search(probe: Probe) -> Ranking:
    return _SHARED[-1].leads(probe)


def _leads(ranking: Ranking) -> list[tuple[str, float]]:
    return [(lead.record_id, lead.bits) for lead in ranking.leads]


def _peer_seconds(registry: Registry, probes: Sequence[Probe]) -> float:
    """Median over a few residents; the names are in pinyin beforehand."""
    spoken = [" ".join(lazy_pinyin(each.facts.names[0])) for each in registry.candidates]
    seconds = []
    for probe in probes[:5]:
        begun = time.process_time()
        query = " ".join(lazy_pinyin(probe.facts.names[0]))
        process.extract(query, spoken, scorer=fuzz.ratio, limit=50)
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds)
