import pytest

from matching.text.testimony.languages import dialect_groups, read_languages
from tests.clauses import clauses_of, values


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("答：我讲白话。", ["白话"]),
        ("答：涯讲客话。", ["客话"]),
        ("记录：口音像湖南那边。", ["湖南"]),
        ("答：我老公讲潮汕话。", []),
        ("答：我去湖南。", []),
        ("问：你讲白话吗？", []),
    ],
)
def test_what_people_call_their_speech(text: str, markers: list[str]) -> None:
    assert values(read_languages(clauses_of(text))) == markers


def test_markers_speak_for_groups_and_shares_add_up() -> None:
    groups = dialect_groups(read_languages(clauses_of("答：我讲白话。\n记录：口音像粤西。")))
    assert groups[0].group == "yue"
    assert sum(each.probability for each in groups) == pytest.approx(1, abs=0.001)
    assert [each.probability for each in groups] == sorted(
        (each.probability for each in groups), reverse=True
    )


def test_nothing_named_speaks_for_nothing() -> None:
    assert dialect_groups(()) == ()
