"""`make chaos`: every fault once, then hundreds of real deaths, and what they cost, as one table.

    python -m tests.integration.faults.chaos --kills 200 --out benchmarks/results/chaos.json

Each death is the SIGKILL of a worker process at a named point, at the job of a case that was just
acknowledged (or, where a point has no case, at the next of anybody). Between them Redis is killed
and started with an empty folder. In the end everything acknowledged must be there exactly once.
Before that, the tests of this folder and of `FAULTS` run: each is one fault with its invariants.
"""

import argparse
import json
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import pytest

from benchmarks.catalogue import machine
from benchmarks.rows import row
from tests.integration.faults.kill_points import POINTS, is_done
from tests.integration.faults.station import SEARCH, Station, Verdict, judge, station, wait_until

#: Sweeps come every half minute: their point is due once in so many deaths.
SWEEP_SHARE: Final = 25
#: Redis loses everything once in so many deaths.
REDIS_SHARE: Final = 40
LONGEST_WAIT: Final = 180.0
MODES: Final = ("sqlite-inline", "postgresql-redis")
WHOLE: Final = Verdict(lost=0, doubled=0, untold=0)


#: Faults that need no process of their own: damaged and swapped snapshots, a clock that jumps.
FAULTS: Final = (
    "tests/integration/faults",
    "tests/unit/runtime/test_face_galleries.py",
    "tests/unit/storage/test_face_snapshots.py",
    "tests/unit/casework/test_clock_jumps.py",
)


@dataclass(slots=True)
class Faults:
    """A pytest plugin: what became of every fault, and in how many seconds."""

    seconds: dict[str, float] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up making ready, the fault itself, and clearing away."""
        name = report.nodeid.rpartition("::")[2].removeprefix("test_").replace("_", " ")
        self.seconds[name] = self.seconds.get(name, 0.0) + report.duration
        if report.failed:
            self.failed.add(name)

    def table(self) -> str:
        """A line for each fault."""
        return "\n".join(
            f"  {name[:80]:<82}{'FAILED' if name in self.failed else 'held':>6}{seconds:>8.1f} s"
            for name, seconds in self.seconds.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One run."""

    mode: str
    deaths: Counter[str]
    redis_losses: int
    verdict: Verdict
    #: Seconds from each death to the search of the case whose worker died.
    recoveries: list[float]


def main() -> None:
    """Run both installations, print the table, and keep the figures."""
    words = argparse.ArgumentParser()
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--out", type=Path)
    chosen = words.parse_args()
    faults = Faults()
    pytest.main(["-q", "-m", "", *FAULTS], plugins=[faults])
    # Beside each other: most of the time both wait for what comes back.
    with ProcessPoolExecutor(len(MODES), get_context("spawn")) as both:
        outcomes = list(both.map(_run, MODES, [chosen.kills] * len(MODES)))
    print(f"{len(faults.seconds)} faults, {len(faults.failed)} not held\n{faults.table()}")
    for outcome in outcomes:
        print(_table(outcome), flush=True)
    if chosen.out:
        report = {
            "date": datetime.now(UTC).date().isoformat(),
            "bench": "chaos",
            "machine": machine(),
            "rows": [
                row("故障用例", "个", len(faults.seconds)),
                row("没有守住的故障用例", "个", len(faults.failed)),
                *(each for outcome in outcomes for each in _rows(outcome)),
            ],
        }
        chosen.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    if faults.failed or any(o.verdict != WHOLE for o in outcomes):
        raise SystemExit(1)


def _run(mode: str, kills: int) -> Outcome:
    is_full = mode == "postgresql-redis"
    with tempfile.TemporaryDirectory() as folder, station(Path(folder), full=is_full) as made:
        died_at: dict[str, datetime] = {}
        deaths: Counter[str] = Counter()
        losses = 0
        for number, point in enumerate(islice(_points(), kills)):
            case_id = made.take_in(point)
            print(f"{mode} {number + 1}: {point}", flush=True)
            wait_until(lambda: is_done(made.kills), LONGEST_WAIT)
            died_at[case_id] = datetime.now(UTC)
            deaths[point] += 1
            if made.redis and number % REDIS_SHARE == REDIS_SHARE - 1:
                made.redis.lose_everything()
                losses += 1
        made.drain(LONGEST_WAIT)
        wait_until(lambda: judge(made).untold == 0, LONGEST_WAIT)
        return Outcome(
            mode=mode,
            deaths=deaths,
            redis_losses=losses,
            verdict=judge(made),
            recoveries=_recoveries(made, died_at),
        )


def _points() -> Iterator[str]:
    """Every point in turn, the sweep's own only now and then."""
    jobs = cycle(POINTS[:-1])
    while True:
        yield POINTS[-1]
        yield from islice(jobs, SWEEP_SHARE - 1)


def _recoveries(made: Station, died_at: dict[str, datetime]) -> list[float]:
    with made.services.open_work() as work:
        searched = {
            each.entry.subject.removeprefix("case:"): each.entry.at
            for each in work.audit.rows()
            if each.entry.action == SEARCH
        }
    gaps = ((searched[case_id] - at).total_seconds() for case_id, at in died_at.items())
    # What was searched before its death (an acknowledgement that was lost) needed no recovery.
    return sorted(gap for gap in gaps if gap > 0)


def _table(outcome: Outcome) -> str:
    found = outcome.verdict
    lines = [f"{outcome.mode}: {outcome.deaths.total()} deaths, {outcome.redis_losses} of Redis"]
    lines += [f"  {point:<34}{outcome.deaths[point]:>5}" for point in POINTS]
    lines.append(f"  lost {found.lost}, doubled {found.doubled}, breaches untold {found.untold}")
    p50, p95, most = _quantiles(outcome.recoveries)
    lines.append(f"  seconds to recover: median {p50:.1f}, 95 % {p95:.1f}, most {most:.1f}")
    return "\n".join(lines)


def _quantiles(values: Sequence[float]) -> tuple[float, float, float]:
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return cuts[9], cuts[18], max(values)


def _rows(outcome: Outcome) -> list[dict[str, Any]]:
    p50, p95, most = _quantiles(outcome.recoveries)
    figures = {
        "被 SIGKILL 的工作进程": (outcome.deaths.total(), "次"),
        "清空重启的 Redis": (outcome.redis_losses, "次"),
        "丢失的个案、检索或线索": (outcome.verdict.lost, "件"),
        "重复的结果": (outcome.verdict.doubled, "件"),
        "没有提醒的超时": (outcome.verdict.untold, "件"),
        "恢复用时中位数": (p50, "秒"),
        "恢复用时 95 %": (p95, "秒"),
        "恢复用时最长": (most, "秒"),
    }
    return [row(f"{outcome.mode}：{name}", unit, value) for name, (value, unit) in figures.items()]


if __name__ == "__main__":
    main()
