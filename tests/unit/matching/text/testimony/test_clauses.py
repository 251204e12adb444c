import pytest

from matching.model import Relation
from matching.text.testimony.clauses import clue_in, read_clauses
from matching.text.testimony.clues import ClueKind, Speaker
from matching.text.testimony.turns import read_turns
from tests.clauses import clauses_of


def subjects(text: str) -> list[tuple[str, Relation | None]]:
    return [(c.words, c.subject.relation if c.subject else None) for c in clauses_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "答：老弟在屋里，叫刘福贵。",
            [("老弟在屋里", Relation.YOUNGER_BROTHER), ("叫刘福贵", Relation.YOUNGER_BROTHER)],
        ),
        ("答：老弟在屋里。我叫刘福生。", [("老弟在屋里", Relation.YOUNGER_BROTHER), ("我叫刘福生", None)]),
        ("答：老弟在屋里，我叫刘福生。", [("老弟在屋里", Relation.YOUNGER_BROTHER), ("我叫刘福生", None)]),
        ("答：老弟在屋里。叫福生。", [("老弟在屋里", Relation.YOUNGER_BROTHER), ("叫福生", None)]),
    ],
)  # fmt: skip
def test_whom_a_clause_is_about(text: str, expected: list[tuple[str, Relation | None]]) -> None:
    assert subjects(text) == expected


def test_a_question_about_a_relative_is_answered_about_that_relative() -> None:
    answer = next(
        c for c in clauses_of("问：老公呢？\n答：钟亚水。") if c.speaker is Speaker.RESIDENT
    )
    assert answer.subject is not None
    assert answer.subject.relation is Relation.HUSBAND


def test_somebody_who_is_only_addressed_is_not_asked_about() -> None:
    answer = next(
        c for c in clauses_of("问：阿伯，您贵姓？\n答：姓梁。") if c.speaker is Speaker.RESIDENT
    )
    assert answer.subject is None


def test_quoted_words_in_a_note_are_the_residents() -> None:
    said = {c.words: c.speaker for c in clauses_of("记录：反复说“铜人那边”，在哭。")}
    assert said == {"反复说": Speaker.NOTE, "铜人那边": Speaker.RESIDENT, "在哭": Speaker.NOTE}


def test_clauses_keep_their_place_and_their_sentence() -> None:
    text = "答：我叫刘福生，六十二。家在隆回。"
    clauses = clauses_of(text)
    assert [text[c.start : c.end] for c in clauses] == ["我叫刘福生", "六十二", "家在隆回"]
    assert [c.sentence for c in clauses] == [1, 1, 2]
    assert [c.position for c in clauses] == [0, 1, 2]


def test_a_stretch_without_a_stop_is_read_piece_by_piece() -> None:
    clauses = read_clauses(read_turns("答：" + "哦" * 1000))
    assert "".join(c.words for c in clauses) == "哦" * 1000
    assert max(len(c.words) for c in clauses) <= 200


def test_a_clue_of_a_clause_stands_where_its_words_stand() -> None:
    text = "问：叫啥？\n答：嗯，我叫刘福生。"
    clause = clauses_of(text)[-1]
    clue = clue_in(clause, ClueKind.SELF_NAME, 2, 5, 0.9)
    assert text[clue.start : clue.end] == clue.text == clue.value == "刘福生"
    assert clue.speaker is Speaker.RESIDENT
