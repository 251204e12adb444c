"""The whole judgement as one table: which comparators look at a pair."""

from collections.abc import Callable
from typing import Final

from matching.compare.birth import compare_birth
from matching.compare.dates import compare_dates
from matching.compare.face import FaceMatch, compare_face
from matching.compare.height import compare_height
from matching.compare.home import compare_home
from matching.compare.marks import compare_marks
from matching.compare.name import compare_name
from matching.compare.relatives import compare_relatives
from matching.compare.setting import Setting
from matching.compare.sex import compare_sex
from matching.evidence import Evidence
from matching.model import Candidate, PersonFacts, Probe

#: Comparators that look at nothing but the two people's facts, in the order of `Signal`.
FACT_COMPARATORS: Final[tuple[Callable[[PersonFacts, PersonFacts, Setting], Evidence], ...]] = (
    compare_name,
    compare_relatives,
    compare_home,
    compare_sex,
    compare_birth,
    compare_height,
    compare_marks,
)


def compare(
    probe: Probe, candidate: Candidate, face: FaceMatch | None, setting: Setting
) -> tuple[Evidence, ...]:
    """Exactly one piece of evidence for each signal, in the order of `Signal`."""
    facts = (each(probe.facts, candidate.facts, setting) for each in FACT_COMPARATORS)
    return (
        compare_face(face, setting.policy.face_cap),
        *facts,
        compare_dates(probe, candidate, setting),
    )
