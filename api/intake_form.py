"""The intake form as it comes over the wire, from pages and scripts alike."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from casework.cases.case import IntakeForm
from casework.cases.intake import LONGEST_FIELD, LONGEST_TRANSCRIPT
from matching.model import BloodType, Sex

ShortText = Annotated[str, Field(max_length=LONGEST_FIELD)]


class IntakeFields(BaseModel):
    """Fields of the paper form in its order; what is not known is left out."""

    model_config = ConfigDict(extra="forbid")

    name: ShortText | None = None
    sex: Sex | None = None
    birth_year: int | None = None
    apparent_age: int | None = None
    height_cm: int | None = None
    household_place: ShortText | None = None
    admitted_at: datetime | None = None
    brought_by: ShortText | None = None
    marks: ShortText | None = None
    note: ShortText | None = None
    blood_type: BloodType | None = None
    work: ShortText | None = None
    #: Digits that the person remembers of the ID number and of a relative's phone.
    id_digits: ShortText | None = None
    phone_digits: ShortText | None = None
    transcript: Annotated[str, Field(max_length=LONGEST_TRANSCRIPT)] | None = None
    face: Annotated[int, Field(ge=1)] | None = None
    #: Helped in the street and not admitted.
    in_street: bool = False
    #: The case of an earlier stay: the person gets no second file.
    same_person_as: Annotated[str, Field(max_length=64)] | None = None

    def form(self) -> IntakeForm:
        """The form as casework knows it."""
        return IntakeForm(**self.model_dump(include=set(FORM_FIELDS)))


#: The part of the fields that is the paper form itself.
FORM_FIELDS = tuple(
    name
    for name in IntakeFields.model_fields
    if name not in {"transcript", "face", "in_street", "same_person_as"}
)
