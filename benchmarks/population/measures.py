"""How good a set of answers is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from benchmarks.population.contest import Answer
from benchmarks.population.filing import FiledRecord, again_id
from benchmarks.population.persons import ADULT, ELDERLY
from benchmarks.population.station import Resident

#: Groups of equally many leads in the calibration.
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Leads of about the same probability: what was said of them, and what was so."""

    leads: int
    said: float
    true: float


def known(answers: Iterable[Answer]) -> list[Answer]:
    """Those of residents with a record."""
    return [each for each in answers if each.resident.true_record is not None]


def unknown(answers: Iterable[Answer]) -> list[Answer]:
    """Those of residents without."""
    return [each for each in answers if each.resident.true_record is None]


def recall(answers: Sequence[Answer], places: int) -> float:
    """The share of residents with a record whose record is among the first `places`."""
    return share(each.place is not None and each.place <= places for each in known(answers))


def strong_share(answers: Sequence[Answer]) -> float:
    """The share of residents with a record whose record, any of theirs, is called 高度疑似."""
    return share(
        any(lead.is_strong and lead.record_id in _records(each.resident) for lead in each.found)
        for each in known(answers)
    )


def _records(resident: Resident) -> set[str]:
    true = resident.true_record
    return set() if true is None else {true, again_id(true)}


def false_strong(answers: Sequence[Answer]) -> float:
    """Residents of a thousand without a record for whom any record is called 高度疑似."""
    return 1000 * share(any(lead.is_strong for lead in each.found) for each in unknown(answers))


def share_above_errors(answers: Sequence[Answer], errors: float) -> float:
    """The share of residents with a record that comes first and scores above a line.

    The line is drawn so that no more than `errors` residents of a thousand without a record have anything above
    it: the best threshold that hindsight could choose for this contender on these answers.
    """
    tops = sorted((each.found[0].score for each in unknown(answers) if each.found), reverse=True)
    allowed = int(errors * len(unknown(answers)) / 1000)
    line = tops[allowed] if allowed < len(tops) else float("-inf")
    return share(each.place == 1 and each.found[0].score > line for each in known(answers))


def candidate_recall(answers: Sequence[Answer]) -> float:
    """The share of residents with a record whose record was compared at all."""
    return share(bool(each.is_scored) for each in known(answers))


def reliability(answers: Iterable[Answer]) -> list[Bin]:
    """The top lead of each resident that has one, in `BINS` groups of equally many, surest last."""
    # Among leads as sure as each other the order is that of the residents, not of the outcome.
    tops = sorted(_tops(answers), key=itemgetter(0))
    groups = [group for group in np.array_split(np.array(tops), BINS) if len(group)]
    return [
        Bin(leads=len(group), said=float(group[:, 0].mean()), true=float(group[:, 1].mean()))
        for group in groups
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error over groups of equal mass."""
    leads = sum(each.leads for each in bins)
    return sum(each.leads * abs(each.said - each.true) for each in bins) / max(leads, 1)


def _tops(answers: Iterable[Answer]) -> Iterator[tuple[float, bool]]:
    for each in answers:
        if each.found and each.found[0].probability is not None:
            yield each.found[0].probability, each.place == 1


def share(outcomes: Iterable[bool]) -> float:
    """The share that is true; 0 of none."""
    each = list(outcomes)
    return sum(each) / len(each) if each else 0.0


#: Group -> who belongs to it.
GROUPS: dict[str, Callable[[Resident], bool]] = {
    "未成年人": lambda resident: resident.person.age_when_found < ADULT,
    "成年人": lambda resident: ADULT <= resident.person.age_when_found < ELDERLY,
    "老年人": lambda resident: resident.person.age_when_found >= ELDERLY,
    "走失五年以内": lambda resident: resident.person.gap_years < 5,  # noqa: PLR2004 - as named
    "走失十五年以上": lambda resident: resident.person.gap_years >= 15,  # noqa: PLR2004 - as named
    "能说清不少": lambda resident: resident.telling == "much",
    "能说一些": lambda resident: resident.telling == "partly",
    "只能说一点": lambda resident: resident.telling == "little",
    "什么都不说": lambda resident: resident.telling == "nothing",
}
#: Region -> beginnings of its provinces' names; together all of the mainland.
REGIONS = {
    "华北": ("北京", "天津", "河北", "山西", "内蒙"),
    "东北": ("辽宁", "吉林", "黑龙"),
    "华东": ("上海", "江苏", "浙江", "安徽", "福建", "江西", "山东"),
    "华中": ("河南", "湖北", "湖南"),
    "华南": ("广东", "广西", "海南"),
    "西南": ("重庆", "四川", "贵州", "云南", "西藏"),
    "西北": ("陕西", "甘肃", "青海", "宁夏", "新疆"),
}


def by_group(answers: Sequence[Answer]) -> Iterator[tuple[str, list[Answer]]]:
    """The answers of each group and region."""
    for name, belongs in GROUPS.items():
        yield name, [each for each in answers if belongs(each.resident)]
    for region, beginnings in REGIONS.items():
        yield (
            region,
            [
                each
                for each in answers
                if each.resident.person.origin.path[0].startswith(beginnings)
            ],
        )


def is_reachable(resident: Resident, record: FiledRecord) -> bool:
    """Whether any one strong signal of the resident's own leads to the record."""
    facts = record.candidate.facts
    return bool(
        "name" in resident.told
        or ("home" in resident.told and facts.homes)
        or ("relatives" in resident.told and facts.relatives)
        or (resident.photo is not None and record.photo is not None)
    )
