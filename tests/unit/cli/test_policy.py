"""`guitu policy train` and what it writes, and the explanation of a lead, as a script meets them."""

import tomllib
from pathlib import Path

import pytest

from matching.policy import load_policy, policy_with
from tests.unit.cli.conftest import Guitu
from tests.unit.cli.test_rematch import FIRST, PASSWORD, TALK, import_table


@pytest.fixture
def station(guitu: Guitu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Guitu:
    words = ("--role", "supervisor", "--role", "specialist", "--station", "某站")
    assert guitu("user", "add", "li", *words, "--password", PASSWORD).code == 0
    issued = guitu("token", "issue", "li", "--password", PASSWORD, "--json")
    monkeypatch.setenv("GUITU_TOKEN", issued.json["token"])
    import_table(guitu, tmp_path / "first.csv", FIRST)
    talk = tmp_path / "talk.txt"
    talk.write_text(TALK, encoding="utf-8")
    assert guitu("intake", "--transcript", str(talk), "--json").code == 0
    return guitu


def test_trained_figures_can_be_put_in_force(
    station: Guitu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "policy.toml"
    answer = station("policy", "train", "-o", str(out), "--json")
    assert answer.code == 0, answer.out
    assert (answer.json["residents"], answer.json["pairs"]) == (1, 1)
    own = policy_with(tomllib.loads(out.read_text(encoding="utf-8")))
    assert own.version == f"{load_policy().version}+trained"
    assert own.name.source.startswith("estimated: 1 residents")
    monkeypatch.setenv("GUITU_POLICY_FILE", str(out))
    talk = tmp_path / "talk.txt"
    leads = station("intake", "--transcript", str(talk), "--json").json["leads"]
    assert leads[0]["versions"]["policy"] == own.version
    assert leads[0]["versions"]["gazetteer"]


def test_a_policy_file_that_contradicts_itself_is_refused_in_one_sentence(
    station: Guitu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[name]\nslip = 3.0\n", encoding="utf-8")
    monkeypatch.setenv("GUITU_POLICY_FILE", str(broken))
    answer = station("leads", "list", "--json")
    assert answer.code == 2


def test_a_lead_is_explained_with_and_without_details(station: Guitu) -> None:
    (lead,) = station("leads", "list", "--json").json
    told = station("leads", "show", lead["lead_id"], "--json").json
    rows = told["explanation"]["rows"]
    assert rows[-1]["running"] == pytest.approx(sum(row["bits"] for row in rows))
    assert told["explanation"]["next_steps"]
    hidden = station("leads", "show", lead["lead_id"], "--hide-details", "--json").json
    assert "刘福" not in str(hidden["explanation"]) + str(hidden["evidence"])
    assert "合计" in station("leads", "show", lead["lead_id"]).out
