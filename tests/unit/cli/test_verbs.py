"""The verbs as users and scripts meet them: answers on stdout, sentences on stderr, exit codes."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.cli.conftest import PASSWORD, Guitu

TALK = "问：您贵姓？\n答：姓刘，刘福升。\n问：老家哪里？\n答：湖南邵阳龙回。弟弟叫刘福桂。"
TABLE = (
    "编号,姓名,性别,出生年,户籍地,亲属,走失时间\n"
    "A1,刘福生,男,1964,湖南省邵阳市隆回县,弟弟：刘福贵,1998-05-01\n"
    "A2,王小明,男,2099,广东省清远市英德市,,2001-01-01\n"
)


def test_versions_name_models_by_their_digest(guitu: Guitu) -> None:
    answer = guitu("--version", "--json")
    assert answer.code == 0
    assert answer.json["version"]
    assert date.fromisoformat(answer.json["gazetteer"]) > date(2025, 1, 1)
    assert all(len(digest) == 64 for digest in answer.json["models"].values())


def test_the_doctor_finds_every_part_well_in_an_empty_folder(guitu: Guitu, tmp_path: Path) -> None:
    answer = guitu("doctor", "--json")
    assert answer.code == 0
    assert {part["part"] for part in answer.json} >= {"database", "models", "keys", "broker"}
    assert not (tmp_path / "var").exists()


def test_the_doctor_says_what_to_do_about_an_open_key_file(guitu: Guitu, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    keys = tmp_path / "var" / "keys.json"
    keys.write_text("{}")
    keys.chmod(0o644)
    answer = guitu("doctor")
    assert answer.code == 3
    assert "chmod 600" in answer.out


def test_windows_are_planned_without_a_user(guitu: Guitu) -> None:
    answer = guitu(
        "windows",
        "plan",
        "--admitted",
        "2026-02-13T10:00+08:00",
        "--at",
        "2026-02-13T11:00+08:00",
        "--json",
    )
    rows = {row["kind"]: row for row in answer.json}
    assert rows["police_identity_request"]["due"] == "2026-02-14T10:00:00+08:00"
    assert rows["dna_request"]["due"] == "2026-03-03T00:00:00+08:00"
    assert rows["dna_feedback"]["state"] == "waiting"


def test_a_time_that_is_none_is_bad_input(guitu: Guitu) -> None:
    answer = guitu("windows", "plan", "--admitted", "yesterday")
    assert answer.code == 2
    assert "2026-03-05T09:30+08:00" in answer.err


def test_a_record_and_a_talk_become_an_explained_lead(signed_in: Guitu, tmp_path: Path) -> None:
    table, talk = tmp_path / "登记表.csv", tmp_path / "talk.txt"
    table.write_text(TABLE, encoding="gb18030")
    talk.write_text(TALK, encoding="utf-8")
    imported = signed_in("import", "missing", str(table), "--json")
    assert (imported.code, imported.json["accepted"]) == (0, 1)
    assert [each["row"] for each in imported.json["rejected"]] == [3]
    again = signed_in("import", "missing", str(table), "--json")
    assert (again.json["accepted"], again.json["updated"]) == (0, 1)

    taken = signed_in("intake", "--transcript", str(talk), "--field", "sex=男", "--json")
    assert taken.code == 0
    (lead,) = taken.json["leads"]
    assert {each["signal"] for each in lead["evidence"]} >= {"face", "name", "home", "relatives"}
    assert any(window["kind"] == "police_identity_request" for window in taken.json["windows"])
    assert "没有照片" in taken.json["notes"][0]

    listed = signed_in("leads", "list", "--json")
    assert [each["lead_id"] for each in listed.json] == [lead["lead_id"]]
    shown = signed_in("leads", "show", lead["lead_id"])
    assert "合计" in shown.out
    moved = signed_in("leads", "decide", lead["lead_id"], "forward", "--json")
    assert (moved.code, moved.json["state"]) == (0, "forwarded")
    refused = signed_in("leads", "decide", lead["lead_id"], "confirm", "--evidence", "dna")
    assert refused.code == 1
    assert "权限" in refused.err


def test_an_empty_list_is_exit_one(signed_in: Guitu) -> None:
    assert signed_in("leads", "list", "--json").code == 1


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("birth_year=2099", "出生年份"),
        ("height_cm=tall", "整数"),
        ("sex=?", "男 或 女"),
        ("colour=red", "没有这个登记栏目"),
        ("nothing", "栏目=内容"),
        ("admitted_at=soon", "有效时间"),
    ],
)
def test_a_bad_field_is_one_sentence_and_exit_two(signed_in: Guitu, field: str, said: str) -> None:
    answer = signed_in("intake", "--field", field)
    assert answer.code == 2
    assert said in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("content", [b"", b"not an image", b"\xff\xd8\xff\xe0truncated"])
def test_what_is_no_photo_is_refused_with_a_remedy(
    signed_in: Guitu, tmp_path: Path, content: bytes
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(content)
    answer = signed_in("intake", "--photo", str(photo))
    assert answer.code == 2
    assert answer.err.strip()
    assert signed_in("leads", "list").code == 1


def test_a_file_that_is_not_there_is_bad_input(signed_in: Guitu) -> None:
    for words in (
        ("intake", "--photo", "nowhere.jpg"),
        ("intake", "--transcript", "nowhere.txt"),
        ("import", "missing", "nowhere.csv"),
        ("face", "detect", "nowhere.jpg"),
    ):
        assert signed_in(*words).code == 2


def test_an_unknown_lead_is_refused_in_one_sentence(signed_in: Guitu) -> None:
    answer = signed_in("leads", "show", "nobody")
    assert (answer.code, answer.err) == (1, "没有这条线索，或您无权查看。\n")


def test_nobody_acts_without_a_token(guitu: Guitu, monkeypatch: pytest.MonkeyPatch) -> None:
    assert guitu("leads", "list").code == 2
    monkeypatch.setenv("GUITU_TOKEN", "made up")
    answer = guitu("leads", "list")
    assert answer.code == 2
    assert "令牌" in answer.err
    assert guitu("leads", "list", "--as", "wangfang").code == 2


def test_a_second_user_needs_an_administrator(signed_in: Guitu) -> None:
    answer = signed_in(
        "user", "add", "li", "--role", "admin", "--station", "某站", "--password", PASSWORD
    )
    assert answer.code == 1


def test_a_wrong_password_gets_no_token(signed_in: Guitu) -> None:
    assert signed_in("token", "issue", "wang", "--password", "wrong password").code == 2


def test_the_demo_never_touches_a_real_workspace(signed_in: Guitu) -> None:
    answer = signed_in("demo", "--records", "0", "--no-serve")
    assert answer.code == 2
    assert "正式数据" in answer.err
    assert signed_in("leads", "list").code == 1


def test_the_demo_can_be_made_again_and_its_accounts_act(guitu: Guitu) -> None:
    first = guitu("demo", "--records", "60", "--no-serve", "--json").json
    second = guitu("demo", "--records", "60", "--no-serve", "--json").json
    assert first["records"] == second["records"] == 60
    known = [each for each in second["residents"] if each["true_record_id"]]
    assert len(known) == 8
    listed = guitu("leads", "list", "--as", "wangfang", "--json")
    assert listed.code == 0
    assert guitu("leads", "list", "--as", "admin").code == 1
    assert guitu("leads", "list", "--as", "nobody").code == 2


def test_help_is_chinese_and_english(guitu: Guitu) -> None:
    answer = guitu("intake", "--help")
    assert answer.code == 0
    assert "登记入站" in answer.out
    assert "take in a resident" in answer.out


def test_an_unknown_benchmark_names_the_known_ones(guitu: Guitu) -> None:
    answer = guitu("bench", "nothing")
    assert answer.code == 2
    assert "demo" in answer.err
