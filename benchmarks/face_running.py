"""What running the engine costs beside `face_recognition`: start, memory, two cores at work."""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any, Final, Self

from benchmarks.face_scenes import Scene
from benchmarks.rows import row

_PEER: Final = "face_recognition"
STARTS: Final = 5
CORES: Final = 2


class _Alone:
    """One side, started and ready."""

    def __init__(self, side: str, models: Path, photos: list[Scene]) -> None:
        begun = time.perf_counter()
        words = [side, str(models), *(str(photo.path) for photo in photos)]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-W", "ignore", "-m", "benchmarks.face_alone", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._line(self._process.stdout)
        #: From nothing to loaded models.
        self.start_seconds = time.perf_counter() - begun

    def begin(self) -> Self:
        """Let it read its photos."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self

    def finish(self) -> dict[str, float]:
        """Seconds and megabytes of the reading."""
        report: dict[str, float] = json.loads(self._line(self._process.stdout))
        self._process.communicate()
        return report

    @staticmethod
    def _line(stream: IO[str] | None) -> str:
        assert stream is not None
        return stream.readline()


def rows(photos: list[Scene], models: Path) -> list[dict[str, Any]]:
    """Seconds to start, megabytes, photos per second on two cores."""
    starts: dict[str, list[float]] = {"ours": [], "peer": []}
    for _ in range(STARTS):
        for side, seconds in starts.items():
            alone = _Alone(side, models, [])
            seconds.append(alone.start_seconds)
            alone.begin().finish()
    memory = {side: _Alone(side, models, photos).begin().finish() for side in starts}
    rates = {side: _photos_per_second(side, models, photos) for side in starts}
    return [
        row(
            "启动到可用（模型已转换）",
            "秒",
            statistics.median(starts["ours"]),
            statistics.median(starts["peer"]),
            _PEER,
        ),
        row(
            "读完全部照片后的常驻内存",
            "MB",
            memory["ours"]["resident"],
            memory["peer"]["resident"],
            _PEER,
        ),
        row("峰值内存", "MB", memory["ours"]["peak"], memory["peer"]["peak"], _PEER),
        {
            **row("两个核、两个进程的吞吐", "张/秒", rates["ours"], rates["peer"], _PEER),
            "ratio": rates["ours"] / rates["peer"],
        },
    ]


def _photos_per_second(side: str, models: Path, photos: list[Scene]) -> float:
    """Two processes at once, each over every photo."""
    both = [_Alone(side, models, photos) for _ in range(CORES)]
    begun = time.perf_counter()
    for each in both:
        each.begin()
    for each in both:
        each.finish()
    return CORES * len(photos) / (time.perf_counter() - begun)
