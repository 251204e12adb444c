"""Invented people for matching tests: a small registry in which everything is countable."""

from datetime import date

from matching.compare.setting import Setting
from matching.model import Candidate, Home, PersonFacts, Probe, Relation, Relative, Sex, YearRange
from matching.policy import load_policy
from matching.registry import Registry

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


def a_setting(facts: PersonFacts = HEARD, registry: Registry | None = None) -> Setting:
    found = registry or a_registry()
    return Setting(
        policy=load_policy(), frequencies=found.frequencies, heard=found.hear_homes(facts)
    )
