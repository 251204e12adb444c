from pathlib import Path

import pytest

from casework.errors import BadInputError, UnavailableError
from matching.text.cantonese_writer import Writer
from runtime.container import DEMO, KIND, running
from runtime.settings import Settings


def test_a_workspace_is_made_once_and_opened_again(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "var")
    with running(settings) as services, services.open_work() as work:
        work.workspace.set(KIND, DEMO)
        work.commit()
    with running(settings) as services:
        assert services.is_demo()
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0


def test_a_key_of_another_workspace_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with running(Settings(home=tmp_path / "var")):
        pass
    mistyped = Settings(home=tmp_path / "var", key_file=tmp_path / "typo.json")
    with pytest.raises(UnavailableError, match="GUITU_KEY_FILE"), running(mistyped):
        pytest.fail("a workspace opened with the wrong key")


def test_a_folder_that_cannot_be_made_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(BadInputError, match="GUITU_HOME"),
        running(Settings(home=tmp_path / "file" / "var")),
    ):
        pytest.fail("a workspace inside a file")


def test_the_stations_writer_is_the_matchers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUITU_WRITER", "cantonese")
    with running(Settings(home=tmp_path / "var")) as services:
        assert services.matcher.now().writer is Writer.CANTONESE
        assert "writer" in services.matcher.now().versions([])
