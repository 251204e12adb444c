"""Recordings of talks: what is kept, who listens, what stands in the trail."""

from dataclasses import replace

import pytest

from casework.accounts.access import Role
from casework.cases.happenings.care import Admitted
from casework.cases.happenings.knowledge import InterviewHeld
from casework.cases.talk_audio import (
    LARGEST_BYTES,
    AudioCommand,
    check_audio,
    keep_audio,
    play_audio,
)
from casework.errors import (
    BadInputError,
    MinorProtectedError,
    NotFoundError,
    NotPermittedError,
)
from tests.office import Office
from tests.samples import a_case, a_user, an_actor, an_admission

SPEECH = b"\x1a\x45\xdf\xa3 the person's voice"
TALK = replace(an_admission("talk"), details=InterviewHeld(transcript="我叫刘福生"))
STRANGER = an_actor(Role.SUPERVISOR, station="另一站", user_id="u8")
COLLEAGUE = an_actor(Role.SPECIALIST, user_id="u5")


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.users.add(a_user())
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.cases.append(TALK)
        work.commit()
    return office


def kept(office: Office) -> str:
    return keep_audio(office.context(), AudioCommand(case_id="c1", talk_id="talk", data=SPEECH))


def test_a_recording_is_kept_played_and_both_are_traced(office: Office) -> None:
    audio_id = kept(office)
    audio = play_audio(office.context(COLLEAGUE), "c1", audio_id)
    assert (audio.data, audio.media_type) == (SPEECH, "audio/webm")
    assert office.trail() == ["audio.keep", "audio.play"]


@pytest.mark.parametrize("data", [b"", b"not a recording", SPEECH.ljust(LARGEST_BYTES + 1, b"\0")])
def test_what_is_no_recording_or_too_large_is_refused(office: Office, data: bytes) -> None:
    with pytest.raises(BadInputError):
        keep_audio(office.context(), AudioCommand(case_id="c1", talk_id="talk", data=data))
    assert office.trail() == []


def test_a_recording_of_the_largest_size_is_kept() -> None:
    assert check_audio(SPEECH.ljust(LARGEST_BYTES, b"\0")) == "audio/webm"


def test_a_recording_belongs_to_a_talk_of_its_case(office: Office) -> None:
    for talk_id in ("e1", "nothing"):
        command = AudioCommand(case_id="c1", talk_id=talk_id, data=SPEECH)
        with pytest.raises(NotFoundError):
            keep_audio(office.context(), command)


def test_another_station_neither_keeps_nor_plays(office: Office) -> None:
    audio_id = kept(office)
    with pytest.raises(NotFoundError):
        play_audio(office.context(STRANGER), "c1", audio_id)
    command = AudioCommand(case_id="c1", talk_id="talk", data=SPEECH)
    with pytest.raises(NotPermittedError):
        keep_audio(office.context(STRANGER), command)
    with pytest.raises(NotPermittedError):
        play_audio(office.context(an_actor(Role.POLICE, user_id="u7")), "c1", audio_id)


def test_only_recordings_are_played_not_other_things_of_the_vault(office: Office) -> None:
    with office.open_work() as work:
        work.photos.put("p1", b"a photo")
        work.commit()
    with pytest.raises(NotFoundError):
        play_audio(office.context(), "c1", "p1")


def test_a_childs_voice_is_closed_like_the_file(office: Office) -> None:
    audio_id = kept(office)
    with office.open_work() as work:
        child = replace(an_admission("e9"), details=Admitted(apparent_age=9))
        work.cases.append(child)
        work.commit()
    with pytest.raises(MinorProtectedError):
        play_audio(office.context(COLLEAGUE), "c1", audio_id)
