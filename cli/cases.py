"""`guitu case`: what is in a file, and writing into it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from casework.cases.intake import PhotoCommand, add_photo
from casework.cases.protecting import ABDUCTION_NOTE, POSSIBLE_ABDUCTION
from casework.cases.recording import RecordCommand, record
from casework.cases.talk_audio import AudioCommand, keep_audio
from casework.cases.view import CaseFile, view_case
from casework.clock.station_time import in_station_time
from casework.errors import BadInputError
from casework.jobs.job import AT_THE_DESK
from casework.search.nobody_found import nobody_notes
from cli.acting import AsUser, acting
from cli.files import read_file
from cli.lead_rows import lead_row
from cli.output import AsJson, print_json, print_words
from cli.windows import parse_moment, window_row
from runtime.container import running
from runtime.line_input import details_from
from runtime.settings import Settings

#: What is said beside a line that was written late.
_FLAG_WORDS: Mapping[str, str] = {
    "late_fact": "（事后补记）",
    "late": "（已超过时限）",
    POSSIBLE_ABDUCTION: f"。{ABDUCTION_NOTE.rstrip('。')}",
}

app = typer.Typer(help="求助个案 · cases", no_args_is_help=True)

CaseId = Annotated[str, typer.Argument(help="个案编号 · case id")]


@app.command("show")
def show(case_id: CaseId, as_user: AsUser = None, as_json: AsJson = False) -> None:
    """查看个案的全部经过、时限和线索 · the whole file."""
    with running(Settings()) as services:
        context = acting(services, as_user)
        file = view_case(context, case_id)
        nobody = nobody_notes(context, file, services.matcher.policy)
    if as_json:
        print_json(_document(file) | {"notes": list(nobody)})
    else:
        print_words("\n".join((*_lines(file), *nobody)))


@app.command("record")
def record_verb(
    case_id: CaseId,
    kind: Annotated[str, typer.Argument(help="登记种类，见 docs/case-lines.md · kind of line")],
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="K=V", help="栏目，可重复 · field")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", help="发生时间，缺省为现在 · when")] = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """在个案里登记一项；顺序不可能的会被拒绝 · write one line into a file."""
    command = RecordCommand(
        case_id=case_id,
        details=details_from(kind, dict(_pair(each) for each in field or [])),
        happened_at=parse_moment(at, "--at") if at else None,
    )
    with running(Settings()) as services:
        recorded = record(acting(services, as_user), command)
        services.floor.run_due(AT_THE_DESK)
    answer = {"entry_id": recorded.entry.entry_id, "kind": kind, "flags": list(recorded.flags)}
    if as_json:
        print_json(answer)
    else:
        said = "".join(_FLAG_WORDS[flag] for flag in recorded.flags)
        print_words(f"已登记{said}。")


@app.command("photo")
def photo_verb(
    case_id: CaseId,
    photo: Annotated[Path, typer.Argument(help="照片 · photo")],
    face: Annotated[
        int | None, typer.Option("--face", min=1, help="照片里第几张脸 · which face")
    ] = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """补一张照片，旧照片保留，随即重新比对 · add a photo and search again."""
    command = PhotoCommand(case_id=case_id, photo=read_file(photo), face_choice=face)
    with running(Settings()) as services:
        added = add_photo(acting(services, as_user), command, services.face_reader)
        services.floor.run_due(AT_THE_DESK)
    if as_json:
        print_json({"photo_id": added.photo_id, "notes": list(added.notes)})
    else:
        print_words("\n".join(("照片已保存并重新比对。", *added.notes)))


@app.command("audio")
def audio_verb(
    case_id: CaseId,
    audio: Annotated[Path, typer.Argument(help="录音文件 · recording")],
    talk: Annotated[str, typer.Option("--talk", help="访谈的登记编号 · entry id of the talk")],
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """给一次访谈补上录音 · keep the recording of a talk."""
    command = AudioCommand(case_id=case_id, talk_id=talk, data=read_file(audio))
    with running(Settings()) as services:
        audio_id = keep_audio(acting(services, as_user), command)
    if as_json:
        print_json({"audio_id": audio_id})
    else:
        print_words("录音已加密保存。")


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise BadInputError("--field 要写成 栏目=内容，例如 --field request_id=XC-001。")
    return key.strip(), value.strip()


def _document(file: CaseFile) -> dict[str, object]:
    return {
        "case_id": file.case.case_id,
        "number": file.case.number,
        "state": file.case.state.value,
        "version": file.case.version,
        "entries": [
            {
                "entry_id": entry.entry_id,
                "kind": entry.details.kind,
                "happened_at": in_station_time(entry.happened_at).isoformat(),
                "recorded_at": in_station_time(entry.recorded_at).isoformat(),
            }
            for entry in file.entries
        ],
        "windows": [window_row(window) for window in file.windows],
        "leads": [lead_row(lead) for lead in file.leads],
    }


def _lines(file: CaseFile) -> list[str]:
    head = f"个案 {file.case.number}（{file.case.state.value}）"
    rows = [
        f"{in_station_time(e.happened_at):%Y-%m-%d %H:%M}  {e.details.kind}" for e in file.entries
    ]
    return [head, *rows]
