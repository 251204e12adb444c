"""Several processes that score the cases of a run, all reading one snapshot of the registry.

A child is a fresh interpreter, not a fork: OpenMP does not survive forking. It maps the arrays that
its parent has written once, so that another process costs little memory; what it reads of residents it
reads from the database itself, and what it finds it sends back: only the parent writes.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from threading import Lock, Timer
from typing import Final, cast

import structlog

from casework.errors import UnavailableError
from casework.rematch.runs import RematchRun, ScoredCase
from runtime.fixed_matcher import FixedMatcher
from runtime.matcher import LiveMatcher
from runtime.settings import Settings
from runtime.shared_objects import SharedObject

#: Pairs of a step below which starting processes takes longer than what they save.
WORTH_PAIRS: Final = 10_000_000
#: Seconds without work after which the processes end and give their memory back.
IDLE_SECONDS: Final = 60.0

_log = structlog.get_logger("rematch")


class _Child:
    """One process and its pipe."""

    def __init__(self, settings: Settings, shared: SharedObject) -> None:
        self.pipe, far_end = Pipe()
        command = [sys.executable, "-P", "-m", "runtime.scoring_child"]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*command, str(far_end.fileno()), str(shared.descriptor)],
            stdin=subprocess.DEVNULL,
            # Nothing of our own environment; one process, one processor.
            env={
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "OMP_NUM_THREADS": "1",
                "OPENBLAS_NUM_THREADS": "1",
            },
            pass_fds=[far_end.fileno(), shared.descriptor],
        )
        far_end.close()
        self.pipe.send((settings, shared))

    def end(self) -> None:
        """Kill: it keeps nothing that would need an orderly farewell."""
        self._process.kill()
        self._process.wait()
        self.pipe.close()


class ScoringPool:
    """Implements `casework.search.matcher.ScoringHands`. One run at a time; a second one scores by itself."""

    def __init__(
        self,
        settings: Settings,
        matcher: LiveMatcher,
        *,
        worth_pairs: int = WORTH_PAIRS,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._settings = settings
        self._matcher = matcher
        self._worth_pairs = worth_pairs
        self._idle_seconds = idle_seconds
        #: Held while a run is scored, and while the processes start or end.
        self._busy = Lock()
        self._seen: FixedMatcher | None = None
        self._children: list[_Child] = []
        self._idle: Timer | None = None

    def scored(
        self, run: RematchRun, case_ids: Sequence[str], pairs: int, is_over: Callable[[], bool]
    ) -> Iterator[ScoredCase] | None:
        """Each case once it is scored, in any order; None when one process does it as well."""
        if self._settings.match_processes < 2 or not self._busy.acquire(blocking=False):  # noqa: PLR2004 - one is no pool
            return None
        is_worth_it = pairs * len(case_ids) >= self._worth_pairs
        if not self._is_ready(run, is_worth_it=is_worth_it):
            self._busy.release()
            return None
        return self._results(run, case_ids, is_over)

    def close(self) -> None:
        """End the processes. A later run starts new ones."""
        with self._busy:
            self._end()

    def _results(
        self, run: RematchRun, case_ids: Sequence[str], is_over: Callable[[], bool]
    ) -> Iterator[ScoredCase]:
        try:
            yield from _spread(self._children, run, case_ids, is_over)
        except (EOFError, OSError) as error:
            _log.error("scoring_process_died")
            self._end()
            raise UnavailableError("比对进程意外退出，稍后会自动接着比对。") from error
        except GeneratorExit:
            # Answers that nobody waits for any more must not meet the next run.
            self._end()
            raise
        finally:
            self._rest_later()
            self._busy.release()

    def _is_ready(self, run: RematchRun, *, is_worth_it: bool) -> bool:
        """Whether processes stand that know all that the run began with; start them if worth it."""
        seen = self._seen
        if seen is not None and (
            seen.revision < run.record_revision or seen.galleries.revision < run.face_revision
        ):
            self._end()
        if not self._children:
            now = self._matcher.now()
            if not is_worth_it or not now.galleries.are_whole:
                return False
            self._start(now)
        if self._idle is not None:
            self._idle.cancel()
        return True

    def _start(self, now: FixedMatcher) -> None:
        shared = SharedObject.of(now.shareable())
        try:
            for _ in range(self._settings.match_processes):
                self._children.append(_Child(self._settings, shared))
        finally:
            shared.close()
        self._seen = now

    def _rest_later(self) -> None:
        self._idle = Timer(self._idle_seconds, self._rest)
        self._idle.daemon = True
        self._idle.start()

    def _rest(self) -> None:
        if self._busy.acquire(blocking=False):
            self._end()
            self._busy.release()

    def _end(self) -> None:
        for child in self._children:
            child.end()
        self._children, self._seen = [], None
        if self._idle is not None:
            self._idle.cancel()


def _spread(
    children: Sequence[_Child],
    run: RematchRun,
    case_ids: Sequence[str],
    is_over: Callable[[], bool],
) -> Iterator[ScoredCase]:
    """Whoever is done gets the next case. Raises what a child has met, EOFError, OSError."""
    waiting = iter(case_ids)
    at_work: set[Connection] = set()

    def hand_on(pipe: Connection) -> None:
        case_id = None if is_over() and at_work else next(waiting, None)
        at_work.discard(pipe)
        if case_id is not None:
            pipe.send((run, case_id))
            at_work.add(pipe)

    for child in children:
        hand_on(child.pipe)
    found: list[ScoredCase] = []
    failed: Exception | None = None
    while at_work:
        for pipe in cast("list[Connection]", wait(at_work)):
            answer = pipe.recv()
            at_work.discard(pipe)
            if isinstance(answer, Exception):
                failed = failed or answer
            else:
                found.append(answer)
            if failed is None and not is_over():
                hand_on(pipe)
        yield from found
        found.clear()
    if failed is not None:
        raise failed
