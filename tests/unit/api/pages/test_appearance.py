import pytest

from tests.asgi_client import BASE, AsgiClient
from tests.unit.api.conftest import Office


def test_the_chosen_look_stays(office: Office) -> None:
    client, _ = office.browser("wangfang")
    assert 'data-theme="auto"' in client.get("/desk").text
    back = client.post("/appearance", data={"theme": "dark", "text": "large", "back": "/cases"})
    assert back.headers["location"] == "/cases"
    page = client.get("/desk").text
    assert 'data-theme="dark"' in page
    assert "gt-text-large" in page


@pytest.mark.parametrize("cookie", ["", "dark", "dark.huge", '"><script>.x'])
def test_a_cookie_that_is_not_ours_means_the_usual_look(office: Office, cookie: str) -> None:
    client, _ = office.browser("wangfang")
    client.cookies.set("guitu_look", cookie)
    assert 'data-theme="auto" class="gt-text-normal"' in client.get("/desk").text


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_the_way_back_never_leaves_the_site(office: Office, back: str) -> None:
    client = AsgiClient(office.app, headers={"Origin": BASE})
    answer = client.post("/appearance", data={"theme": "dark", "text": "normal", "back": back})
    assert answer.headers["location"] == "/desk"
