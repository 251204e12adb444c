"""The face gallery beside faiss flat, numpy and HNSW: speed, who is found, memory, changes.

The faces are those of `fixtures.faces`: synthetic vectors with the distances that dlib's model is
known for (the construction is in its docstring; it was written, and fixed, before the index was
tuned). Every person has one photo; a query is another photo of somebody in the gallery, drawn with
a seed that the tuning never saw. All sides run on one thread and answer single queries; times of
searches are medians of processor time, so that a busy machine takes nobody's side. The galleries of one and of ten million are each measured in a process of their own
(`gallery_alone`), so that its peak memory is its own. `GUITU_BENCH_MOST=1000000` leaves the larger
one out.
"""

import json
import os
import subprocess
import sys
from typing import Any, Final

from benchmarks.rows import row, share_row

Row = dict[str, Any]
Figures = dict[str, float]

ONE_MILLION: Final = 1_000_000
TEN_MILLION: Final = 10_000_000
_HNSW: Final = "faiss IndexHNSWFlat"


def rows() -> list[Row]:
    """The table: one million in full, ten million beside it."""
    one = _measured(ONE_MILLION)
    table = [*_speed_rows(one), *_found_rows(one), *_change_rows(one)]
    if int(os.environ.get("GUITU_BENCH_MOST", TEN_MILLION)) >= TEN_MILLION:
        table += _ten_million_rows(one, _measured(TEN_MILLION))
    return table


def _measured(count: int) -> Figures:
    """Figures of one size, from a process of its own."""
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "benchmarks.gallery_alone", str(count)],
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    figures: Figures = json.loads(done.stdout)
    return figures


def _speed_rows(one: Figures) -> list[Row]:
    ours = one["ours_ms"]
    return [
        row("100 万人脸，找最近 50 人", "毫秒", ours, one["flat_ms"], "faiss IndexFlatL2"),
        row("同上", "毫秒", ours, one["numpy_ms"], "numpy 矩阵乘法"),
        row("同上", "毫秒", ours, one["norm_ms"], "face_recognition 的 numpy 写法"),
        row("同上", "毫秒", ours, one["hnsw_ms"], _HNSW),
        row("同上，缓存已冷", "毫秒", one["cold_ms"], one["flat_ms"], "faiss IndexFlatL2"),
        row("全部内容（向量、编码、编号）", "MB", one["stored_mb"], one["flat_mb"], "float32 向量"),
    ]


def _found_rows(one: Figures) -> list[Row]:
    return [
        share_row("最近 50 人的召回率", one["recall"], one["hnsw_recall"], _HNSW),
        row("精确检索前 50 名里有、这里没有的本人", "人", one["mates_lost"]),
        row("同上，共", "人", one["mates"]),
    ]


def _change_rows(one: Figures) -> list[Row]:
    return [
        share_row("建库，张每秒", one["build_rate"], one["hnsw_rate"], _HNSW),
        row("逐人加入", "人/秒", one["add_rate"]),
        row("成批加入（每批 1000 人）", "人/秒", one["add_many_rate"]),
        row("逐人移除（HNSW 不能移除）", "人/秒", one["remove_rate"]),
        row("库在更换时检索，第 99 百分位", "毫秒", one["swap_p99_ms"]),
        row("平时检索，第 99 百分位", "毫秒", one["calm_p99_ms"]),
        row("写快照（加密、落盘）", "秒", one["save_s"]),
        row("读快照（解密、核对）", "秒", one["load_s"]),
    ]


def _ten_million_rows(one: Figures, ten: Figures) -> list[Row]:
    return [
        row("1000 万人脸，找最近 50 人", "毫秒", ten["ours_ms"], one["ours_ms"], "本索引，100 万"),
        row("1000 万：建库、检索、写快照的内存峰值", "GB", ten["peak_gb"]),
        row("1000 万：建库", "张/秒", ten["build_rate"]),
        row("1000 万：写快照", "秒", ten["save_s"]),
        row("1000 万：最近 50 人的召回率", "", ten["recall"]),
        row("1000 万：精确检索前 50 名里有、这里没有的本人", "人", ten["mates_lost"]),
    ]
