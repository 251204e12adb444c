"""A browser in a few words, so that people recognise their own sessions."""

from typing import Final

#: What a browser says of itself -> what it is called; the first match counts.
_BROWSERS: Final = {
    "MicroMessenger": "微信",
    "Edg": "Edge 浏览器",
    "Firefox": "火狐浏览器",
    "Chrome": "谷歌浏览器",
    "Safari": "苹果浏览器",
}
_SYSTEMS: Final = {
    "iPhone": "苹果手机",
    "iPad": "苹果平板",
    "Android": "安卓手机",
    "Windows": "Windows 电脑",
    "Mac OS": "苹果电脑",
    "Linux": "Linux 电脑",
}
_UNKNOWN: Final = "其他设备"


def device_words(user_agent: str) -> str:
    """Browser and system of a `User-Agent` header; nothing of it is kept word for word."""
    browser = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    return "，".join(filter(None, (system, browser))) or _UNKNOWN


def _first(table: dict[str, str], text: str) -> str | None:
    return next((words for mark, words in table.items() if mark in text), None)
