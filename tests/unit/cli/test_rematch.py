"""`guitu rematch` as a script meets it."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Guitu

PASSWORD = "long enough"
HEAD = "编号,姓名,性别,出生年,户籍地,亲属,走失时间\n"
FIRST = HEAD + "A1,刘福生,男,1964,湖南省邵阳市隆回县,弟弟：刘福贵,1998-05-01\n"
SECOND = HEAD + "A2,刘福胜,男,1965,湖南省邵阳市隆回县,弟弟：刘福贵,1998-05-02\n"
TALK = "问：您贵姓？\n答：姓刘，刘福升。\n问：老家哪里？\n答：湖南邵阳龙回。弟弟叫刘福桂。"


@pytest.fixture
def station(guitu: Guitu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Guitu:
    """A resident who was searched against one record, and a second record that came later."""
    words = ("--role", "specialist", "--station", "某站", "--password", PASSWORD)
    assert guitu("user", "add", "wang", *words).code == 0
    issued = guitu("token", "issue", "wang", "--password", PASSWORD, "--json")
    monkeypatch.setenv("GUITU_TOKEN", issued.json["token"])
    talk = tmp_path / "talk.txt"
    talk.write_text(TALK, encoding="utf-8")
    import_table(guitu, tmp_path / "first.csv", FIRST)
    assert guitu("intake", "--transcript", str(talk), "--json").code == 0
    import_table(guitu, tmp_path / "second.csv", SECOND)
    return guitu


def import_table(guitu: Guitu, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert guitu("import", "missing", str(path), "--json").code == 0


def test_only_the_new_record_is_compared_and_becomes_a_lead_that_says_why(station: Guitu) -> None:
    answer = station("rematch", "--json")
    assert answer.code == 0
    wanted = {"cases": 1, "pairs": 1, "new_leads": 1, "reopened": 0, "resumed": False}
    assert {key: answer.json[key] for key in wanted} == wanted
    leads = station("leads", "list", "--json").json
    assert sorted(len(lead["changes"]) for lead in leads) == [0, 1]
    assert sorted(lead["rank"] for lead in leads) == [1, 2]


def test_everything_again_compares_every_pair_and_finds_nothing_new(station: Guitu) -> None:
    station("rematch", "--json")
    again = station("rematch", "--all", "--json")
    assert (again.json["pairs"], again.json["new_leads"]) == (2, 0)


def test_a_budget_of_none_keeps_leads_for_another_day(station: Guitu) -> None:
    answer = station("rematch", "--budget", "0", "--json")
    assert (answer.json["new_leads"], answer.json["waiting"]) == (0, 1)
    assert "留待以后 1 条" in station("rematch", "--budget", "0").out


def test_runs_are_listed(station: Guitu) -> None:
    station("rematch")
    (latest, *_) = station("rematch-runs", "--json").json
    assert (latest["state"], latest["scored"]) == ("done", 1)
    assert "已完成" in station("rematch-runs").out


def test_bad_use_is_one_sentence(station: Guitu) -> None:
    assert station("rematch", "--all", "--long-stay").code == 2
    assert station("rematch", "--since", "昨天").code == 2
    assert station("rematch", "--case", "nobody").code == 1
    assert station("rematch-runs", "--drop", "nobody").code == 1
