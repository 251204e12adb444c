"""Every page, as everyone who may open it sees it: light and dark, large text, desk and phone.

The pictures of docs/screens are made here: GUITU_ARTEFACTS=docs/screens pytest tests/e2e/test_every_page.py
"""

import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from casework.accounts.own_second_factor import begin_second_factor
from runtime.passwords import Argon2Passwords
from tests.e2e.conftest import DESK, PHONE, OpenPage, Site
from tests.e2e.page_checks import AXE, grave_findings, is_as_wide_as_its_screen, untranslated
from tests.small_demo import PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.slow]

#: picture -> (who looks, at which address)
PAGES = {
    "sign-in": (None, "/sign-in"),
    "desk": ("wangfang", "/desk"),
    "lead": ("wangfang", "/leads/{lead}?tray=todo"),
    "lead-overlay": ("wangfang", "/leads/{lead}?view=overlay"),
    "history": ("wangfang", "/history"),
    "cases": ("wangfang", "/cases"),
    "case": ("wangfang", "/cases/{case}"),
    "home": ("wangfang", "/cases/{case}/home"),
    "closed-file": ("lihua", "/cases/{case}"),
    "intake": ("chenxia", "/intake"),
    "notices": ("wangfang", "/notices"),
    "windows": ("liumin", "/windows?state=open"),
    "station": ("liumin", "/station"),
    "no-leads": ("shenji", "/desk"),
    "police-desk": ("lijing", "/desk"),
    "police-answer": ("lijing", "/leads/{lead}"),
    "account": ("wangfang", "/account"),
    "password": ("wangfang", "/account/password"),
    "second-factor": ("wangfang", "/account/second-factor"),
    "sign-in-code": (None, "/sign-in/code"),
    "admin-users": ("guanli", "/admin/users"),
    "admin-user": ("guanli", "/admin/users/user-wangfang"),
    "admin-roles": ("guanli", "/admin/roles"),
    "admin-stations": ("guanli", "/admin/stations"),
    "admin-windows": ("liumin", "/admin/windows"),
    "admin-versions": ("guanli", "/admin/versions"),
    "admin-doctor": ("guanli", "/admin/doctor"),
    "not-found": ("wangfang", "/nowhere"),
}
#: Pages that answer with an error on purpose; the browser says so on its console.
ERRORS = frozenset({"not-found"})


def open_as(page: Page, site: Site, user: str | None, path: str) -> None:
    page.goto(f"{site.url}/sign-in")
    if user is not None:
        page.click(f"form:has(input[value='{user}']) button")
    page.goto(site.url + path.format(lead=site.demo.lead_id, case=site.demo.case_id))


def choose_look(page: Page, theme: str, text: str) -> None:
    page.context.add_cookies([{"name": "guitu_look", "value": f"{theme}.{text}", "url": page.url}])
    page.reload()


@pytest.fixture
def prepared(site: Site, request: pytest.FixtureRequest) -> None:
    """What police see has been sent to them, a phone waits for its key, and what is closed is a child's."""
    name = request.node.callspec.params["name"]
    if name.startswith("police"):
        site.forward()
    if name == "closed-file":
        site.close()
    if name == "second-factor":
        begin_second_factor(
            site.context("wangfang"), Argon2Passwords(), PASSWORD, secrets.token_bytes
        )


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is missing; run scripts/vendor_static.py")
@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize("name", sorted(set(PAGES) - ERRORS))
def test_every_page_is_accessible_translated_and_fits(
    site: Site, open_page: OpenPage, artefacts: Path, name: str
) -> None:
    user, path = PAGES[name]
    for size, suffix in ((DESK, "desktop"), (PHONE, "phone")):
        page = open_page(size)
        open_as(page, site, user, path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=artefacts / f"{name}-{suffix}.png")
        check(page)
        choose_look(page, "dark", "normal")
        check(page)
        if name == "lead":
            page.screenshot(path=artefacts / f"{name}-{suffix}-dark.png")
        choose_look(page, "light", "large")
        check(page)
    if name == "closed-file":
        # The browser reports the answer 403 itself.
        site.complaints[:] = [each for each in site.complaints if "403" not in each]


def check(page: Page) -> None:
    assert grave_findings(page) == []
    assert untranslated(page) == []
    assert is_as_wide_as_its_screen(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desktop", "phone"])
def test_an_error_page_is_a_page_too(site: Site, open_page: OpenPage, size: ViewportSize) -> None:
    page = open_page(size)
    user, path = PAGES["not-found"]
    open_as(page, site, user, path)
    check(page)
    # The browser reports the answer 404 itself.
    site.complaints.clear()
