import pytest

from matching.text.testimony.languages import read_languages, speech_named
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


def test_a_name_of_a_speech_means_groups() -> None:
    groups = speech_named("白话")
    assert groups is not None
    assert max(groups, key=groups.__getitem__) == "yue"
    assert speech_named("人说成银") is None
