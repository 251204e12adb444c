import pytest

from api.ranged_response import ranged_response

DATA = bytes(range(100))


@pytest.mark.parametrize(
    ("asked", "part", "said"),
    [
        ("bytes=0-", DATA, "bytes 0-99/100"),
        ("bytes=10-19", DATA[10:20], "bytes 10-19/100"),
        ("bytes=90-500", DATA[90:], "bytes 90-99/100"),
        ("bytes=-5", DATA[95:], "bytes 95-99/100"),
        ("bytes=-500", DATA, "bytes 0-99/100"),
    ],
)
def test_a_part_is_sent_with_its_place(asked: str, part: bytes, said: str) -> None:
    response = ranged_response(DATA, "audio/webm", asked)
    assert (response.status_code, response.body) == (206, part)
    assert response.headers["content-range"] == said


@pytest.mark.parametrize("asked", [None, "", "bytes=-", "bytes=0-1,5-6", "lines=0-1", "bytes=a-b"])
def test_without_one_range_the_whole_is_sent(asked: str | None) -> None:
    response = ranged_response(DATA, "audio/webm", asked)
    assert (response.status_code, response.body) == (200, DATA)
    assert response.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=7-3", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(asked: str) -> None:
    response = ranged_response(DATA, "audio/webm", asked)
    assert (response.status_code, response.body) == (416, b"")
    assert response.headers["content-range"] == "bytes */100"
