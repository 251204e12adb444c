"""One worker process under supervision, with the processes that it starts itself."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

#: A child that ends sooner than this is not started again at once.
TOO_SOON: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPlan:
    """What to start."""

    name: str
    command: tuple[str, ...]


class Child:
    """A running process, and the group that it leads."""

    def __init__(self, plan: ChildPlan) -> None:
        self.plan = plan
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    @property
    def pid(self) -> int | None:
        """Its process id; None while it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start_if_down(self) -> bool:
        """Start it unless it runs, or ended only just now; True when it was started."""
        if self.pid is not None or time.monotonic() - self._started < TOO_SOON:
            return False
        self.kill()  # what a dead leader left behind
        self._process = subprocess.Popen(self.plan.command, start_new_session=True)  # noqa: S603 - our own command
        self._started = time.monotonic()
        return True

    def restart(self) -> None:
        """Kill it with all that it started, and start it again."""
        self.kill()
        self._started = 0.0
        self.start_if_down()

    def ask_to_stop(self) -> None:
        """Let it finish the job that is under way."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> None:
        """Give it so long to end, then kill it."""
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        self.kill()

    def kill(self) -> None:
        """End its whole group at once."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def end_all(children: Sequence[Child], seconds: float) -> None:
    """Ask every child to stop, then wait for all of them together."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + seconds
    for child in children:
        child.wait(max(0.0, deadline - time.monotonic()))
