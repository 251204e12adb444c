"""Recordings as the pages take them in and play them."""

import re

from tests.asgi_client import AsgiClient
from tests.unit.api.conftest import Office

SPEECH = b"\x1a\x45\xdf\xa3 the person's voice"


def hand_in(client: AsgiClient, path: str, token: str, data: bytes, **fields: str) -> int:
    files = {"audio": ("talk.webm", data, "audio/webm")}
    return client.post(path, data={"form_token": token, **fields}, files=files).status_code


def test_a_talk_and_its_recording_are_kept_together_and_played_in_parts(office: Office) -> None:
    client, token = office.browser("wangfang")
    case = f"/cases/{office.demo.case_id}"
    talk = "问：哪里人？\n答：隆回的。"
    assert hand_in(client, f"{case}/talks", token, SPEECH, transcript=talk) == 303
    for page in (case, f"/leads/{office.demo.lead_id}"):
        (audio,) = re.findall(rf'src="({case}/audio/[^"]+)"', client.get(page).text)
    whole = client.get(audio)
    assert (whole.status_code, whole.content) == (200, SPEECH)
    assert whole.headers["content-type"] == "audio/webm"
    part = client.get(audio, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, SPEECH[4:8])
    police, _ = office.browser("lijing")
    assert police.get(audio).status_code == 403


def test_what_is_no_recording_keeps_nothing_of_the_form(office: Office) -> None:
    client, token = office.browser("wangfang")
    case = f"/cases/{office.demo.case_id}"
    assert hand_in(client, f"{case}/talks", token, b"MZ program", transcript="答：没说。") == 422
    page = client.get(case).text
    assert "第 2 次访谈" not in page
    assert "/audio/" not in page


def test_a_recording_is_added_to_a_talk_written_down_before(office: Office) -> None:
    client, token = office.browser("wangfang")
    case = f"/cases/{office.demo.case_id}"
    (path,) = re.findall(rf'action="({case}/talks/[^"]+/audio)"', client.get(case).text)
    assert hand_in(client, path, token, b"") == 422
    assert hand_in(client, path, token, SPEECH) == 303
    assert f'src="{case}/audio/' in client.get(case).text


def test_the_first_talk_brings_its_recording_with_the_intake(office: Office) -> None:
    client, token = office.browser("chenxia")
    assert hand_in(client, "/intake", token, SPEECH) == 422
    assert hand_in(client, "/intake", token, SPEECH, transcript="答：我是隆回的。") == 303


def test_scripts_add_and_read_recordings(office: Office) -> None:
    script = office.script("wangfang")
    case = f"/api/v1/cases/{office.demo.case_id}"
    with office.services.open_work() as work:
        entries = work.cases.entries(office.demo.case_id)
    talk_id = next(x.entry_id for x in entries if x.details.kind == "interview_held")
    files = {"audio": ("talk", SPEECH, "application/octet-stream")}
    added = script.post(f"{case}/talks/{talk_id}/audio", files=files)
    assert added.status_code == 201
    read = script.get(f"{case}/audio/{added.json()['audio_id']}", headers={"Range": "bytes=-5"})
    assert (read.status_code, read.content) == (206, SPEECH[-5:])
