from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE, OpenPage, Site
from tests.small_demo import PASSWORD, portrait

#: A picture in which the scripted reader sees two faces.
CROWD = portrait(hair=(90, 70, 60)) + b"\x02"

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def sign_in(page: Page, site: Site, name: str) -> None:
    page.goto(f"{site.url}/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.click("button:has-text('登录')")
    expect(page.locator("h1")).to_have_text("我的工作台")


def shoot(page: Page, artefacts: Path, name: str) -> None:
    """Keep a picture, and refuse a page that is wider than its screen."""
    page.screenshot(path=artefacts / f"{name}.png")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_lead_goes_from_the_specialist_to_the_police_and_is_confirmed(
    site: Site, open_page: OpenPage, artefacts: Path
) -> None:
    page = open_page(DESK)
    sign_in(page, site, "wangfang")
    row = page.locator("tr[data-row]", has_text="刘×胜")
    expect(row).to_contain_text("高度疑似")
    shoot(page, artefacts, "desk")

    page.wait_for_load_state("load")
    for _ in page.locator("tr[data-row]").all():
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("线索核对")
    expect(page.locator(".gt-sum")).to_contain_text("先验 −17.6 ＋ 证据 ＋19.9 ＝ 合计 ＋2.3")
    expect(page.locator(".gt-talk mark").first).to_be_visible()
    for face in page.locator("svg[data-face] g:not([data-over]) image").all():
        assert "scale(0.56818)" in (face.get_attribute("transform") or "")
    shoot(page, artefacts, "lead")
    page.wait_for_load_state("load")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".gt-head")).to_contain_text("已送公安核实")
    expect(page.locator("[data-toast]")).to_contain_text("认定，送公安核实")
    page.wait_for_load_state("load")
    page.keyboard.press("h")
    expect(page.locator(".gt-history")).to_contain_text("王芳")

    phone = open_page(PHONE)
    sign_in(phone, site, "lijing")
    expect(phone.locator("tr[data-row] time")).to_have_text("剩 47:59")
    shoot(phone, artefacts, "police-desk")
    phone.click("tr[data-row] a:has-text('处理')")
    expect(phone.locator("h1")).to_have_text("公安核实")
    shoot(phone, artefacts, "police-answer")
    phone.click("label:has-text('指纹')")
    phone.click("button:has-text('确认')")
    expect(phone.locator(".gt-head")).to_contain_text("公安已确认")
    expect(phone.locator(".gt-history")).to_contain_text("指纹")
    assert phone.locator("button:has-text('否定')").count() == 0


def test_everything_works_without_scripts(site: Site, open_page: OpenPage) -> None:
    page = open_page(DESK)
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    sign_in(page, site, "wangfang")
    page.click("tr[id^='lead-'] a")
    page.click("text=叠加")
    expect(page.locator("[data-over]")).to_have_attribute("opacity", "0.5")
    page.click("#reject > summary")
    page.select_option("#reason_code", "age")
    page.fill("#reason", "看着只有四十")
    page.click("#reject button")
    expect(page.locator(".gt-head")).to_contain_text("排除待复核")
    page.click("#history > summary")
    expect(page.locator(".gt-history")).to_contain_text("年龄不符，看着只有四十")


def test_letters_typed_into_a_field_are_not_commands(site: Site, open_page: OpenPage) -> None:
    page = open_page(DESK)
    sign_in(page, site, "wangfang")
    page.click("tr[id^='lead-'] a")
    expect(page.locator("h1")).to_have_text("线索核对")
    page.wait_for_load_state("load")  # the keys work once the module has run
    page.keyboard.press("r")
    page.locator("#reason").focus()
    page.keyboard.type("jku")
    assert page.input_value("#reason") == "jku"
    assert f"/leads/{site.demo.lead_id}?" in page.url


def test_the_demo_signs_in_with_one_click_and_the_case_page_lists_its_windows(
    site: Site, open_page: OpenPage, artefacts: Path
) -> None:
    for name, size in (("desk", DESK), ("phone", PHONE)):
        page = open_page(size)
        page.goto(f"{site.url}/")
        shoot(page, artefacts, f"sign-in-{name}")
        page.click("button:has-text('王芳')")
        page.goto(f"{site.url}/cases/{site.demo.case_id}")
        expect(page.locator("h1")).to_contain_text(site.demo.case_number)
        expect(page.locator(".gt-state").first).to_be_visible()
        shoot(page, artefacts, f"case-{name}")
        page.goto(f"{site.url}/leads/{site.demo.lead_id}")
        shoot(page, artefacts, f"lead-{name}")


def test_intake_opens_a_case_and_tells_what_is_missing(
    site: Site, open_page: OpenPage, artefacts: Path
) -> None:
    page = open_page(DESK)
    sign_in(page, site, "wangfang")
    page.click("nav >> text=入站登记")
    page.fill("#name", "张㛃𬭼<b>")
    page.fill("#transcript", "答：我是四川达县的。")
    shoot(page, artefacts, "intake")
    page.click("text=登记并检索")
    expect(page.locator("h1")).to_contain_text("个案")
    expect(page.locator(".gt-alert").first).to_contain_text("没有照片")
    expect(page.locator(".gt-facts")).to_contain_text("张㛃𬭼<b>")
    page.reload()
    assert page.locator(".gt-alert").count() == 0


