"""Kills its own process by SIGKILL at a named point, when the test has asked for it.

Loaded into worker processes by the tests only. The request is a file in the folder named by
GUITU_TEST_KILLS: `<point> <case id or *>`. Whoever reaches the point first takes the file away
and dies, so that one request is one death.
"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from casework.jobs.job import Job, JobKind
from runtime import handlers
from runtime.matcher import LiveMatcher
from runtime.runner import JobFloor
from storage.alerts import SqlAlertStore
from storage.leads import SqlLeadStore
from storage.outbox import SqlOutbox

POINTS: Final = (
    "before the claim",
    "after the claim",
    "while matching",
    "inside the effect's transaction",
    "before the effect's commit",
    "after the effect's commit",
    "before the acknowledgement",
    "while telling a breach",
)
ANY: Final = "*"
FOLDER: Final = "GUITU_TEST_KILLS"
REQUEST: Final = "request"


@dataclass(slots=True)
class _Now:
    """The case whose job this process is at."""

    case_id: str = ANY


_now = _Now()


def ask(folder: Path, point: str, case_id: str = ANY) -> None:
    """Ask for one death at a point, at the job of one case or of any."""
    draft = folder / "draft"
    draft.write_text(f"{point}|{case_id}", encoding="utf-8")
    draft.rename(folder / REQUEST)


def is_done(folder: Path) -> bool:
    """Whether the death that was asked for has happened."""
    return not (folder / REQUEST).exists()


def reach(point: str) -> None:
    """Die here if that was asked for."""
    request = Path(os.environ[FOLDER]) / REQUEST
    with suppress(FileNotFoundError):
        wanted, case_id = request.read_text(encoding="utf-8").split("|")
        if wanted == point and case_id in {ANY, _now.case_id}:
            request.unlink()
            os.kill(os.getpid(), signal.SIGKILL)


def arm() -> None:
    """Put the points into this process."""
    _around(JobFloor, "claim", before=POINTS[0], after=POINTS[1], notes_job=True)
    _around(JobFloor, "claim_one", before=POINTS[0], after=POINTS[1], notes_job=True)
    _around(LiveMatcher, "match", after=POINTS[2])
    _around(SqlLeadStore, "add", after=POINTS[3])
    _around(SqlOutbox, "finish", after=POINTS[4])
    _around(SqlAlertStore, "add", after=POINTS[7])
    _around(JobFloor, "run", after=POINTS[6])
    table: Any = handlers.HANDLERS
    search = table[JobKind.SEARCH_CASE]

    def searched(*words: Any) -> None:
        search(*words)
        reach(POINTS[5])

    table[JobKind.SEARCH_CASE] = searched


def _around(
    owner: type, name: str, *, before: str = "", after: str = "", notes_job: bool = False
) -> None:
    method: Callable[..., Any] = getattr(owner, name)

    def wrapped(*words: Any, **named: Any) -> Any:
        if before:
            reach(before)
        result = method(*words, **named)
        if notes_job:
            _now.case_id = result.subject_id if isinstance(result, Job) else ANY
        if after and (not notes_job or result is not None):
            reach(after)
        return result

    setattr(owner, name, wrapped)
