"""Missing-person records: what families and police wrote about someone they look for."""

import re
from dataclasses import dataclass, replace
from datetime import date

from matching.model import Candidate, PersonFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRecord:
    """One report of a missing person."""

    record_id: str
    #: Where the record comes from (file or agency) and its number there; unique together.
    source: str
    source_number: str
    facts: PersonFacts
    missing_since: date | None = None
    missing_place: str | None = None
    id_number: str | None = None
    contact_phone: str | None = None
    #: Photos in the vault, newest last.
    photo_ids: tuple[str, ...] = ()
    #: The registry's running change number at this record's last change; 0 before it is stored.
    revision: int = 0

    def candidate(self) -> Candidate:
        """The part of the record that matching may see."""
        facts = replace(
            self.facts,
            id_digits=(self.id_number,) if self.id_number else (),
            phone_digits=_phones(self.contact_phone or ""),
        )
        return Candidate(
            record_id=self.record_id,
            facts=facts,
            missing_since=self.missing_since,
            missing_place=self.missing_place,
        )


def _phones(text: str) -> tuple[str, ...]:
    """The mobile numbers in a cell; families write several."""
    return tuple(
        re.findall(r"(?<![0-9])1[0-9]{10}(?![0-9])", text.replace(" ", "").replace("-", ""))
    )
