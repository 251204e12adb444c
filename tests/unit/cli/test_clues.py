"""`guitu clues`: records in, clues with spans out; bad files get one sentence."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Guitu

TALK = "问：叫么子名字？\n答：刘福生。\n问：老家哪里的？\n答：湖南邵阳，龙回县荷田那边。\n答：老弟叫刘福贵，身份证被老板收走了。"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    file = tmp_path / "talk.txt"
    file.write_text(TALK, encoding="utf-8")
    return file


def test_a_talk_gives_clues_home_and_the_flag(guitu: Guitu, talk: Path) -> None:
    answer = guitu("clues", str(talk), "--json")
    (row,) = answer.json
    assert answer.code == 0
    assert row["id"] == "talk"
    assert row["home"][0]["path"] == ["湖南省", "邵阳市", "隆回县", "荷田乡"]
    assert row["possible_abduction"] is True
    assert all(TALK[slice(*each["span"])] == each["text"] for each in row["clues"])
    relatives = [each["value"] for each in row["clues"] if each["kind"] == "relative"]
    assert relatives == [{"relation": "younger_brother", "name": "刘福贵"}]


def test_a_person_reads_sentences(guitu: Guitu, talk: Path) -> None:
    answer = guitu("clues", str(talk))
    assert "可能的家乡：湖南省邵阳市隆回县荷田乡" in answer.out
    assert "请按保护流程处理" in answer.out


def test_several_records_are_answered_in_order(guitu: Guitu, talk: Path, tmp_path: Path) -> None:
    lines = tmp_path / "more.jsonl"
    rows = [{"id": "甲", "text": TALK}, {"text": "答：我姓缪。"}]
    lines.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    answer = guitu("clues", str(talk), str(lines), "--json")
    assert [row["id"] for row in answer.json] == ["talk", "甲", "2"]


def test_a_talk_with_nothing_usable_is_an_honest_no(guitu: Guitu, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("hello", encoding="utf-8")
    answer = guitu("clues", str(empty))
    assert answer.code == 1
    assert "没有能用的地名" in answer.out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", b"not json", "第 1 行"),
        ("b.jsonl", b'{"id": 1, "text": "x"}\n[1]', "第 2 行"),
        ("c.jsonl", b'{"id": 1, "text": 5}', "第 1 行"),
        ("d.jsonl", b"[" * 100_000, "第 1 行"),
        ("f.jsonl", b'{"id": 1, "text": "\\ud800"}', "第 1 行"),
        ("e.txt", b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_bad_files_get_one_sentence(
    guitu: Guitu, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    answer = guitu("clues", str(file), "--json")
    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.strip().splitlines()) == 1
