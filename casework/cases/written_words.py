"""What may be written into the fields of a line: lengths, ids, numbers that can exist."""

from dataclasses import fields
from typing import Final

from casework.cases.case import Details
from casework.cases.happenings.knowledge import IdentifierKind, IdentifierRecorded
from casework.cases.happenings.registration import WindowReopened, WindowStopped, WindowWithheld
from casework.errors import BadInputError
from casework.records.cells import read_id_number
from casework.windows.case_windows import SUBJECTS, shipped_rules

#: Characters of a field; a talk word for word may be longer.
LONGEST_FIELD: Final = 2_000
LONGEST_TRANSCRIPT: Final = 200_000
#: Characters of an id or name that a window carries.
LONGEST_SUBJECT: Final = 100


def check_details(details: Details) -> None:
    """Refuse what cannot be true or kept; the value itself is never repeated.

    Raises:
        BadInputError: names the field and what to do.
    """
    for field in fields(details):
        value = getattr(details, field.name)
        longest = LONGEST_TRANSCRIPT if field.name == "transcript" else LONGEST_FIELD
        if isinstance(value, str) and len(value) > longest:
            raise BadInputError(f"{field.name} 太长，最多 {longest} 字。")
    _check_subject(details)
    if isinstance(details, WindowStopped | WindowWithheld | WindowReopened):
        _check_window(details.window)
    if isinstance(details, IdentifierRecorded) and details.identifier is IdentifierKind.ID_NUMBER:
        read_id_number(details.value)


def _check_subject(details: Details) -> None:
    name = (
        "clue_id" if details.kind in {"clue_marked", "clue_judged"} else SUBJECTS.get(details.kind)
    )
    if name is None:
        return
    value = str(getattr(details, name))
    if not value.strip() or not value.isprintable() or len(value) > LONGEST_SUBJECT:
        raise BadInputError(f"{name} 要填 1 到 {LONGEST_SUBJECT} 个字，不能有换行。")


def _check_window(window: str) -> None:
    if window.partition(":")[0] not in {row.kind for row in shipped_rules().rows}:
        raise BadInputError("没有这种时限；种类见 guitu windows plan 的输出。")