def test_the_rest_of_a_long_list_is_added_below_without_leaving_the_page(
    site: Site, open_page: OpenPage
) -> None:
    add_leads(site, 35)
    page = open_page(DESK)
    sign_in(page, site, "wangfang")
    leads = page.locator("tr[id^='lead-']")
    assert leads.count() == 30
    page.click("text=再看后面的")
    expect(leads).to_have_count(36)
    assert page.url == f"{site.url}/desk"
    assert page.locator("text=再看后面的").count() == 0


def add_leads(site: Site, count: int) -> None:
    """Weaker copies of the planted lead, each with a record of its own."""
    with site.services.open_work() as work:
        lead = work.leads.get(site.demo.lead_id)
        record = work.records.get(lead.record_id)
        for n in range(count):
            copy = replace(record, record_id=f"record-{n}", source_number=f"GA-{n}")
            work.records.add_many([copy])
            work.leads.add(
                replace(
                    lead,
                    lead_id=f"lead-{n}",
                    record_id=copy.record_id,
                    rank=n + 2,
                    bits=lead.bits - 1 - n / 10,
                )
            )
        work.commit()


def test_intake_answers_while_the_form_is_being_filled_in(
    site: Site, open_page: OpenPage, artefacts: Path
) -> None:
    page = open_page(DESK)
    sign_in(page, site, "wangfang")
    page.click("nav >> text=入站登记")
    page.set_input_files("#photos", {"name": "two.jpg", "mimeType": "image/jpeg", "buffer": CROWD})
    expect(page.locator("#photo-verdict")).to_contain_text("照片里有 2 张脸")
    page.click("[data-pick='2']")
    assert page.is_checked("input[name=face][value='2']")
    page.locator("#transcript").press_sequentially("答：我叫刘福生，湖南邵阳隆回的。")
    expect(page.locator("#heard")).to_contain_text("湖南省 邵阳市 隆回县")
    expect(page.locator("#heard")).to_contain_text("接下来可以问")
    shoot(page, artefacts, "intake-filled")
    page.click("text=登记并检索")
    expect(page.locator("h1")).to_contain_text("个案")
    expect(page.locator(".gt-line")).to_contain_text("拍照")
    expect(page.locator(".gt-line")).to_contain_text("访谈")


def test_a_rejection_of_a_strong_lead_needs_a_second_person(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(DESK)
    sign_in(page, site, "wangfang")
    page.goto(f"{site.url}/leads/{site.demo.lead_id}")
    page.wait_for_load_state("load")
    page.keyboard.press("r")
    page.select_option("#reason_code", "sibling_or_twin")
    page.click("#reject button")
    expect(page.locator(".gt-head")).to_contain_text("排除待复核")
    page.click("button[value='agree']")
    expect(page.locator("[role=alert]")).to_contain_text("不能自己复核自己")
    site.complaints[:] = [each for each in site.complaints if "403" not in each]

    second = open_page(DESK)
    sign_in(second, site, "liumin")
    second.click("nav >> text=本站")
    second.click("text=复核 >> nth=-1")
    expect(second.locator("h1")).to_have_text("线索核对")
    second.click("button[value='agree']")
    expect(second.locator(".gt-head")).to_contain_text("已排除")


def test_a_decision_is_taken_back_with_one_key(site: Site, open_page: OpenPage) -> None:
    page = open_page(DESK)
    sign_in(page, site, "wangfang")
    page.goto(f"{site.url}/leads/{site.demo.lead_id}?tray=todo")
    page.wait_for_load_state("load")
    page.keyboard.press("s")
    page.click("#later button")
    expect(page.locator(".gt-head")).to_contain_text("稍后处理")
    expect(page.locator("[data-toast]")).to_contain_text("已记下：稍后")
    page.wait_for_load_state("load")  # the keys work once the module has run
    page.keyboard.press("u")
    expect(page.locator(".gt-head")).to_contain_text("待审核")
    page.click("text=回到工作台")
    expect(page.locator(f"#lead-{site.demo.lead_id} a")).to_be_focused()


def test_one_zoom_and_one_view_drive_both_faces(site: Site, open_page: OpenPage) -> None:
    page = open_page(DESK)
    sign_in(page, site, "wangfang")
    page.goto(f"{site.url}/leads/{site.demo.lead_id}")
    page.wait_for_load_state("load")
    page.keyboard.press("=")
    boxes = {face.get_attribute("viewBox") for face in page.locator("svg[data-face]").all()}
    assert boxes == {"10 12.5 80 100"}
    page.keyboard.press("o")
    expect(page.locator("[data-over]")).to_have_attribute("visibility", "visible")
    page.keyboard.press("x")
    shown = page.locator("svg[data-face] g:not([data-over]) image").first.get_attribute("transform")
    assert (shown or "").startswith("translate(100 0) scale(-1 1)")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("认定，送公安核实")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.locator(".gt-pinyin").first).to_have_text("liu fu sheng")
