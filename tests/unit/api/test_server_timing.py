import re

from tests.unit.api.conftest import Office


def test_every_answer_says_how_long_the_server_took(office: Office) -> None:
    client, _ = office.browser("wangfang")
    for path in ("/desk", "/static/guitu.css", "/nowhere"):
        said = client.get(path).headers["server-timing"]
        assert re.fullmatch(r"total;dur=\d+\.\d", said)
