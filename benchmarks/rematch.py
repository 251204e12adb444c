"""Matching everyone again: the whole registry, and a night in which one record in a hundred changed.

Both are whole runs through the database (SQLite): residents read, records scored, finds kept, leads
renewed. The peer of the night is the whole registry in the same run, for the same residents.
"""

import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from benchmarks.rows import row
from casework.accounts.access import Role
from casework.cases.intake import IntakeCommand, open_case
from casework.context import Context
from casework.records.record import MissingRecord
from casework.rematch.orders import Rematched, rematch
from casework.rematch.runs import Depth, RematchOrder
from fixtures.demo_registry import demo_registry
from fixtures.residents import sample_residents
from runtime.container import Services, running
from runtime.scoring_pool import ScoringPool
from runtime.settings import Settings
from tests.office import FakeFaceReader
from tests.samples import STATION, an_actor

RECORDS: Final = 100_000
#: As many as a province may have in long-term care.
RESIDENTS: Final = 2_000
SEED: Final = 20200413
BATCH: Final = 5_000
BUDGET: Final = 20


def rows(records: int = RECORDS) -> list[dict[str, Any]]:
    """What each resident costs over everything, and in a night with few changes."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Settings(home=Path(folder) / "var")) as services,
    ):
        return _measured(services, records)


def _measured(services: Services, records: int) -> list[dict[str, Any]]:
    registry = demo_registry(records, SEED)
    _load(services, registry)
    desk = services.context(an_actor(Role.SPECIALIST))
    _take_in(desk)
    services.matcher.refresh()
    processes = services.settings.match_processes
    everything = RematchOrder(station=STATION, depth=Depth.EVERYTHING)
    whole, done = _timed(desk, services, everything)
    _change(services, registry[: records // 100])
    # Bringing the registry level is the night's own cost, paid once and not for each resident.
    begun = time.perf_counter()
    services.matcher.refresh()
    level = time.perf_counter() - begun
    night, changed = _timed(desk, services, RematchOrder(station=STATION))
    quiet, _ = _timed(desk, services, RematchOrder(station=STATION))
    assert isinstance(services.matcher.hands, ScoringPool)
    services.matcher.hands.close()
    size = f"{RESIDENTS} 人 × {records} 条，{processes} 个进程"
    night += level
    return [
        row(f"全库重新比对（{size}），每人", "毫秒", whole / RESIDENTS * 1000),
        row("同上，所有人", "分钟", whole / 60),
        row("全库重新比对，每秒对数", "对", done.view.progress.pairs / whole),
        row(
            f"一夜有 1 % 记录变化（{changed.view.progress.pairs} 对，含追平记录库），每人",
            "毫秒",
            night / RESIDENTS * 1000,
            whole / RESIDENTS * 1000,
            "全库",
        ),
        row(
            "没有变化的一夜，每人",
            "毫秒",
            quiet / RESIDENTS * 1000,
            whole / RESIDENTS * 1000,
            "全库",
        ),
        row("把库追平到最新（一夜一次）", "秒", level),
        row("主进程内存", "GB", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6),
        row(
            "每个比对进程的内存", "GB", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
        ),
    ]


def _load(services: Services, registry: Sequence[MissingRecord]) -> None:
    for start in range(0, len(registry), BATCH):
        with services.open_work() as work:
            work.records.add_many(registry[start : start + BATCH])
            work.commit()


def _take_in(desk: Context) -> None:
    """Residents who say what the samples say, each with a file of their own, and no search yet."""
    samples = sample_residents()
    for number in range(RESIDENTS):
        sample = samples[number % len(samples)]
        form = replace(sample.form, admitted_at=None)
        command = IntakeCommand(form=form, transcript=sample.transcript)
        open_case(desk, command, FakeFaceReader())


def _timed(desk: Context, services: Services, order: RematchOrder) -> tuple[float, Rematched]:
    begun = time.perf_counter()
    done = rematch(desk, services.matcher, order, budget=BUDGET, watch=lambda _: None)
    return time.perf_counter() - begun, done


def _change(services: Services, registry: Sequence[MissingRecord]) -> None:
    """As when a source is imported again with corrections."""
    with services.open_work() as work:
        for number, record in enumerate(registry):
            work.records.upsert(
                replace(record, missing_place=f"{record.missing_place}（{number}）")
            )
        work.commit()
