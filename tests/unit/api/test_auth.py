import pytest
from starlette.requests import Request

from api.auth import require_same_origin
from casework.errors import NotPermittedError


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request(
        {
            "type": "http",
            "method": "POST",
            "scheme": "http",
            "path": "/sign-in",
            "query_string": b"",
            "headers": [(b"host", b"guitu.local:8000"), *raw],
        }
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec_fetch_site": "same-origin"},
        {"origin": "http://guitu.local:8000"},
        {"origin": "https://guitu.local:8000"},
    ],
)
def test_our_own_forms_pass(headers: dict[str, str]) -> None:
    require_same_origin(request(**headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "http://guitu.local:9000"},
        {"origin": "null"},
        {"sec_fetch_site": "same-origin", "origin": "http://evil.example"},
    ],
)
def test_forms_of_other_sites_are_refused(headers: dict[str, str]) -> None:
    with pytest.raises(NotPermittedError):
        require_same_origin(request(**headers))
