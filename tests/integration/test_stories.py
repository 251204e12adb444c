"""Two whole stories through the API, on the real stores: a name found, and somebody protected.

The face engine and the matcher are the real ones; nobody has a photo, so that no child process is
needed. Every step is taken by the role that takes it in life.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from casework.accounts.access import Role
from casework.accounts.user import User
from casework.records.record import MissingRecord
from matching.model import Home, PersonFacts, Relation, Relative, Sex, YearRange
from runtime.clock import system_clock
from runtime.container import Services, running
from runtime.passwords import hash_password
from runtime.settings import Settings
from runtime.sign_in import issue_token
from tests.asgi_client import AsgiClient
from tests.people import strangers

STATION = "清远市救助管理站"
PATH = ("湖南省", "邵阳市", "隆回县", "荷田乡")
RECORD = MissingRecord(
    record_id="true",
    source="公安",
    source_number="GA-5521",
    facts=PersonFacts(
        names=("刘福胜",),
        sex=Sex.MALE,
        birth=YearRange(earliest=1964, latest=1964),
        homes=(Home(text="".join(PATH), path=PATH),),
        relatives=(Relative(relation=Relation.YOUNGER_BROTHER, name="刘福贵"),),
    ),
    missing_since=date(1998, 5, 1),
)


@dataclass(frozen=True, slots=True)
class Story:
    """The app, and one signed-in client for each role."""

    services: Services
    clients: dict[Role, AsgiClient]

    def ask(self, role: Role, method: str, path: str, **extra: Any) -> Any:
        response = self.clients[role].request(method, f"/api/v1{path}", **extra)
        assert response.status_code < 400, response.text
        return response.json() if "json" in response.headers["content-type"] else response.content

    def refused(self, role: Role, method: str, path: str, **extra: Any) -> tuple[int, str]:
        response = self.clients[role].request(method, f"/api/v1{path}", **extra)
        assert response.status_code >= 400, response.text
        return response.status_code, response.json()["detail"]

    def write(self, role: Role, case_id: str, kind: str, **fields: Any) -> Any:
        body = {"kind": kind, "fields": fields}
        return self.ask(role, "POST", f"/cases/{case_id}/entries", json=body)

    def decide(self, role: Role, lead: dict[str, Any], verdict: str, **more: Any) -> Any:
        return self.ask(
            role,
            "POST",
            f"/leads/{lead['lead_id']}/decisions",
            json={"verdict": verdict, **more},
            headers={"If-Match": f'"{lead["version"]}"'},
        )

    def windows(self, case_id: str) -> dict[str, str]:
        file = self.ask(Role.SPECIALIST, "GET", f"/cases/{case_id}")
        return {window["kind"]: window["state"] for window in file["windows"]}

    def leads(self, case_id: str) -> list[dict[str, Any]]:
        file = self.ask(Role.SPECIALIST, "GET", f"/cases/{case_id}")
        found: list[dict[str, Any]] = file["leads"]
        return found


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    with running(Settings(home=tmp_path / "var")) as services:
        with services.open_work() as work:
            work.records.add_many([RECORD, *(as_record(n) for n in range(200))])
            work.commit()
        app = create_app(services)
        clients = {role: a_client(services, app, role) for role in Role}
        # A second reviewer of the same role, for the decisions that take two people.
        yield Story(services, clients)


def as_record(number: int) -> MissingRecord:
    stranger = strangers(200)[number]
    return MissingRecord(
        record_id=stranger.record_id,
        source="公安",
        source_number=stranger.record_id,
        facts=stranger.facts,
        missing_since=stranger.missing_since,
    )


def a_client(services: Services, app: Any, role: Role) -> AsgiClient:
    station = "清远市公安局" if role is Role.POLICE else STATION
    with services.open_work() as work:
        work.users.add(
            User(
                user_id=f"user-{role.value}",
                name=role.value,
                display_name=role.value,
                roles=frozenset({role}),
                station=station,
                password_hash=hash_password("long enough"),
            )
        )
        work.commit()
    secret, _ = issue_token(services.open_work, services.clock, role.value, "故事")
    return AsgiClient(app, headers={"Authorization": f"Bearer {secret}"})


def hours_ago(hours: float) -> datetime:
    return system_clock() - timedelta(hours=hours)


def test_from_police_escort_to_a_confirmed_name(story: Story) -> None:
    form = {
        "sex": "male",
        "apparent_age": "60",
        "brought_by": "派出所民警",
        "admitted_at": hours_ago(20).isoformat(),
    }
    opened = story.ask(Role.INTAKE, "POST", "/cases", data=form)
    case_id = opened["case_id"]
    assert story.leads(case_id) == []

    story.write(Role.SPECIALIST, case_id, "national_system_numbered", number="QG-1")
    story.write(
        Role.SPECIALIST, case_id, "identity_request_sent", request_id="XC-1", agency="清城分局"
    )
    for channel in ("tv", "national_system", "rescue_search_site", "toutiao"):
        story.write(Role.SPECIALIST, case_id, "notice_logged", channel=channel)
    states = story.windows(case_id)
    assert states["national_system_entry"] == states["police_identity_request"] == "met"
    assert states["search_notice"] == "met"

    # First talk: only a county, heard wrong. It is not enough for more than a weak lead.
    talk = "问：老家哪里？\n答：湖南，龙回那边。"
    story.write(Role.SPECIALIST, case_id, "interview_held", transcript=talk)
    (weak,) = story.leads(case_id)
    assert (weak["record_id"], weak["band"]) == ("true", "weak")
    story.decide(Role.SPECIALIST, weak, "reject", reason_code="other", reason="线索太少")

    # The same words again bring nothing back.
    story.write(Role.SPECIALIST, case_id, "interview_held", transcript=talk)
    assert story.leads(case_id)[0]["state"] == "rejected"

    # Second talk: a name and a brother. The pair returns and says what is new.
    more = "问：叫么子名字？\n答：刘福生。有个老弟叫刘福桂，在屋里作田。"
    story.write(Role.SPECIALIST, case_id, "interview_held", transcript=more)
    (strong,) = story.leads(case_id)
    assert (strong["state"], strong["band"]) == ("proposed", "strong")
    assert any("刘福桂" in each for each in strong["whats_new"])

    sent = story.decide(Role.SPECIALIST, strong, "forward")
    package = story.ask(Role.SPECIALIST, "GET", f"/leads/{sent['lead_id']}/package")
    assert package[:2] == b"PK"
    received = story.decide(Role.POLICE, sent, "receive")
    unclear = story.decide(Role.POLICE, received, "inconclusive", reason="户籍照片不清")

    story.write(Role.SPECIALIST, case_id, "dna_requested", request_id="DNA-1")
    code, rule = story.refused(
        Role.POLICE,
        "POST",
        f"/cases/{case_id}/entries",
        json={"kind": "dna_result", "fields": {"request_id": "DNA-1", "answer": "found"}},
    )
    assert code == 409
    assert "还没有采集" in rule
    story.write(Role.POLICE, case_id, "dna_sampled", request_id="DNA-1")
    story.write(Role.POLICE, case_id, "dna_result", request_id="DNA-1", answer="found")

    again = story.decide(Role.SPECIALIST, unclear, "forward")
    scan = base64.b64encode(b"%PDF reply").decode()
    confirmed = story.decide(
        Role.SUPERVISOR,
        again,
        "confirm",
        evidence_class="dna",
        answered_by="清城分局 李警官",
        scan=scan,
    )
    assert confirmed["state"] == "confirmed"
    states = story.windows(case_id)
    assert states["dna_request"] == states["dna_sampling"] == states["dna_feedback"] == "met"
    assert states["resettlement_application"] == "stopped"

    story.write(
        Role.SPECIALIST, case_id, "departed", how="handed_to_family", destination="湖南隆回"
    )
    assert story.ask(Role.SPECIALIST, "GET", f"/cases/{case_id}")["state"] == "closed"
    file = story.ask(Role.SPECIALIST, "GET", f"/leads/{confirmed['lead_id']}")
    verdicts = [each["verdict"] for each in file["decisions"]]
    assert verdicts == [
        "reject", "forward", "receive", "inconclusive", "forward", "confirm",
    ]  # fmt: skip
    assert file["decisions"][-1]["answered_by"] == "清城分局 李警官"


def test_somebody_who_was_sold_is_protected(story: Story) -> None:
    opened = story.ask(Role.INTAKE, "POST", "/cases", data={"sex": "female", "apparent_age": "30"})
    case_id = opened["case_id"]
    assert story.windows(case_id)["search_notice"] == "open"

    story.write(Role.SPECIALIST, case_id, "abduction_suspected", reason="被老乡带出来，证件被拿走")
    states = story.windows(case_id)
    assert states["search_notice"] == "withheld"
    assert states["suspected_abduction_check"] == "open"
    claimant = {"name": "某人", "relation": "自称丈夫", "risk": "possible_trafficker"}
    story.write(Role.SPECIALIST, case_id, "claimant_recorded", **claimant)

    lift = {"kind": "withhold_lifted", "fields": {"police_reference": "1号"}}
    assert story.refused(Role.SPECIALIST, "POST", f"/cases/{case_id}/entries", json=lift)[0] == 403
    story.write(Role.POLICE, case_id, "abduction_finding", crime_likely=True)
    assert story.windows(case_id)["search_notice"] == "withheld"
    assert story.windows(case_id)["suspected_abduction_check"] == "met"

    # Nobody outside learns anything: another role, another station, and no free word in a window.
    assert story.refused(Role.ADMIN, "GET", f"/cases/{case_id}")[0] == 403
    due = story.ask(Role.POLICE, "GET", "/windows")
    assert "老乡" not in str(due)
    escalated = story.ask(Role.SUPERVISOR, "GET", "/windows")
    assert all(each["window"]["kind"] != "search_notice" for each in escalated)
