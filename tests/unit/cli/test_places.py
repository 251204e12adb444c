"""`guitu places`: batches answer line by line, sentences give paths, nothing heard is exit 1."""

import json
from pathlib import Path
from typing import Any

from tests.unit.cli.conftest import Answer, Guitu


def _batch(guitu: Guitu, folder: Path, *lines: str) -> tuple[Answer, list[Any]]:
    (folder / "in.jsonl").write_text("".join(f"{each}\n" for each in lines), encoding="utf-8")
    out = folder / "out.jsonl"
    answer = guitu("places", "search", "--batch", str(folder / "in.jsonl"), "--out", str(out))
    return answer, [json.loads(each) for each in out.read_text(encoding="utf-8").splitlines()]


def _row(**fields: str) -> str:
    return json.dumps(fields, ensure_ascii=False)


def test_each_line_is_answered_under_its_id(guitu: Guitu, tmp_path: Path) -> None:
    answer, rows = _batch(
        guitu,
        tmp_path,
        _row(id="a", heard="龙回县", within="湖南"),
        _row(id="b", heard="许浦县", within="怀化"),
    )
    assert answer.code == 0
    assert [row["id"] for row in rows] == ["a", "b"]
    assert [row["candidates"][0]["name"] for row in rows] == ["隆回县", "溆浦县"]


def test_an_unknown_division_is_said_and_the_country_searched(guitu: Guitu, tmp_path: Path) -> None:
    _, rows = _batch(guitu, tmp_path, _row(id="a", heard="隆回县", within="火星省"))
    assert "全国" in rows[0]["warning"]
    assert rows[0]["candidates"][0]["name"] == "隆回县"


def test_a_bad_line_does_not_stop_the_others(guitu: Guitu, tmp_path: Path) -> None:
    _, rows = _batch(guitu, tmp_path, "{", _row(id="b"), _row(id="c", heard="隆回县"))
    assert any(row.get("id") == "c" and row["candidates"][0]["name"] == "隆回县" for row in rows)


def test_nothing_heard_is_no_candidate(guitu: Guitu, tmp_path: Path) -> None:
    _, rows = _batch(guitu, tmp_path, _row(id="a", heard=""))
    assert not rows[0].get("candidates")


def test_a_sentence_is_resolved_to_a_path(guitu: Guitu) -> None:
    answer = guitu("places", "resolve", "湖南邵阳龙回荷田", "--json")
    assert answer.code == 0
    best = answer.json[0]["candidates"][0]
    assert best["path"] == ["湖南省", "邵阳市", "隆回县", "荷田乡"]
    assert best["code"] is None


def test_a_sentence_without_a_place_ends_with_one(guitu: Guitu) -> None:
    answer = guitu("places", "resolve", "。。。")
    assert answer.code == 1
    assert "没有听出地名" in answer.out


def test_a_natural_village_is_added_listed_and_then_resolved(guitu: Guitu) -> None:
    assert guitu("places", "resolve", "荷田枫树坳").code in {0, 1}
    answer = guitu("places", "add", "湖南省/邵阳市/隆回县/荷田乡", "枫树坳")
    assert answer.code == 0
    assert "枫树坳" in answer.out
    added = ["湖南省", "邵阳市", "隆回县", "荷田乡", "枫树坳"]
    assert guitu("places", "added", "--json").json == [added]
    found = guitu("places", "resolve", "隆回荷田枫树坳", "--json").json
    assert found[0]["candidates"][0]["path"] == added


def test_a_village_in_no_division_and_one_that_is_there_are_refused(guitu: Guitu) -> None:
    assert guitu("places", "added").out.startswith("本站还没有")
    refused = guitu("places", "add", "湖南省/无此县", "枫树坳")
    assert (refused.code, "上级区划" in refused.err) == (2, True)
    assert guitu("places", "add", "湖南省/邵阳市", "x").code == 2
    assert guitu("places", "add", "湖南省/邵阳市", "隆回县").code == 2
