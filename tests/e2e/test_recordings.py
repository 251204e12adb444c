"""A talk is recorded where it is written down, and heard beside the lead."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESK, OpenPage, Site
from tests.e2e.test_every_page import open_as

pytestmark = [pytest.mark.integration, pytest.mark.slow]

SECONDS_PLAYED = """audio => new Promise((done, failed) => {
  audio.addEventListener("error", () => failed(audio.error.message));
  audio.addEventListener("timeupdate", () => audio.currentTime > 0.2 && done(audio.currentTime));
  audio.muted = true;
  audio.play();
})"""


def test_a_talk_is_recorded_kept_and_played(
    site: Site, open_page: OpenPage, artefacts: Path
) -> None:
    page = open_page(DESK)
    open_as(page, site, "wangfang", "/cases/{case}")
    page.wait_for_load_state("load")
    page.click("#new-talk > summary")
    page.fill("#transcript", "问：家里还有谁？\n答：还有个老弟。")
    page.click("[data-record]")
    expect(page.locator("[data-record-time]")).to_contain_text("正在录音 00:01")
    page.screenshot(path=artefacts / "recording.png")
    page.click("[data-record-stop]")
    expect(page.locator("[data-record-preview]")).to_be_visible()
    page.click("text=登记访谈并再检索")
    expect(page.locator("#talks")).to_contain_text("第 2 次访谈")
    page.goto(f"{site.url}/leads/{site.demo.lead_id}")
    audio = page.locator("audio.gt-recording")
    expect(audio).to_have_count(1)
    assert audio.evaluate(SECONDS_PLAYED) > 0
    with site.services.open_work() as work:
        actions = [row.entry.action for row in work.audit.rows()]
    assert "audio.keep" in actions
    assert "audio.play" in actions
