import json
from pathlib import Path

from typer.testing import CliRunner

from cli.main import app

BATCH = '{"id": 1, "heard": "龙回", "within": "邵阳"}\n不是 JSON\n{"id": 3, "heard": "大站", "within": "无此地"}\n'


def answered(folder: Path, *arguments: str) -> list[dict[str, object]]:
    batch, out = folder / "in.jsonl", folder / "out.jsonl"
    batch.write_text(BATCH, encoding="utf-8")
    result = CliRunner().invoke(app, [*arguments, "--batch", str(batch), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_places_are_answered_line_by_line_and_bad_lines_too(tmp_path: Path) -> None:
    first, bad, unknown = answered(tmp_path, "places", "search", "--limit", "2")
    assert first["candidates"][0]["path"] == ["湖南省", "邵阳市", "隆回县"]  # type: ignore[index]
    assert (bad["id"], bad["candidates"]) == (None, [])
    assert "error" in bad
    assert "没有这个省" in str(unknown["warning"])


def test_names_are_searched_in_a_file(tmp_path: Path) -> None:
    gallery = tmp_path / "names.txt"
    gallery.write_text("\ufeff龙惠\n\n王伟\n", encoding="utf-8")
    rows = answered(tmp_path, "names", "search", "--gallery", str(gallery), "--limit", "1")
    assert rows[0]["candidates"][0]["name"] == "龙惠"  # type: ignore[index]


def test_names_say_what_happened_when_asked(tmp_path: Path) -> None:
    gallery, batch, out = (tmp_path / name for name in ("names.txt", "in.jsonl", "out.jsonl"))
    gallery.write_text("刘胡生\n王伟\n", encoding="utf-8")
    batch.write_text('{"id": 1, "heard": "刘福生", "dialect": "xiang"}\n', encoding="utf-8")
    files = ["--gallery", str(gallery), "--batch", str(batch), "--out", str(out)]
    result = CliRunner().invoke(app, ["names", "search", *files, "--limit", "1", "--rules"])
    assert result.exit_code == 0, result.output
    (first,) = json.loads(out.read_text(encoding="utf-8"))["candidates"]
    assert (first["name"], first["rules"]) == ("刘胡生", ["同字", "h/f 混（湘语）"])


def test_a_sentence_is_resolved_or_refused() -> None:
    found = CliRunner().invoke(app, ["places", "resolve", "湖南邵阳龙回荷田", "--json"])
    assert found.exit_code == 0
    assert json.loads(found.output)[0]["candidates"][0]["name"] == "荷田乡"
    assert CliRunner().invoke(app, ["places", "resolve", "！！"]).exit_code == 1


def test_names_are_compared() -> None:
    same = CliRunner().invoke(app, ["names", "compare", "刘福升", "刘福生", "--json"])
    assert json.loads(same.output)["outcome"] == "homophone"
    assert CliRunner().invoke(app, ["names", "compare", "王建国", "刘福生"]).exit_code == 1


def test_names_and_places_are_heard_through_who_writes_them() -> None:
    by = ["--writer", "cantonese"]
    match = CliRunner().invoke(app, ["names", "compare", "李根华", "李更华", *by])
    assert "按粤语写" in match.output
    place = CliRunner().invoke(app, ["places", "resolve", "广东广州王埔", *by, "--json"])
    assert json.loads(place.output)[0]["candidates"][0]["name"] == "黄埔区"


def test_an_unknown_writer_is_refused_before_a_batch_is_read(tmp_path: Path) -> None:
    gallery = tmp_path / "names.txt"
    gallery.write_text("王伟\n", encoding="utf-8")
    files = ["--batch", str(tmp_path / "none"), "--out", str(tmp_path / "out"), "--writer", "latin"]
    for verb in (["names", "search", "--gallery", str(gallery)], ["places", "search"]):
        result = CliRunner().invoke(app, [*verb, *files])
        assert result.exit_code == 2
        assert "写字的人" in result.output
