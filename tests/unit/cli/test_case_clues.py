"""`guitu case clues`, and the protected path from the command line."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Guitu

SOLD = "答：我叫刘福生。我是被人骗出来的，身份证被收走了。"


@pytest.fixture
def case_id(signed_in: Guitu, tmp_path: Path) -> str:
    talk = tmp_path / "talk.txt"
    talk.write_text(SOLD, encoding="utf-8")
    taken = signed_in("intake", "--transcript", str(talk), "--json")
    assert taken.code == 0
    assert any("疑似被拐" in note for note in taken.json["notes"])
    states = {each["kind"]: each["state"] for each in taken.json["windows"]}
    assert states["search_notice"] == "withheld"
    found: str = taken.json["case_id"]
    return found


def test_every_claim_with_its_origin(signed_in: Guitu, case_id: str) -> None:
    answer = signed_in("case", "clues", case_id, "--json")
    names = [each for each in answer.json if each["kind"] == "self_name"]
    assert [(each["value"], each["state"], each["talks"]) for each in names] == [
        ("刘福生", "open", 1)
    ]
    assert SOLD[slice(*names[0]["origins"][0]["span"])] == "刘福生"
    assert "本人姓名：刘福生，1 次访谈说到，未核实" in signed_in("case", "clues", case_id).out


def test_a_judgement_from_the_command_line(signed_in: Guitu, case_id: str) -> None:
    (name,) = [
        each
        for each in signed_in("case", "clues", case_id, "--json").json
        if each["kind"] == "self_name"
    ]
    origin = name["origins"][0]
    fields = {
        "source_entry_id": origin["source_entry_id"],
        "start": origin["span"][0],
        "end": origin["span"][1],
        "clue": "self_name",
        "state": "verified",
    }
    words = [word for key, value in fields.items() for word in ("--field", f"{key}={value}")]
    assert signed_in("case", "record", case_id, "statement_judged", *words).code == 0
    assert "已核实" in signed_in("case", "clues", case_id).out


def test_a_talk_written_later_warns_at_once(signed_in: Guitu) -> None:
    opened = signed_in("intake", "--field", "sex=女", "--json").json["case_id"]
    assert signed_in("case", "clues", opened).code == 1
    written = signed_in("case", "record", opened, "interview_held", "--field", f"transcript={SOLD}")
    assert "请勿向报案人透露情况" in written.out
