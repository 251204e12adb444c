"""What the pages load comes from this program and from nowhere else."""

import json
import re
import tomllib
from pathlib import Path

import pytest

import api
from api.words import WINDOW_TITLES

PACKAGE = Path(api.__file__).parent
ROOT = PACKAGE.parent
OWN_FILES = sorted(
    path
    for folder in ("templates", "static")
    for path in (PACKAGE / folder).rglob("*")
    if path.is_file() and "vendor" not in path.parts
)


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_no_template_script_or_style_names_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?://|[\"'(]//", text)


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_nothing_turns_escaping_off_or_is_written_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape false|\sstyle=|\son\w+=\"", text)


def test_front_end_packages_are_pinned_exactly_and_checked_by_hash() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: package for name, package in lock.items() if name}
    assert {f"node_modules/{name}" for name in wanted} <= set(fetched)
    for package in fetched.values():
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def test_window_titles_are_chinese_and_differ() -> None:
    table = tomllib.loads((PACKAGE / "window_titles.toml").read_text(encoding="utf-8"))
    assert dict(WINDOW_TITLES) == table
    assert len(set(table.values())) == len(table)
    assert all(re.search(r"[\u4e00-\u9fff]", title) for title in table.values())
