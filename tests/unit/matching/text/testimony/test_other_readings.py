import pytest

from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.other_readings import other_readings, split_names
from tests.clauses import clauses_of


def readings(text: str, name: str) -> tuple[str, ...]:
    start = text.index(name)
    clue = Clue(
        kind=ClueKind.SELF_NAME,
        start=start,
        end=start + len(name),
        text=name,
        speaker=Speaker.RESIDENT,
        value=name,
    )
    return other_readings(text, clue)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("刘福生，也可能是刘胡生。", ("刘胡生",)),
        ("刘福生，会不会是胡？", ("胡福生",)),
        ("刘福生（“胡生”还是“福生”分不清）", ("刘胡生",)),
        ("刘福生，或者叫刘福胜", ("刘福胜",)),
        ("刘福生，还是不晓得", ()),
        ("刘福生。", ()),
        ("刘福生。\n还是刘胡生", ()),
        ("刘福生" + "，" * 60 + "也可能是刘胡生", ()),
    ],
)
def test_doubts_behind_a_name(text: str, others: tuple[str, ...]) -> None:
    assert readings(text, "刘福生") == others


def test_a_name_with_an_aside_in_its_middle_is_read_both_ways() -> None:
    text = "答：我是余（或于）祥妹。"
    (clue,) = split_names(text, clauses_of(text))
    assert clue.readings == ("余祥妹", "于祥妹")
    assert text[clue.start : clue.end] == "余（或于）祥妹"


def test_an_aside_outside_every_clause_splits_nothing() -> None:
    assert split_names("余（或于）祥妹", ()) == ()
