from pathlib import Path

import pytest

from cli.web_process import web_app
from tests.asgi_client import AsgiClient


def test_a_further_server_process_answers_with_services_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_HOME", str(tmp_path / "var"))
    assert AsgiClient(web_app()).get("/livez").status_code == 200
