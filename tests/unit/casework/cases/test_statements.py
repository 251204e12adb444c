"""What is said in talks, judged by people: nothing is overwritten, and the search follows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.cases.case import Entry
from casework.cases.happenings.knowledge import ClueState, StatementJudged
from casework.cases.statements import Statement, check_judgement, statements_of, years_of
from casework.errors import BadInputError
from casework.search.probe import probe_of
from matching.model import YearRange
from matching.text.testimony.clues import ClueKind, Speaker
from tests.samples import NOW, an_admission
from tests.talks import TALK, a_talk, judged


def named(*entries: Entry) -> Statement:
    return next(s for s in statements_of(entries) if s.clue.kind is ClueKind.SELF_NAME)


def test_a_statement_knows_its_talk_its_stretch_its_day_and_its_writer() -> None:
    statement = named(a_talk(days=3))
    start = TALK.index("刘胡生")
    assert statement.origin == ("t1", start, start + 3, ClueKind.SELF_NAME)
    assert (statement.said_at, statement.written_by) == (NOW + timedelta(days=3), "u1")
    assert (statement.state, statement.judgement) == (ClueState.OPEN, None)


def test_what_is_put_right_counts_and_what_was_read_stays_beside_it() -> None:
    entries = (a_talk(), judged("刘胡生", value="刘福生"))
    statement = named(*entries)
    assert (statement.clue.value, statement.clue.alternatives) == ("刘福生", ("刘胡生",))
    assert statement.clue.text == "刘胡生"
    assert probe_of("c1", entries).facts.names == ("刘福生", "刘胡生")


def test_a_verified_reading_leaves_no_other_to_the_search() -> None:
    entries = (a_talk(), judged("刘胡生", state=ClueState.VERIFIED, value="刘福生"))
    assert probe_of("c1", entries).facts.names == ("刘福生",)
    assert named(*entries).judgement is not None


def test_a_refuted_statement_leaves_the_search_and_stays_in_the_file() -> None:
    entries = (a_talk(), judged("刘福贵", ClueKind.RELATIVE, ClueState.REFUTED))
    assert probe_of("c1", entries).facts.relatives == ()
    states = [s.state for s in statements_of(entries) if s.clue.kind is ClueKind.RELATIVE]
    assert states == [ClueState.REFUTED]


def test_the_last_judgement_counts_and_the_earlier_ones_stay_in_the_file() -> None:
    entries = (
        a_talk(),
        judged("刘胡生", state=ClueState.REFUTED, minute=1),
        judged("刘胡生", state=ClueState.VERIFIED, minute=2),
    )
    assert named(*entries).state is ClueState.VERIFIED
    assert len(entries) == 3


def test_a_judgement_holds_for_the_same_claim_in_every_talk() -> None:
    refuted = judged("刘胡生", state=ClueState.REFUTED)
    entries = (a_talk(), refuted, a_talk("答：我叫刘胡生。", "t2", days=12))
    own = [s for s in statements_of(entries) if s.clue.kind is ClueKind.SELF_NAME]
    assert [(s.talk_id, s.state) for s in own] == [
        ("t1", ClueState.REFUTED),
        ("t2", ClueState.REFUTED),
    ]
    assert probe_of("c1", entries).facts.names == ()


def test_what_nobody_read_is_found_by_hand() -> None:
    text = "答：屋里那个人是福贵。"
    found = judged("福贵", ClueKind.RELATIVE, value="刘福贵", text=text)
    entries = (a_talk(text), found)
    relatives = probe_of("c1", entries).facts.relatives
    assert [(each.name, each.other_readings) for each in relatives] == [("刘福贵", ("福贵",))]


def test_a_verified_year_narrows_what_was_said() -> None:
    said = judged("六十二岁", ClueKind.AGE_OR_BIRTH, ClueState.VERIFIED, value="1964")
    assert probe_of("c1", (a_talk(),)).facts.birth == YearRange(earliest=1962, latest=1966)
    birth = probe_of("c1", (a_talk(), said)).facts.birth
    assert birth == YearRange(earliest=1964, latest=1964)


def test_talks_that_agree_narrow_each_other_and_contradictions_widen() -> None:
    animal = a_talk("答：我属龙。", "t2", days=1)
    assert probe_of("c1", (a_talk(), animal)).facts.birth == YearRange(earliest=1962, latest=1966)
    other = a_talk("答：我今年五十岁。", "t2", days=1)
    assert probe_of("c1", (a_talk(), other)).facts.birth == YearRange(earliest=1962, latest=1978)


def test_what_the_worker_named_counts_once_somebody_vouches_for_it() -> None:
    text = "问：老家是湖南隆回吧？\n答：不晓得。"
    alone = (a_talk(text),)
    worker = next(s for s in statements_of(alone) if s.clue.kind is ClueKind.HOME_PLACE)
    assert worker.clue.speaker is Speaker.WORKER
    assert probe_of("c1", alone).facts.homes == ()
    vouched = judged(worker.clue.text, ClueKind.HOME_PLACE, ClueState.VERIFIED, text=text)
    homes = probe_of("c1", (*alone, vouched)).facts.homes
    assert [home.text for home in homes] == [worker.clue.text]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source_entry_id": "nobody"}, "没有这次访谈"),
        ({"source_entry_id": "e1"}, "没有这次访谈"),
        ({"start": -1}, "不在这次访谈记录里"),
        ({"end": 10_000}, "不在这次访谈记录里"),
        ({"start": 5, "end": 5}, "不在这次访谈记录里"),
        ({"value": "  "}, "1 到 60 个字"),
        ({"value": "刘" * 61}, "1 到 60 个字"),
        ({"clue": ClueKind.AGE_OR_BIRTH, "value": "属龙"}, "四位数字"),
        ({"clue": ClueKind.AGE_OR_BIRTH}, "四位数字"),
        ({"clue": ClueKind.RELATIVE}, "哪种亲属"),
    ],
)
def test_a_judgement_about_nothing_is_refused(change: dict[str, object], said: str) -> None:
    good = StatementJudged(
        source_entry_id="t1", start=0, end=3, clue=ClueKind.SELF_NAME, state=ClueState.OPEN
    )
    history = (an_admission(), a_talk())
    check_judgement(history, good)
    with pytest.raises(BadInputError, match=said) as refused:
        check_judgement(history, replace(good, **change))  # type: ignore[arg-type]
    assert "刘" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "years"),
    [
        ("1964", (1964, 1964)),
        (" 1962-1966 ", (1962, 1966)),
        ("1962至1966年", (1962, 1966)),
        ("1966-1962", None),
        ("64", None),
        ("", None),
        ("2164", None),
    ],
)
def test_years_are_written_with_four_digits(value: str, years: tuple[int, int] | None) -> None:
    wanted = YearRange(earliest=years[0], latest=years[1]) if years else None
    assert years_of(value) == wanted
