"""The whole judgement as one table: which comparators look at a person."""

from collections.abc import Callable
from typing import Final

from matching.compare.apparent_age import compare_apparent_age
from matching.compare.birth import compare_birth
from matching.compare.blood import compare_blood
from matching.compare.comparison import Comparison
from matching.compare.dates import compare_dates
from matching.compare.dialect import compare_dialect
from matching.compare.found_place import compare_found_place
from matching.compare.height import compare_height
from matching.compare.home import compare_home
from matching.compare.id_number import compare_id_number
from matching.compare.landmarks import compare_landmarks
from matching.compare.languages import compare_languages
from matching.compare.marks import compare_marks
from matching.compare.name import compare_name
from matching.compare.phone import compare_phone
from matching.compare.relatives import compare_relatives
from matching.compare.setting import Setting
from matching.compare.sex import compare_sex
from matching.compare.work import compare_work
from matching.model import Probe

#: Everything but the face, in the order of `Signal`.
COMPARATORS: Final[tuple[Callable[[Probe, Setting], Comparison], ...]] = (
    compare_name,
    compare_relatives,
    compare_home,
    compare_sex,
    compare_birth,
    compare_height,
    compare_marks,
    compare_dates,
    compare_apparent_age,
    compare_blood,
    compare_found_place,
    compare_dialect,
    compare_id_number,
    compare_phone,
    compare_languages,
    compare_work,
    compare_landmarks,
)


def compare(probe: Probe, setting: Setting) -> tuple[Comparison, ...]:
    """One person against every record of the registry, by every signal but the face."""
    return tuple(each(probe, setting) for each in COMPARATORS)
