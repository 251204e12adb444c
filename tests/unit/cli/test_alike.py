"""`guitu case alike` from two intakes under two names to a judgement that is taken back."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Guitu

TALK = """问：你叫什么？
答：我叫{name}。
问：你屋里是哪里的？
答：湖南邵阳隆回荷田那边。有个老弟叫刘福贵，左手有块疤。"""


@pytest.fixture
def files(guitu: Guitu, tmp_path: Path) -> tuple[str, str]:
    """Two files of one man."""
    guitu("demo", "--records", "0", "--no-serve")
    ids = []
    for name in ("刘福生", "刘福升"):
        talk = tmp_path / f"{name}.txt"
        talk.write_text(TALK.format(name=name), encoding="utf-8")
        taken = guitu("intake", "--transcript", str(talk), "--as", "wangfang", "--json")
        ids.append(taken.json["case_id"])
    assert any(note.startswith("可能是同一人（个案") for note in taken.json["notes"])
    return ids[0], ids[1]


def test_two_files_are_judged_and_the_judgement_is_taken_back(
    guitu: Guitu, files: tuple[str, str]
) -> None:
    (found,) = guitu("case", "alike", files[1], "--as", "wangfang", "--json").json
    assert (found["other_id"], found["state"]) == (files[0], "proposed")
    assert {each["signal"] for each in found["evidence"] if each["bits"] > 0} >= {"name", "home"}
    pair_id = found["pair_id"]
    waiting = guitu("case", "alike", "--as", "wangfang", "--json").json
    assert pair_id in {each["pair_id"] for each in waiting}
    shown = guitu("case", "alike-pair", pair_id, "--as", "wangfang")
    assert "合计" in shown.out
    told = guitu("case", "alike-pair", pair_id, "--as", "wangfang", "--json").json["explanation"]
    assert told["next_steps"]
    assert told["missing"]
    refused = guitu("case", "judge-alike", pair_id, "same", "--as", "wangfang")
    assert (refused.code, "依据" in refused.err) == (2, True)
    words = ("case", "judge-alike", pair_id)
    same = guitu(*words, "same", "--reason", "本人承认", "--as", "wangfang", "--json")
    assert same.json["state"] == "same"
    assert guitu("case", "alike", files[0], "--as", "wangfang").out.strip().endswith("：同一人。")
    undone = guitu(*words, "undo", "--as", "wangfang")
    assert "待核对" in undone.out


def test_nobody_alike_and_nobody_helped_too_often_is_an_answer(guitu: Guitu) -> None:
    guitu("demo", "--records", "0", "--no-serve")
    taken = guitu("intake", "--field", "apparent_age=60", "--as", "wangfang", "--json")
    alone = guitu("case", "alike", taken.json["case_id"], "--as", "wangfang")
    assert (alone.code, "没有发现" in alone.err) == (1, True)
    assert guitu("case", "repeat-help", "--as", "wangfang").code == 1
