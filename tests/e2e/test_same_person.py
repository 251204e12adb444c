"""One man taken in twice under two names: found by itself, judged on the page, and taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from casework.cases.case import IntakeForm
from casework.cases.intake import IntakeCommand, open_case
from matching.model import Sex
from tests.e2e.conftest import DESK, PHONE, OpenPage, Site
from tests.e2e.test_every_page import check, choose_look, open_as
from tests.e2e.test_review import shoot
from tests.small_demo import TRANSCRIPT

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture
def second_file(site: Site) -> str:
    """The address of the second file, after every job that it caused."""
    form = IntakeForm(sex=Sex.MALE, apparent_age=58, height_cm=169)
    talk = TRANSCRIPT.replace("刘福生", "刘福升")
    services = site.services
    command = IntakeCommand(form=form, transcript=talk)
    opened = open_case(site.context("wangfang"), command, services.face_reader)
    services.runner.run_pending()
    return f"/cases/{opened.case.case_id}"


def test_a_second_file_is_held_against_the_first_and_people_say_what_is_so(
    site: Site, open_page: OpenPage, artefacts: Path, second_file: str
) -> None:
    page = open_page(DESK)
    open_as(page, site, "wangfang", second_file)
    page.click("#alike a:has-text('核对')")
    expect(page.locator("h1")).to_have_text("是不是同一人")
    expect(page.locator(".gt-weigh")).to_contain_text("刘福升 ↔ 刘福生")
    shoot(page, artefacts, "same-person-desktop")
    check(page)
    page.fill("#reason", "左手同一处疤，本人承认")
    page.click("button:has-text('认定为同一人')")
    expect(page.locator(".gt-head")).to_contain_text("同一人")
    expect(page.locator(".gt-history")).to_contain_text("左手同一处疤，本人承认")
    page.click("button:has-text('撤销认定')")
    expect(page.locator("button:has-text('认定为同一人')")).to_be_visible()
    pair = page.url.removeprefix(site.url)

    phone = open_page(PHONE)
    open_as(phone, site, "wangfang", pair)
    shoot(phone, artefacts, "same-person-phone")
    choose_look(phone, "dark", "large")
    check(phone)
