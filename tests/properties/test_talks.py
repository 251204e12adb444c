"""Whatever stands in a talk: spans lie inside it, the same text gives the same clues, time is bounded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases.case import Entry
from casework.cases.happenings.knowledge import ClueState, InterviewHeld, StatementJudged
from casework.cases.merged_clues import merged_clues
from casework.cases.statements import Statement, statements_of
from casework.search.probe import said_facts
from matching.text.testimony.clues import ClueKind
from matching.text.testimony.facts import facts_from_clues
from matching.text.testimony.known_places import known_places
from matching.text.testimony.reader import MOST_OF_A_KIND, read_testimony
from tests.samples import NOW, an_admission

DAY = date(2026, 3, 5)
#: Words that rules look for, in any order and with anything between them.
WORDS = (
    "问：", "答：", "记录：", "\n", "，", "。", "（", "）", "“", "”", "……", "我", "俺", "叫", "姓", "刘福生", "欧阳", "老家", "湖南", "隆回", "龙回县",
    "不是", "是", "吗？", "老弟", "娘", "属龙", "六十二", "岁", "五八年", "腊月", "疤", "左手", "被人", "骗", "卖给", "身份证", "还是", "（音）",
    "讲白话", "口音像", "煤矿", "唐山地震", "嫁到", "娘家", "😀", "𠊎", "\u3000", "\u2028", "abc", "7",
)  # fmt: skip
TALKS = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), min_size=0, max_size=60
).map("".join)


@given(TALKS)
def test_every_span_lies_inside_the_text_and_holds_the_words(text: str) -> None:
    for clue in read_testimony(text, on=DAY, known=known_places()).clues:
        assert 0 <= clue.start < clue.end <= len(text)
        assert text[clue.start : clue.end] == clue.text
        assert clue.value
        assert 0 < clue.confidence <= 1
        assert clue.value not in clue.alternatives


@given(TALKS)
def test_the_same_text_gives_the_same_clues_in_the_order_of_the_text(text: str) -> None:
    first = read_testimony(text, on=DAY).clues
    assert first == read_testimony(text, on=DAY).clues
    assert [c.start for c in first] == sorted(c.start for c in first)
    assert len(set(first)) == len(first)


@pytest.mark.parametrize("words", WORDS)
def test_no_word_is_counted_more_often_than_anybody_can_look_at(words: str) -> None:
    clues = read_testimony(words * 10_000, on=DAY).clues
    for kind in ClueKind:
        assert sum(clue.kind is kind for clue in clues) <= MOST_OF_A_KIND


def test_ten_thousand_places_in_one_text() -> None:
    text = "答：我老家" + "，".join(f"{a}县" for a in ["隆回", "会同", "英德", "梅"] * 2_500) + "。"
    clues = read_testimony(text, on=DAY, known=known_places()).clues
    assert 0 < len(clues) <= 2 * MOST_OF_A_KIND
    assert all(text[c.start : c.end] == c.text for c in clues)


def file_of(talks: Sequence[str]) -> tuple[Entry, ...]:
    return tuple(
        replace(
            an_admission(f"t{number}"),
            details=InterviewHeld(transcript=text),
            happened_at=NOW + timedelta(days=number),
        )
        for number, text in enumerate(talks)
    )


def judgement_of(statement: Statement, state: ClueState, number: int) -> Entry:
    talk_id, start, end, kind = statement.origin
    details = StatementJudged(source_entry_id=talk_id, start=start, end=end, clue=kind, state=state)
    at = NOW + timedelta(days=100, minutes=number)
    return replace(an_admission(f"j{number}"), details=details, recorded_at=at)


@given(st.lists(TALKS, max_size=3), st.data())
def test_judging_adds_to_a_file_and_takes_nothing_away(
    talks: list[str], data: st.DataObject
) -> None:
    entries = file_of(talks)
    read = statements_of(entries)
    chosen = data.draw(st.lists(st.sampled_from(read), max_size=4)) if read else []
    states = [data.draw(st.sampled_from(ClueState)) for _ in chosen]
    judged = [
        judgement_of(s, state, n) for n, (s, state) in enumerate(zip(chosen, states, strict=True))
    ]
    after = statements_of((*entries, *judged))
    assert [s.origin for s in after] == [s.origin for s in read]
    assert [s.clue for s in after] == [s.clue for s in read]
    last = {s.origin: state for s, state in zip(chosen, states, strict=True)}
    assert all(s.state is last[s.origin] for s in after if s.origin in last)
    claimed = {s.claim for s in chosen}
    assert all(s.state is ClueState.OPEN for s in after if s.claim not in claimed)


@given(st.lists(TALKS, max_size=3))
def test_merging_counts_every_statement_once(talks: list[str]) -> None:
    statements = statements_of(file_of(talks))
    merged = merged_clues(statements)
    gathered = [each for clue in merged for each in clue.statements]
    assert sorted(s.origin for s in gathered) == sorted(s.origin for s in statements)
    assert len({clue.claim for clue in merged}) == len(merged)
    for clue in merged:
        assert clue.talks == len({s.talk_id for s in statements if s.claim == clue.claim})
        assert clue.first_said <= clue.last_said


@given(TALKS)
def test_one_talk_alone_gives_the_facts_of_its_clues(text: str) -> None:
    statements = statements_of(file_of([text]))
    assert said_facts(statements) == facts_from_clues([s.clue for s in statements])


@given(st.lists(TALKS, min_size=1, max_size=3))
def test_what_is_all_refuted_leaves_nothing_to_search_with(talks: list[str]) -> None:
    entries = file_of(talks)
    refuted = [judgement_of(s, ClueState.REFUTED, n) for n, s in enumerate(statements_of(entries))]
    facts = said_facts(statements_of((*entries, *refuted)))
    assert (facts.names, facts.homes, facts.relatives, facts.birth, facts.marks) == (
        (), (), (), None, (),
    )  # fmt: skip
