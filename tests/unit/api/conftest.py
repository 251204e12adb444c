"""The app over in-memory stores: no database, no face process, no search."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI

from api.app import create_app
from casework.accounts.access import SYSTEM
from casework.context import Context
from casework.search.gallery import StoredFace
from casework.search.matcher import MatchResult, Part
from matching.model import Probe
from matching.policy import load_policy
from runtime.container import Services
from runtime.face_galleries import FaceGalleries
from runtime.face_process import FaceProcess
from runtime.handlers import Tools
from runtime.matcher import LiveMatcher
from runtime.model_change import move_readers
from runtime.runner import InlineRunner, JobFloor
from runtime.settings import Settings
from runtime.sign_in import demo_sign_in, issue_token
from storage.face_snapshots import SnapshotFolder
from storage.memory.unit_of_work import memory_work
from tests.asgi_client import BASE, AsgiClient
from tests.scripted_reader import ScriptedReader
from tests.small_demo import SmallDemo, make_small_demo

NOW = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)


class NothingFound:
    """A registry without anybody alike."""

    policy = load_policy()
    hands = None

    def refresh(self) -> None:
        """There is nothing to catch up with."""

    def rules(self, _faces: Sequence[StoredFace]) -> str:
        return "rules"

    def match(
        self,
        _probe: Probe,
        _faces: Sequence[StoredFace],
        only: Part | None = None,
    ) -> MatchResult:
        size = 1 if only is None else len(only.record_ids)
        return MatchResult(leads=(), gallery_size=size, versions={})

    def alike_residents(
        self,
        _probe: Probe,
        _faces: Sequence[StoredFace],
        _only: Collection[str] | None = None,
    ) -> MatchResult:
        return MatchResult(leads=(), gallery_size=0, versions={})


class BrokenMatcher(NothingFound):
    """A search that fails each time."""

    def rules(self, _faces: Sequence[StoredFace]) -> str:
        raise RuntimeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The app, what is in it, and ways to knock at its door."""

    app: FastAPI
    services: Services
    demo: SmallDemo

    def script(self, name: str) -> AsgiClient:
        """A client with an API token."""
        secret, _ = issue_token(self.services.open_work, self.services.clock, name, "test")
        return AsgiClient(self.app, headers={"Authorization": f"Bearer {secret}"})

    def browser(self, name: str) -> tuple[AsgiClient, str]:
        """A signed-in browser and the token of its forms."""
        secret, session = demo_sign_in(self.services.open_work, self.services.clock, name)
        client = AsgiClient(self.app, headers={"Origin": BASE})
        client.cookies.set("guitu_session", secret)
        return client, session.form_token


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path, NothingFound())


@pytest.fixture
def broken_office(tmp_path: Path) -> Office:
    """An office whose searches fail."""
    return make_office(tmp_path, BrokenMatcher())


def make_office(home: Path, matcher: NothingFound) -> Office:
    open_work, ids = memory_work(), count(1)
    live = cast("LiveMatcher", matcher)

    def new_id() -> str:
        return f"id-{next(ids)}"

    def clock() -> datetime:
        return NOW

    floor = JobFloor(
        context=Context(open_work=open_work, clock=clock, new_id=new_id, actor=SYSTEM),
        tools=Tools(matcher=live, readers=partial(move_readers, Settings())),
        worker_id="test",
    )
    services = Services(
        settings=Settings(home=home),
        open_work=open_work,
        clock=clock,
        new_id=new_id,
        face_reader=cast("FaceProcess", ScriptedReader()),
        matcher=live,
        galleries=FaceGalleries(open_work, SnapshotFolder(home / "galleries")),
        floor=floor,
        runner=InlineRunner(floor),
    )
    demo = make_small_demo(services, password_hash="unused")
    return Office(app=create_app(services), services=services, demo=demo)
