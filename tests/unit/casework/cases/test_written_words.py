import pytest

from casework.cases.case import Details
from casework.cases.happenings import care, knowledge, police, registration
from casework.cases.written_words import LONGEST_FIELD, LONGEST_TRANSCRIPT, check_details
from casework.errors import BadInputError

NOT_APPLICABLE = registration.StopReason.NOT_APPLICABLE

REFUSED: list[tuple[str, Details]] = [
    ("note", care.VisitRecorded(note="字" * (LONGEST_FIELD + 1))),
    ("transcript", knowledge.InterviewHeld(transcript="字" * (LONGEST_TRANSCRIPT + 1))),
    ("request_id", police.DnaRequested(request_id=" ")),
    ("request_id", police.DnaRequested(request_id="a\0b")),
    ("institution", care.Placed(institution="院" * 101)),
    ("clue_id", knowledge.ClueMarked(clue_id="", text="隆回")),
    ("没有这种时限", registration.WindowStopped(window="no_such", reason=NOT_APPLICABLE)),
]
ACCEPTED: list[Details] = [
    care.VisitRecorded(note="字" * LONGEST_FIELD),
    knowledge.InterviewHeld(transcript="字" * LONGEST_TRANSCRIPT),
    police.DnaRequested(request_id="DNA-1"),
    registration.WindowStopped(window="police_identity_feedback:XC-1", reason=NOT_APPLICABLE),
]


@pytest.mark.parametrize(("named", "details"), REFUSED)
def test_what_cannot_be_kept_is_refused_and_the_field_named(named: str, details: Details) -> None:
    with pytest.raises(BadInputError, match=named):
        check_details(details)


@pytest.mark.parametrize("details", ACCEPTED)
def test_ordinary_words_are_accepted(details: Details) -> None:
    check_details(details)
