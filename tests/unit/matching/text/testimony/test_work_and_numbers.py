"""Work and remembered digits, from the words of a talk to the evidence of a lead."""

from datetime import date

import pytest

from matching.compare.notes import Notes
from matching.compare.setting import Setting
from matching.compare.table import compare
from matching.dialect.matrices import costs_without_dialect
from matching.evidence import Signal
from matching.model import Candidate, PersonFacts, Probe
from matching.policy import load_policy
from matching.registry.registry import Registry
from matching.text.testimony.facts import facts_from_transcript

ON = date(2026, 3, 5)


def facts(answer: str, question: str = "还记得什么？") -> PersonFacts:
    return facts_from_transcript(f"问：{question}\n答：{answer}", on=ON)


@pytest.mark.parametrize(
    ("answer", "question", "work"),
    [
        ("我以前在砖厂打工。", "还记得什么？", ("砖厂",)),
        ("我是木匠。", "还记得什么？", ("木匠",)),
        ("烧砖。", "你以前做什么的？", ("烧砖",)),
        ("村口有个砖厂。", "家附近有什么？", ()),
        ("我爸爸是木匠。", "家里还有谁？", ()),
        ("没打过工。", "在砖厂打工吗？", ()),
        ("嗯。", "你是木匠吧？", ()),
    ],
)
def test_own_work_is_read(answer: str, question: str, work: tuple[str, ...]) -> None:
    assert facts(answer, question).work == work


@pytest.mark.parametrize(
    ("answer", "question", "id_digits", "phone_digits"),
    [
        ("身份证号开头是430524。", "还记得什么？", ("430524",), ()),
        ("后四位是002x。", "身份证号记得吗？", ("002X",), ()),
        ("四三零五二四。", "身份证号还记得几位？", ("430524",), ()),
        ("我弟弟的电话是138 0013 8000。", "还记得什么？", (), ("13800138000",)),
        ("手机，幺三八零零。", "还记得什么？", (), ("13800",)),
        ("我弟弟身份证号是430524。", "还记得什么？", (), ()),
        ("我是1964年生的。", "身份证上哪年生的？", (), ()),
        ("家里有1200斤谷子。", "还记得什么？", (), ()),
        ("身份证号430524，电话8000。", "还记得什么？", ("430524",), ("8000",)),
    ],
)
def test_digits_are_read_with_what_they_are_of(
    answer: str, question: str, id_digits: tuple[str, ...], phone_digits: tuple[str, ...]
) -> None:
    found = facts(answer, question)
    assert (found.id_digits, found.phone_digits) == (id_digits, phone_digits)


TALK = """问：以前做什么的？
答：在县里的砖厂打工，讲客家话。家门口有个红星水库。
问：身份证号、电话还记得吗？
答：身份证号开头是430524，弟弟的电话是13800138000。
问：身上有没有疤？
答：左手有块疤。"""
RECORD = PersonFacts(
    work=("砖厂工人",),
    languages=("客家话",),
    landmarks=("红星水库",),
    marks=("左手有疤",),
    id_digits=("430524196405010019",),
    phone_digits=("13800138000",),
)


@pytest.mark.parametrize(
    "signal",
    [
        Signal.WORK,
        Signal.ID_NUMBER,
        Signal.PHONE,
        Signal.LANGUAGES,
        Signal.LANDMARKS,
        Signal.MARKS,
    ],
)
def test_what_a_talk_says_speaks_for_the_record(signal: Signal) -> None:
    others = [Candidate(record_id=f"r{n}", facts=PersonFacts(work=("种田",))) for n in range(30)]
    registry = Registry.build([Candidate(record_id="true", facts=RECORD), *others])
    setting = Setting(
        registry=registry, policy=load_policy(), sound=costs_without_dialect(), notes=Notes()
    )
    probe = Probe(case_id="c1", facts=facts_from_transcript(TALK, on=ON))
    row = registry.rows_of(["true"])["true"]
    (evidence,) = (
        found for each in compare(probe, setting) if (found := each.evidence(row)).signal is signal
    )
    assert evidence.bits > 0
    assert evidence.detail
