"""Scoring a whole registry at once, against the slow way: every pair by itself, in words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import fsum

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.compare.face import FaceMatch
from matching.compare.setting import Setting
from matching.compare.table import compare
from matching.dialect.matrices import costs_without_dialect
from matching.evidence import Evidence, Signal
from matching.fusion import probability
from matching.model import (
    BloodType,
    Candidate,
    Home,
    PersonFacts,
    Probe,
    Relation,
    Relative,
    Sex,
    YearRange,
)
from matching.policy import load_policy
from matching.ranking import Faces, Ranking, Search
from matching.registry.registry import Registry
from matching.same_person import same_persons

POLICY = load_policy()
NAMES = ("刘福胜", "刘福生", "牛福森", "王伟", "王卫", "欧阳春花", "阿福", "刘", "陈建国", "CHEN")
PLACES = (
    ("湖南省", "邵阳市", "隆回县", "荷田乡"),
    ("湖南省", "邵阳市", "隆回县"),
    ("湖南省", "邵阳市", "洞口县"),
    ("湖南省",),
    ("广东省", "清远市", "英德市", "大站镇"),
    ("广东省", "清远市"),
)
PHRASES = ("湖南邵阳龙回", "英德大站", "广东", "老家龙回那边", "不晓得")
MARKS = ("左手有疤", "左臂一道刀痕", "右腿有痣", "戴眼镜")

names = st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple)
years = st.builds(
    lambda first, width: YearRange(earliest=first, latest=first + width),
    st.integers(1930, 2015),
    st.sampled_from((0, 0, 2, 20)),
)
relatives = st.lists(
    st.builds(
        Relative,
        relation=st.sampled_from(Relation),
        name=st.one_of(st.none(), st.sampled_from(NAMES)),
    ),
    max_size=3,
    unique=True,
).map(tuple)
written_homes = st.lists(
    st.sampled_from(PLACES).map(lambda path: Home(text="".join(path), path=path)),
    max_size=2,
    unique=True,
).map(tuple)
heard_homes = st.lists(
    st.sampled_from(PHRASES).map(lambda text: Home(text=text)), max_size=2, unique=True
).map(tuple)
marks = st.lists(st.sampled_from(MARKS), max_size=2, unique=True).map(tuple)
DIGITS = ("43052419640305123X", "13800001234", "1380", "1964", "0305123", "12")
words = st.lists(
    st.sampled_from(("糖厂", "县糖厂", "客家话", "泥水匠", "桥")), max_size=2, unique=True
).map(tuple)
found_places = st.one_of(st.none(), st.sampled_from(("广东省清远市", "湖南省", "火车站")))
dialects = st.sampled_from(((), (("xiang", 1.0),), (("yue", 0.6), ("hakka", 0.4))))
days = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2026, 12, 31)))


def facts(homes: st.SearchStrategy[tuple[Home, ...]]) -> st.SearchStrategy[PersonFacts]:
    return st.builds(
        PersonFacts,
        names=names,
        sex=st.one_of(st.none(), st.sampled_from(Sex)),
        birth=st.one_of(st.none(), years),
        height_cm=st.one_of(st.none(), st.integers(140, 190)),
        homes=homes,
        relatives=relatives,
        marks=marks,
        apparent_birth=st.one_of(st.none(), years),
        blood_type=st.one_of(st.none(), st.sampled_from(BloodType)),
        id_digits=st.lists(st.sampled_from(DIGITS), max_size=2, unique=True).map(tuple),
        phone_digits=st.lists(st.sampled_from(DIGITS), max_size=2, unique=True).map(tuple),
        languages=words,
        work=words,
        landmarks=words,
    )


candidates = st.builds(
    Candidate,
    record_id=st.just(""),
    facts=facts(written_homes),
    missing_since=days,
    missing_place=found_places,
)
registries = st.lists(candidates, min_size=1, max_size=8).map(
    lambda people: [replace(each, record_id=f"r{n}") for n, each in enumerate(people)]
)
probes = st.builds(
    Probe,
    case_id=st.just("c"),
    facts=facts(heard_homes),
    found_on=days,
    found_place=found_places,
    dialect=dialects,
)
matches = st.dictionaries(
    st.sampled_from([f"r{n}" for n in range(8)]),
    st.builds(FaceMatch, distance=st.floats(0.2, 1.0), bits=st.floats(-5, 11), detail=st.just("")),
    max_size=4,
)


def setting_of(people: list[Candidate]) -> Setting:
    return Setting(registry=Registry.build(people), policy=POLICY, sound=costs_without_dialect())


def search(
    people: list[Candidate], probe: Probe, faces: dict[str, FaceMatch] | None = None
) -> Ranking:
    return Search(Registry.build(people), POLICY).leads(probe, Faces.known(faces or {}))


@given(registries, probes)
@settings(max_examples=50, deadline=None)
def test_bits_of_all_records_at_once_are_those_of_each_by_itself(
    people: list[Candidate], probe: Probe
) -> None:
    for comparison in compare(probe, setting_of(people)):
        one_by_one = [comparison.evidence(row) for row in range(len(people))]
        bits = [0.0] * len(people) if comparison.bits is None else comparison.bits.tolist()
        for at_once, alone in zip(bits, one_by_one, strict=True):
            assert abs(at_once - alone.bits) < 1e-6, (comparison.signal, alone)
        assert all(each.signal is comparison.signal for each in one_by_one)


@given(registries, probes, matches)
@settings(max_examples=25, deadline=None)
def test_leads_add_up_and_share_one_chance_with_nobody(
    people: list[Candidate], probe: Probe, faces: dict[str, FaceMatch]
) -> None:
    answer = search(people, probe, faces)
    # Each record's own share: what the chance of its person is made of.
    shares = [answer.nobody * 2 ** (lead.bits + lead.calibration_bits) for lead in answer.leads]
    shown = fsum([answer.nobody, *shares])
    assert shown <= 1 + 1e-6
    if len(answer.leads) == len(people):
        assert abs(shown - 1) < 1e-6
    for lead, share in zip(answer.leads, shares, strict=True):
        assert lead.probability >= share - 1e-6
        assert lead.same_person_bits or abs(lead.probability - share) < 1e-6
        final = lead.bits + lead.calibration_bits + lead.same_person_bits + lead.rival_bits
        assert abs(lead.prior_bits + fsum(e.bits for e in lead.evidence) - lead.bits) < 1e-9
        assert abs(probability(final) - lead.probability) < 1e-9


@given(registries, probes, matches, st.randoms())
@settings(max_examples=25, deadline=None)
def test_the_order_of_anything_does_not_matter(
    people: list[Candidate], probe: Probe, faces: dict[str, FaceMatch], random: object
) -> None:
    turned_people, turned_facts = list(people), dict(reversed(list(faces.items())))
    random.shuffle(turned_people)  # type: ignore[attr-defined]
    turned = replace(
        probe,
        facts=replace(
            probe.facts,
            names=probe.facts.names[::-1],
            relatives=probe.facts.relatives[::-1],
            homes=probe.facts.homes[::-1],
            marks=probe.facts.marks[::-1],
        ),
    )
    one, other = search(people, probe, faces), search(turned_people, turned, turned_facts)
    assert [lead.record_id for lead in one.leads] == [lead.record_id for lead in other.leads]
    for a, b in zip(one.leads, other.leads, strict=True):
        assert abs(a.bits - b.bits) < 1e-6
        assert a.fingerprint == b.fingerprint


Fact = Callable[[Candidate], PersonFacts]
FACTS: tuple[Callable[[PersonFacts, PersonFacts], PersonFacts], ...] = (
    lambda ours, true: replace(ours, names=(*ours.names, *true.names[:1])),
    lambda ours, true: replace(ours, relatives=(*ours.relatives, *true.relatives[:1])),
    lambda ours, true: replace(
        ours, homes=(*ours.homes, *(Home(text=h.text) for h in true.homes[:1]))
    ),
    lambda ours, true: replace(ours, marks=(*ours.marks, *true.marks[:1])),
    lambda ours, true: replace(ours, sex=true.sex if ours.sex is None else ours.sex),
    lambda ours, true: replace(ours, birth=true.birth if ours.birth is None else ours.birth),
)


def bits_of(evidence: tuple[Evidence, ...]) -> dict[Signal, float]:
    return {each.signal: each.bits for each in evidence}


@given(registries, probes, st.sampled_from(FACTS), st.integers(0, 7))
@settings(max_examples=50, deadline=None)
def test_a_fact_that_supports_a_record_never_lowers_it(
    people: list[Candidate],
    probe: Probe,
    add: Callable[[PersonFacts, PersonFacts], PersonFacts],
    chosen: int,
) -> None:
    true = people[chosen % len(people)]
    more = replace(probe, facts=add(probe.facts, true.facts))
    before, after = (
        next(
            (lead for lead in search(people, each).leads if lead.record_id == true.record_id), None
        )
        for each in (probe, more)
    )
    if before is None or after is None:
        return
    was, now = bits_of(before.evidence), bits_of(after.evidence)
    supports = all(
        now[signal] >= max(was[signal], 0) - 1e-9 for signal in now if now[signal] != was[signal]
    )
    if supports:
        assert after.bits >= before.bits - 1e-6


@given(registries, probes, st.integers(0, 7))
@settings(max_examples=25, deadline=None)
def test_filing_a_record_again_never_lowers_the_chance_of_its_person_to_a_half(
    people: list[Candidate], probe: Probe, chosen: int
) -> None:
    true = people[chosen % len(people)]
    again = replace(true, record_id="again")
    by_id = {lead.record_id: lead for lead in search([*people, again], probe).leads}
    if true.record_id in by_id and "again" in by_id:
        one, other = by_id[true.record_id], by_id["again"]
        assert abs(one.probability - other.probability) < 1e-6
        assert (one.same_person_bits > 0) == (other.same_person_bits > 0)
        if one.same_person_bits:
            assert one.same_person_bits >= 1 - 1e-6


@given(registries, st.randoms())
def test_who_was_filed_twice_is_told_in_any_order_and_from_both_sides(
    people: list[Candidate], random: object
) -> None:
    known = same_persons(people)
    turned = list(people)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert same_persons(turned) == known
    assert all(one in known[other] for one, others in known.items() for other in others)
    assert all(one not in others for one, others in known.items())
