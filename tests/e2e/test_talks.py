"""The talks on the case page in a browser: marks lead to chips, a click judges, nothing is too wide."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, Site
from tests.e2e.test_review import shoot, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def test_a_clue_is_put_right_and_verified_by_click(
    site: Site, open_page: OpenPage, artefacts: Path
) -> None:
    page = open_page(DESK)
    sign_in(page, site, "wangfang")
    page.goto(f"{site.url}/cases/{site.demo.case_id}")
    page.click("#home-guess a")
    expect(page.locator("#home-guess")).to_contain_text("湖南省 邵阳市 隆回县")
    page.click(".gt-said-mark:has-text('刘福生')")
    chip = page.locator(".gt-said-chip", has_text="本人姓名").first
    chip.locator("summary").click()
    chip.locator("input[name=value]").fill("刘福胜")
    shoot(page, artefacts, "talks-open")
    chip.locator("button:has-text('属实')").click()
    expect(page.locator(".gt-said-chip", has_text="本人姓名").first).to_contain_text("✓ 已核实")
    expect(page.locator(".gt-facts").first).to_contain_text("刘福胜")
    page.locator("#talks").scroll_into_view_if_needed()
    shoot(page, artefacts, "talks-verified")

    phone = open_page(PHONE)
    sign_in(phone, site, "wangfang")
    phone.goto(f"{site.url}/cases/{site.demo.case_id}#talks")
    shoot(phone, artefacts, "talks-phone")
