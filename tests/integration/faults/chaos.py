"""`make chaos`: hundreds of real deaths, and what they cost.

    python -m tests.integration.faults.chaos --kills 200 --out benchmarks/results/chaos.json

Each death is the SIGKILL of a worker process at a named point, at the job of a case that was just
acknowledged (or, where a point has no case, at the next of anybody). Between them Redis is killed
and started with an empty folder. In the end everything acknowledged must be there exactly once.
"""

import argparse
import json
import statistics
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from benchmarks.catalogue import machine
from tests.integration.faults.kill_points import POINTS, is_done
from tests.integration.faults.station import SEARCH, Station, Verdict, judge, station, wait_until

#: Sweeps come every half minute: their point is due once in so many deaths.
SWEEP_SHARE: Final = 25
#: Redis loses everything once in so many deaths.
REDIS_SHARE: Final = 40
LONGEST_WAIT: Final = 180.0


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
    outcomes = [_run(mode, chosen.kills) for mode in ("sqlite-inline", "postgresql-redis")]
    for outcome in outcomes:
        print(_table(outcome), flush=True)
    if chosen.out:
        report = {
            "date": datetime.now(UTC).date().isoformat(),
            "bench": "chaos",
            "machine": machine(),
            "rows": [row for outcome in outcomes for row in _rows(outcome)],
        }
        chosen.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    if any(o.verdict != Verdict(lost=0, doubled=0, untold=0) for o in outcomes):
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
            row.entry.subject.removeprefix("case:"): row.entry.at
            for row in work.audit.rows()
            if row.entry.action == SEARCH
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
    return [
        {
            "metric": f"{outcome.mode}：{name}",
            "unit": unit,
            "ours": value,
            "peer": None,
            "peer_name": None,
            "ratio": None,
        }
        for name, (value, unit) in figures.items()
    ]


if __name__ == "__main__":
    main()
