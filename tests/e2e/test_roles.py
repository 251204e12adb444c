"""One story from the door to the auditor: everybody does their part and nobody more than that."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, Site
from tests.e2e.page_checks import is_as_wide_as_its_screen, untranslated
from tests.e2e.test_every_page import open_as

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def looks_right(page: Page) -> None:
    assert untranslated(page) == []
    assert is_as_wide_as_its_screen(page)


def refusals_expected(site: Site) -> None:
    """The browser reports an answer 403 itself."""
    site.complaints[:] = [each for each in site.complaints if "403" not in each]


def take_in_a_child(page: Page, site: Site) -> str:
    """The intake desk's part; returns the address of the case."""
    open_as(page, site, "chenxia", "/intake")
    page.fill("#apparent_age", "9")
    page.fill("#transcript", "问：你家在哪里？\n答：湖南邵阳隆回的，我妈妈叫我毛毛。")
    page.set_input_files("#audio", {"name": "a.txt", "mimeType": "text/plain", "buffer": wav()})
    page.click("text=登记并检索")
    expect(page.locator("h1")).to_contain_text("个案")
    expect(page.locator("audio.gt-recording")).to_have_count(1)
    looks_right(page)
    return page.url


def wav() -> bytes:
    """A tenth of a second of silence, 8 kHz, 8 bit."""
    samples = b"\x80" * 800
    head = b"RIFF" + (36 + len(samples)).to_bytes(4, "little") + b"WAVEfmt \x10\0\0\0\1\0\1\0"
    rates = (8000).to_bytes(4, "little") * 2 + b"\1\0\x08\0"
    return head + rates + b"data" + len(samples).to_bytes(4, "little") + samples


def test_everybody_does_their_part(site: Site, open_page: OpenPage) -> None:
    intake, specialist, supervisor = open_page(DESK), open_page(DESK), open_page(DESK)
    case = take_in_a_child(intake, site)

    open_as(specialist, site, "wangfang", "/desk")
    specialist.goto(case)
    expect(specialist.locator("[role=alert]")).to_contain_text("要站领导批准后才能查看")
    looks_right(specialist)
    specialist.fill("#why", "准备第二次访谈")
    specialist.click("text=向站领导申请")
    expect(specialist.locator("[role=alert]")).to_contain_text("正在等站领导批准")
    refusals_expected(site)

    open_as(supervisor, site, "liumin", "/notices")
    supervisor.click("tr:has-text('申请查看未成年人档案') >> text=查看 >> nth=-1")
    expect(supervisor.locator("#sight")).to_contain_text("准备第二次访谈")
    supervisor.select_option("#hours-1", "8")
    supervisor.click("#sight >> button:has-text('批准') >> nth=0")
    expect(supervisor.locator("#sight")).to_contain_text("可以查看")
    looks_right(supervisor)
    supervisor.click("nav >> text=时限")
    expect(supervisor.locator("h1")).to_have_text("时限看板")
    looks_right(supervisor)

    specialist.goto(f"{case}/home")
    specialist.click("tr:has-text('隆回县') >> text=登记为疑似家乡")
    expect(specialist.locator("main")).to_contain_text("疑似家乡：湖南省邵阳市隆回县")
    looks_right(specialist)
    specialist.goto(f"{site.url}/leads/{site.demo.lead_id}?tray=todo")
    specialist.wait_for_load_state("load")
    specialist.keyboard.press("Control+Enter")
    expect(specialist.locator(".gt-head")).to_contain_text("已送公安核实")
    looks_right(specialist)

    police = open_page(PHONE)
    open_as(police, site, "lijing", "/desk")
    police.click("tr[data-row] a:has-text('处理')")
    looks_right(police)
    police.click("label:has-text('DNA')")
    police.click("button:has-text('确认')")
    expect(police.locator(".gt-head")).to_contain_text("公安已确认")
    assert "/cases" not in police.locator("nav").inner_html()

    supervisor.goto(f"{site.url}/station#sight")
    supervisor.click("button:has-text('提前收回')")
    expect(supervisor.locator("#sight")).to_contain_text("已收回")
    specialist.goto(case)
    expect(specialist.locator("h1")).to_have_text("未成年人档案")
    refusals_expected(site)

    auditor = open_page(DESK)
    open_as(auditor, site, "shenji", "/desk")
    looks_right(auditor)
    auditor.goto(case)
    expect(auditor.locator("main")).to_contain_text("您的角色没有这项权限")
    refusals_expected(site)
