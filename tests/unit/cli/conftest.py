"""Runs the `guitu` command in this process, the way a script would."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli.main import main


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Guitu = Callable[..., Answer]
PASSWORD = "long enough"


@pytest.fixture
def guitu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Guitu:
    monkeypatch.setenv("GUITU_HOME", str(tmp_path / "var"))
    monkeypatch.delenv("GUITU_TOKEN", raising=False)

    def run(*words: str) -> Answer:
        monkeypatch.setattr("sys.argv", ["guitu", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        seen = capsys.readouterr()
        assert "Traceback" not in seen.err
        code = end.value.code
        return Answer(code=code if isinstance(code, int) else 0, out=seen.out, err=seen.err)

    return run


@pytest.fixture
def signed_in(guitu: Guitu, monkeypatch: pytest.MonkeyPatch) -> Guitu:
    """A workspace with one specialist whose token the command holds."""
    added = guitu(
        "user", "add", "wang", "--role", "specialist", "--station", "某站", "--password", PASSWORD
    )
    assert added.code == 0
    issued = guitu("token", "issue", "wang", "--password", PASSWORD, "--json")
    monkeypatch.setenv("GUITU_TOKEN", issued.json["token"])
    return guitu
