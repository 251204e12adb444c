import json
from pathlib import Path

from typer.testing import CliRunner

from cli.main import app


def guess(tmp_path: Path, text: str) -> tuple[int, dict[str, object]]:
    record = tmp_path / "talk.txt"
    record.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["dialect", "guess", str(record), "--json"])
    (row,) = json.loads(done.stdout)
    return done.exit_code, row


def test_groups_and_counties_are_guessed_from_words(tmp_path: Path) -> None:
    code, row = guess(tmp_path, "答：冇钱返屋企，佢哋喺边度？")
    groups, counties = row["groups"], row["counties"]
    assert isinstance(groups, list)
    assert isinstance(counties, list)
    assert code == 0
    assert groups[0]["group"] == "yue"
    assert "屋企" in groups[0]["markers"]
    assert counties[0]["path"][0] in {"广东省", "广西壮族自治区"}


def test_without_evidence_every_group_is_listed_and_the_verb_says_so(tmp_path: Path) -> None:
    code, row = guess(tmp_path, "答：不知道。")
    assert code == 1
    assert row["has_evidence"] is False
    assert len(row["groups"]) == 26  # type: ignore[arg-type]  # a list


def test_words_for_people(tmp_path: Path) -> None:
    record = tmp_path / "talk.txt"
    record.write_text("答：堂客、伢子、么子。", encoding="utf-8")
    done = CliRunner().invoke(app, ["dialect", "guess", str(record)])
    assert "湘语" in done.stdout
    assert "湖南省" in done.stdout
