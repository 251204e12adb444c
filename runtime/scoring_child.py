"""A scoring process itself: maps the registry of its parent, then scores one case after another.

Started by `runtime.scoring_pool` as `python -m runtime.scoring_child PIPE SNAPSHOT`, both file
descriptors. It writes nothing, anywhere, and ends when its parent does.
"""

import resource
import sys
from multiprocessing.connection import Connection

from casework.accounts.access import SYSTEM
from casework.context import Context
from casework.rematch.runs import ScoredCase
from casework.rematch.scoring import RunScoring
from casework.search.matcher import Matcher
from runtime.clock import system_clock
from runtime.ids import random_id
from runtime.settings import Settings
from storage.engine import make_engine
from storage.keyring import load_keyring
from storage.sealing import Sealer
from storage.unit_of_work import sql_work


def main(handle: int, snapshot: int) -> None:
    """Serve cases from the pipe `handle` until it is closed; `snapshot` is the parent's registry."""
    # A core dump would be a plain-text copy of the registry.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pipe = Connection(handle)
    try:
        settings, shared = pipe.recv()
        _serve(pipe, settings, shared.opened(snapshot))
    except EOFError:  # the parent has closed the pipe, or is gone
        return


def _serve(pipe: Connection, settings: Settings, matcher: Matcher) -> None:
    sealer = Sealer(load_keyring(settings.keyring_path))
    context = Context(
        open_work=sql_work(make_engine(settings.sqlalchemy_url), sealer),
        clock=system_clock,
        new_id=random_id,
        actor=SYSTEM,
    )
    scoring: RunScoring | None = None
    while True:
        run, case_id = pipe.recv()
        if scoring is None or scoring.run.run_id != run.run_id:
            scoring = RunScoring(context, matcher, run)
        pipe.send(_answer(scoring, case_id))


def _answer(scoring: RunScoring, case_id: str) -> ScoredCase | Exception:
    try:
        return scoring.score(case_id)
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        return error


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
