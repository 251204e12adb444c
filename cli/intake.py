"""`guitu intake`: a photo and a transcript in, explained leads out."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from casework.alike.view import alike_residents
from casework.cases.case import IntakeForm
from casework.cases.intake import IntakeCommand, OpenedCase, open_case
from casework.cases.view import CaseFile, view_case
from casework.errors import BadInputError, ChooseFaceError
from casework.jobs.job import AT_THE_DESK
from casework.search.nobody_found import nobody_notes
from cli.acting import AsUser, acting
from cli.exits import Exit, leave
from cli.files import read_file
from cli.lead_rows import lead_row
from cli.leads import lead_line
from cli.output import STDERR, AsJson, print_json, print_words
from cli.windows import parse_moment, window_row
from matching.model import BloodType, Sex
from runtime.container import Services, running
from runtime.settings import Settings

_SEXES: Mapping[str, Sex] = {
    "男": Sex.MALE,
    "女": Sex.FEMALE,
    "male": Sex.MALE,
    "female": Sex.FEMALE,
}
_WORDS = (
    "name",
    "household_place",
    "brought_by",
    "marks",
    "note",
    "work",
    "id_digits",
    "phone_digits",
)
_NUMBERS = ("birth_year", "apparent_age", "height_cm")


def intake(
    photo: Annotated[
        list[Path] | None, typer.Option("--photo", help="照片，可重复 · photo, repeatable")
    ] = None,
    transcript: Annotated[
        Path | None, typer.Option("--transcript", help="访谈记录文本 · transcript file")
    ] = None,
    face: Annotated[
        int | None, typer.Option("--face", min=1, help="照片里第几张脸（从 1 起） · which face")
    ] = None,
    field: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="K=V", help="登记栏目，可重复 · form field"),
    ] = None,
    street: Annotated[
        bool, typer.Option("--street", help="街面救助，未入站 · helped in the street")
    ] = False,
    same_person_as: Annotated[
        str | None, typer.Option("--same-person", metavar="CASE", help="以前的个案 · earlier case")
    ] = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """登记入站并检索：照片和访谈进，带说明的线索出 · take in a resident and search."""
    command = IntakeCommand(
        form=form_from(field or []),
        photos=tuple(read_file(path) for path in photo or []),
        transcript=_read_text(transcript) if transcript else None,
        face_choice=face,
        in_street=street,
        same_person_as=same_person_as,
    )
    with running(Settings()) as services:
        opened, file = _open(services, command, as_user, as_json=as_json)
    if as_json:
        print_json(_document(opened, file))
    else:
        _print(opened, file)


def _open(
    services: Services, command: IntakeCommand, as_user: str | None, *, as_json: bool
) -> tuple[OpenedCase, CaseFile]:
    context = acting(services, as_user)
    try:
        with STDERR.status("正在比对照片与线索…"):
            opened = open_case(context, command, services.face_reader)
            services.floor.run_due(AT_THE_DESK)
    except ChooseFaceError as error:
        if as_json:
            print_json({"error": "choose_face", "boxes": [list(box) for box in error.boxes]})
        leave(error.sentence + _boxes(error), Exit.REFUSED)
    file = view_case(context, opened.case.case_id)
    alike = (each.note for each in alike_residents(context, opened.case.case_id))
    nobody = nobody_notes(context, file, services.matcher.policy)
    return replace(opened, notes=(*opened.notes, *alike, *nobody)), file


def form_from(pairs: list[str]) -> IntakeForm:
    """The intake form from `k=v` pairs.

    Raises:
        BadInputError: an unknown field, or a value that is not of its kind.
    """
    values: dict[str, object] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise BadInputError("--field 要写成 栏目=内容，例如 --field sex=男。")
        values[key.strip()] = _value(key.strip(), value.strip())
    return IntakeForm(**values)  # type: ignore[arg-type]  # keys and kinds checked by _value


def _value(key: str, value: str) -> object:
    if key in _WORDS:
        return value or None
    if key == "admitted_at":
        return parse_moment(value, "admitted_at")
    if key == "sex":
        return _sex(value)
    if key == "blood_type":
        return _blood_type(value)
    if key in _NUMBERS:
        return _number(key, value)
    known = "、".join((*_WORDS, *_NUMBERS, "sex", "blood_type", "admitted_at"))
    raise BadInputError(f"没有这个登记栏目；可用的有：{known}。")


def _sex(value: str) -> Sex:
    if value not in _SEXES:
        raise BadInputError("sex 请填 男 或 女，不清楚就不要填。")
    return _SEXES[value]


def _blood_type(value: str) -> BloodType:
    try:
        return BloodType(value.upper().removesuffix("型"))
    except ValueError as error:
        raise BadInputError("blood_type 请填 A、B、O 或 AB，不清楚就不要填。") from error


def _number(key: str, value: str) -> int:
    try:
        return int(value)
    except ValueError as error:
        raise BadInputError(f"{key} 要填整数。") from error


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInputError("读不到访谈记录文件，请检查路径和权限。") from error
    except UnicodeDecodeError as error:
        raise BadInputError("访谈记录不是 UTF-8 文本，请另存为 UTF-8 后再试。") from error


def _boxes(error: ChooseFaceError) -> str:
    lines = (f"\n  {n}: {list(box)}" for n, box in enumerate(error.boxes, start=1))
    return "用 --face N 选择：" + "".join(lines)


def _document(opened: OpenedCase, file: CaseFile) -> dict[str, object]:
    return {
        "case_id": opened.case.case_id,
        "number": opened.case.number,
        "leads": [lead_row(lead) for lead in file.leads],
        "windows": [window_row(window) for window in file.windows],
        "notes": list(opened.notes),
    }


def _print(opened: OpenedCase, file: CaseFile) -> None:
    print_words(f"已登记个案 {opened.case.number}（{opened.case.case_id}）")
    for note in opened.notes:
        print_words(f"提示：{note}")
    if not file.leads:
        print_words("目前没有达到门槛的线索；有新线索或新报案时会再次比对。")
    for lead in file.leads:
        print_words(lead_line(lead, opened.case.number))
