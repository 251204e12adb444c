"""Recordings of talks: kept sealed beside the photos, listened to with a trace."""

from dataclasses import dataclass
from typing import Final

from casework.accounts.access import Permission, require_station
from casework.cases.audio_format import audio_media_type
from casework.cases.happenings.knowledge import AudioKept
from casework.cases.history import add_entry
from casework.cases.sight import check_sight
from casework.context import Context
from casework.errors import BadInputError, NotFoundError
from casework.ports import LineFilter

#: An hour of speech as browsers record it is about half of this.
LARGEST_BYTES: Final = 30_000_000
TALKS: Final = frozenset({"interview_held"})
RECORDINGS: Final = frozenset({"audio_kept"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioCommand:
    """A recording as handed in."""

    case_id: str
    #: The line of the talk.
    talk_id: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio:
    """A recording and how a browser is told to read it."""

    data: bytes
    media_type: str


def check_audio(data: bytes) -> str:
    """The media type of a recording that may be kept.

    Raises:
        BadInputError: empty, too large, or not a recording of a known format.
    """
    if not data:
        raise BadInputError("录音是空的，没有保存。")
    if len(data) > LARGEST_BYTES:
        raise BadInputError(f"录音太大，一段最多 {LARGEST_BYTES // 1_000_000} 兆，请分段上传。")
    media_type = audio_media_type(data)
    if media_type is None:
        raise BadInputError("这个文件不是能播放的录音，请用 webm、m4a、mp3、wav、ogg 格式。")
    return media_type


def keep_audio(context: Context, command: AudioCommand) -> str:
    """Keep the recording of a talk; returns its id in the vault.

    Raises:
        NotPermittedError: the actor may not write into the case, or it is another station's.
        NotFoundError: no such case, or no such talk in it.
        BadInputError: the file cannot be kept (see `check_audio`).
    """
    context.require(Permission.AMEND_CASE)
    media_type = check_audio(command.data)
    with context.open_work() as work:
        require_station(context.actor, work.cases.get(command.case_id).station)
        talks = work.cases.lines(LineFilter(kinds=TALKS, case_id=command.case_id))
        if all(talk.entry_id != command.talk_id for talk in talks):
            raise NotFoundError("这个个案里没有这次访谈，录音没有保存。")
        audio_id = context.new_id()
        work.photos.put(audio_id, command.data)
        line = AudioKept(audio_id=audio_id, talk_id=command.talk_id, media_type=media_type)
        add_entry(context, work, command.case_id, line)
        context.trace(work, "audio.keep", f"case:{command.case_id}", audio=audio_id)
        work.commit()
    return audio_id


def play_audio(context: Context, case_id: str, audio_id: str) -> Audio:
    """A recording of a talk, for the case's own station; each request leaves a trace.

    Raises:
        NotPermittedError: the role may not read cases, or a child's file that is closed.
        NotFoundError: no such recording in this case, or another station's case.
    """
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        lines = work.cases.lines(LineFilter(kinds=RECORDINGS, case_id=case_id))
        found = [x.details for x in lines if isinstance(x.details, AudioKept)]
        kept = next((each for each in found if each.audio_id == audio_id), None)
        if kept is None or work.cases.get(case_id).station != context.actor.station:
            raise NotFoundError("没有这段录音，或您无权收听。")
        check_sight(context, work, case_id)
        data = work.photos.get(audio_id)
        context.trace(work, "audio.play", f"audio:{audio_id}", case=case_id)
        work.commit()
    return Audio(data=data, media_type=kept.media_type)
