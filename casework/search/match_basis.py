"""What a resident was scored with last: decides which pairs must be scored again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Self

from casework.search.gallery import StoredFace
from matching.model import Probe


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchBasis:
    """What a resident was scored with: together the fingerprint of every pair of theirs.

    A pair must be scored again if and only if one of these changed: the person (words, photos), the
    rules (policy, calibration, gazetteer, face model), or the record, whose revision is then greater.
    Revision numbers only grow, so that one number stands for the fingerprints of a million records.
    """

    #: SHA-256 over the probe and its face vectors' ids.
    probe: str
    #: Fingerprint of everything that scores.
    rules: str
    record_revision: int
    face_revision: int

    def is_of_same_person_and_rules(self, other: "MatchBasis") -> bool:
        """Whether only records can have changed in between."""
        return (self.probe, self.rules) == (other.probe, other.rules)

    def at_most(self, record_revision: int, face_revision: int) -> Self:
        """The same, of a registry and galleries that were seen no further than this."""
        return replace(
            self,
            record_revision=min(self.record_revision, record_revision),
            face_revision=min(self.face_revision, face_revision),
        )


def probe_digest(probe: Probe, faces: Sequence[StoredFace]) -> str:
    """SHA-256 (hex) over everything known of a resident."""
    known = [asdict(probe), sorted(face.face_id for face in faces)]
    text = json.dumps(known, ensure_ascii=True, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()
