import pytest

from api.pages.device_words import device_words

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", "Windows 电脑，谷歌浏览器"),
        (f"Mozilla/5.0 (Windows NT 10.0) {CHROME} Edg/131.0", "Windows 电脑，Edge 浏览器"),
        (f"Mozilla/5.0 (Linux; Android 14; K) {CHROME}", "安卓手机，谷歌浏览器"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
            "苹果手机，苹果浏览器",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0", "Linux 电脑，火狐浏览器"),
        ("curl/8.5.0", "其他设备"),
        ("", "其他设备"),
        ("<script>alert(1)</script>", "其他设备"),
    ],
)
def test_a_browser_is_named_in_our_own_words(agent: str, words: str) -> None:
    assert device_words(agent) == words
