"""The administrator's and the supervisor's story: an account from the first day to a new phone."""

import secrets

import pytest
from playwright.sync_api import expect

from casework.accounts.one_time_codes import code_at, step_of
from tests.e2e.conftest import DESK, PHONE, OpenPage, Site
from tests.e2e.page_checks import grave_findings, is_as_wide_as_its_screen, untranslated
from tests.e2e.test_review import sign_in
from tests.small_demo import PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def test_a_new_colleague_gets_an_account_a_password_and_a_phone(
    site: Site, open_page: OpenPage
) -> None:
    page = open_page(DESK)
    page.goto(f"{site.url}/sign-in")
    page.fill("#name", "guanli")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("账号")
    page.click("text=添加账号")
    page.fill("#name", "xinren")
    page.fill("#display_name", "周新")
    page.fill("#station", "清远市救助管理站")
    page.check("input[value='specialist']")
    page.click("text=添加，生成临时密码")
    password = page.locator(".gt-secret").inner_text()
    assert (grave_findings(page), untranslated(page)) == ([], [])

    phone = open_page(PHONE)
    phone.goto(f"{site.url}/sign-in")
    phone.fill("#name", "xinren")
    phone.fill("#password", password)
    phone.click("button:has-text('登录')")
    expect(phone.locator("h1")).to_have_text("修改密码")
    assert (grave_findings(phone), untranslated(phone)) == ([], [])
    own = secrets.token_urlsafe()
    for field, value in (("current", password), ("new", own), ("again", own)):
        phone.fill(f"#{field}", value)
    phone.keyboard.press("Enter")
    expect(phone.locator("#password")).to_contain_text("密码已修改")

    phone.fill("#begin-password", own)
    phone.click("text=开启两步验证 >> nth=-1")
    expect(phone.locator("svg.gt-qr")).to_be_visible()
    phone.fill("#code", _code(site, "xinren"))
    phone.click("text=确认开启")
    recovery = phone.locator(".gt-recovery li").all_inner_texts()
    assert len(recovery) == 10
    assert (grave_findings(phone), untranslated(phone)) == ([], [])
    assert is_as_wide_as_its_screen(phone)

    other = open_page(DESK)
    other.goto(f"{site.url}/sign-in")
    other.fill("#name", "xinren")
    other.fill("#password", own)
    other.keyboard.press("Enter")
    other.fill("#code", recovery[0])
    other.keyboard.press("Enter")
    expect(other.locator("h1")).to_have_text("我的工作台")
    other.click(".gt-own")
    other.click("text=结束其他全部登录")
    expect(other.locator("#sessions h2")).to_have_text("登录中的设备（1）")

    page.click("text=回到账号列表")
    page.click("tr:has-text('周新') >> text=打开")
    page.click("button:has-text('停用账号')")
    expect(page.locator(".gt-head")).to_contain_text("已停用")
    other.goto(f"{site.url}/desk")
    expect(other.locator("button:has-text('登录')")).to_be_visible()


def test_a_supervisor_changes_a_window_without_scripts(site: Site, open_page: OpenPage) -> None:
    page = open_page(DESK)
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    sign_in(page, site, "liumin")
    page.click("nav >> text=管理")
    expect(page.locator("h1")).to_have_text("时限规则")
    page.select_option("#setting", "dna_sampling.due")
    page.fill("#number", "3")
    page.select_option("#unit", "days")
    page.click("button:has-text('使用') >> nth=-1")
    expect(page.locator("tr", has_text="本站自定")).to_contain_text("原 7 天")
    page.select_option("#setting", "dna_sampling.due")
    page.click("text=恢复原值")
    expect(page.locator("tr", has_text="本站自定")).to_have_count(0)
    page.click("nav >> text=自检")
    expect(page.locator("h1")).to_have_text("自检")


def _code(site: Site, name: str) -> str:
    """What the phone of this user shows now."""
    with site.services.open_work() as work:
        user = work.users.by_name(name)
        assert user is not None
        factor = work.sign_ins.second_factor(user.user_id)
    assert factor is not None
    return code_at(factor.key, step_of(site.services.clock()))
