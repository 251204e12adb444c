"""The real app on a small demo workspace, and a browser that forgives nothing."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from api.app import STATIC
from casework.cases.happenings.care import Admitted
from casework.context import Context
from casework.leads.lead import Verdict
from casework.leads.review import DecideCommand, decide
from casework.ports import LineFilter
from runtime.container import Services, running
from runtime.face_generations import ServingFaceReader
from runtime.passwords import hash_password
from runtime.settings import Settings
from tests.e2e.serving import served
from tests.scripted_reader import ScriptedReader
from tests.small_demo import PASSWORD, SmallDemo, make_small_demo

CHROMIUM = Path("/usr/bin/chromium")
#: A microphone that hums, and nobody who has to allow its use.
FAKE_MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing at /usr/bin/chromium")
        pytest.skip("Chromium is missing at /usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", *FAKE_MICROPHONE],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def artefacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: GUITU_ARTEFACTS, or a folder that pytest cleans up."""
    named = os.environ.get("GUITU_ARTEFACTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("artefacts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The running app."""

    url: str
    services: Services
    demo: SmallDemo
    #: What browsers complained about; anything left at the end fails the test.
    complaints: list[str]

    def close(self) -> None:
        """Write down that the resident is a child, so that colleagues have to ask for the file."""
        admitted = LineFilter(kinds=frozenset({"admitted"}), case_id=self.demo.case_id)
        with self.services.open_work() as work:
            (first,) = work.cases.lines(admitted)
            child = Admitted(apparent_age=12)
            work.cases.append(replace(first, entry_id="line-child", details=child))
            work.commit()

    def forward(self) -> None:
        """Send the planted lead to the police, as the specialist would."""
        command = DecideCommand(lead_id=self.demo.lead_id, verdict=Verdict.FORWARD, read_version=0)
        decide(self.context("wangfang"), command)

    def context(self, name: str) -> Context:
        """What somebody does without the pages."""
        with self.services.open_work() as work:
            user = work.users.by_name(name)
        assert user is not None
        return self.services.context(user.actor())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    assert (STATIC / "vendor" / "tabler.min.css").exists(), "run scripts/vendor_static.py first"
    with running(Settings(home=tmp_path / "var")) as real:
        services = replace(real, face_reader=cast("ServingFaceReader", ScriptedReader()))
        demo = make_small_demo(services, hash_password(PASSWORD))
        with served(services) as url:
            yield Site(url=url, services=services, demo=demo, complaints=[])


OpenPage = Callable[[ViewportSize], Page]


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    """Opens pages in fresh profiles; whatever they complain about fails the test at its end."""
    complaints = site.complaints

    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"console: {message.text}")

    def request(sent: Request) -> None:
        if not sent.url.startswith((site.url, "data:", "blob:")):
            complaints.append(f"request to another origin: {sent.url}")

    def open_one(size: ViewportSize) -> Page:
        page = browser.new_context(viewport=size, locale="zh-CN").new_page()
        page.on("console", console)
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("request", request)
        return page

    yield open_one
    for context in browser.contexts:
        context.close()
    assert complaints == []
