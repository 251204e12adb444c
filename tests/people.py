"""Invented people for matching tests: a small registry in which everything is countable."""

from collections.abc import Callable
from datetime import date

from matching.compare.comparison import Comparison
from matching.compare.setting import Setting
from matching.dialect.matrices import costs_without_dialect
from matching.evidence import Evidence
from matching.model import Candidate, Home, PersonFacts, Probe, Relation, Relative, Sex, YearRange
from matching.policy import load_policy
from matching.registry.registry import Registry

LONGHUI = ("湖南省", "邵阳市", "隆回县", "荷田乡")
YINGDE = ("广东省", "清远市", "英德市", "大站镇")


def a_person(*names: str, path: tuple[str, ...] = LONGHUI, **facts: object) -> PersonFacts:
    homes = (Home(text="".join(path), path=path),) if path else ()
    return PersonFacts(names=names, homes=homes, **facts)  # type: ignore[arg-type]


def a_candidate(record_id: str = "r1", *names: str, **facts: object) -> Candidate:
    person = a_person(*(names or ("刘福胜",)), **facts)  # type: ignore[arg-type]
    return Candidate(record_id=record_id, facts=person, missing_since=date(1998, 5, 1))


TRUE = a_candidate(
    "true",
    "刘福胜",
    sex=Sex.MALE,
    birth=YearRange(earliest=1964, latest=1964),
    height_cm=168,
    relatives=(Relative(relation=Relation.YOUNGER_BROTHER, name="刘福贵"),),
    marks=("左手虎口有疤痕",),
)


def strangers(count: int = 200) -> list[Candidate]:
    surnames, given = "王李张陈杨赵黄周吴徐", "伟芳娜敏静丽强磊军洋"
    places = (YINGDE, ("四川省", "南充市", "南部县", "大桥镇"), ("湖南省", "长沙市", "宁乡市"))
    return [
        a_candidate(
            f"s{n}",
            surnames[n % 10] + given[n // 10 % 10] + given[n // 3 % 10],
            path=places[n % 3],
            sex=Sex.FEMALE if n % 2 else Sex.MALE,
        )
        for n in range(count)
    ]


def a_registry() -> Registry:
    return Registry.build([TRUE, *strangers()])


def a_probe(facts: PersonFacts) -> Probe:
    return Probe(case_id="c1", facts=facts, found_on=date(2026, 3, 4))


#: What the worker wrote down of the person in TRUE.
HEARD = PersonFacts(
    names=("刘福生",),
    sex=Sex.MALE,
    birth=YearRange(earliest=1963, latest=1965),
    height_cm=166,
    homes=(Home(text="湖南邵阳龙回那边"),),
    relatives=(Relative(relation=Relation.YOUNGER_BROTHER, name="刘福桂"),),
    marks=("左手有刀疤痕",),
)


def a_setting(*people: Candidate) -> Setting:
    """The registry of these people, or the one of strangers with TRUE in row 0."""
    registry = Registry.build(people) if people else a_registry()
    return Setting(registry=registry, policy=load_policy(), sound=costs_without_dialect())


def judged(
    compare: Callable[[Probe, Setting], Comparison],
    facts: PersonFacts | Probe,
    candidate: Candidate = TRUE,
) -> Evidence:
    """One comparator on one pair, among strangers."""
    probe = facts if isinstance(facts, Probe) else a_probe(facts)
    return compare(probe, a_setting(candidate, *strangers())).evidence(0)
