"""From an empty folder to ranked leads: the whole demo, and the parts that users wait for.

The quality rows compare with a plain baseline in the same run: the nearest names by toneless pinyin
(rapidfuzz, the usual way) over the same registry for the same residents.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

from benchmarks.rows import row, share_row
from fixtures.demo_registry import demo_registry
from fixtures.residents import sample_residents
from matching.text.testimony.facts import facts_from_transcript

RECORDS = 20_000
RUNS = 3
SEED = 20200413


def rows() -> list[dict[str, Any]]:
    """Seconds from a warm install to leads, and how many residents find their record first."""
    timed = [_one_run() for _ in range(RUNS)]
    answer = timed[-1][1]
    return [
        row("demo 命令从空目录到线索（含启动）", "秒", statistics.median(t for t, _ in timed)),
        row("其中装库与比对", "秒", float(answer["seconds"])),
        share_row(
            "有记录者排第一的比例",
            _share_first(answer),
            _baseline_share_first(),
            "rapidfuzz 姓名拼音",
        ),
        row("无记录者出现“高度疑似”的人数", "人", float(_false_strong(answer))),
    ]


def _one_run() -> tuple[float, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        guitu = Path(sys.executable).with_name("guitu")
        command = [str(guitu), "demo", "--records", str(RECORDS), "--no-serve", "--json"]
        begun = time.perf_counter()
        done = subprocess.run(  # noqa: S603 - our own command
            command, check=True, capture_output=True, env={"GUITU_HOME": folder, "PATH": ""}
        )
        return time.perf_counter() - begun, json.loads(done.stdout)


def _known(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in answer["residents"] if each["true_record_id"]]


def _share_first(answer: dict[str, Any]) -> float:
    known = _known(answer)
    first = [x for x in known if x["leads"] and x["leads"][0]["record_id"] == x["true_record_id"]]
    return len(first) / len(known)


def _false_strong(answer: dict[str, Any]) -> int:
    unknown = [each for each in answer["residents"] if not each["true_record_id"]]
    return sum(any(lead["band"] == "strong" for lead in each["leads"]) for each in unknown)


def _baseline_share_first() -> float:
    """The usual way: the record whose name sounds most alike."""
    registry = demo_registry(RECORDS, SEED)
    spoken = [" ".join(lazy_pinyin(record.facts.names[0])) for record in registry]
    known = [each for each in sample_residents() if each.true_record]
    right = 0
    for resident in known:
        names = facts_from_transcript(resident.transcript, on=date(2026, 3, 1)).names
        query = " ".join(lazy_pinyin(max(names, key=len, default="")))
        best = process.extractOne(query, spoken, scorer=fuzz.ratio)
        right += registry[best[2]].source_number == resident.true_record
    return right / len(known)
