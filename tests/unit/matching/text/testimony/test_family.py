import pytest

from matching.model import Relation, Relative
from matching.text.testimony.family import one_each

F, B, S = Relation.FATHER, Relation.YOUNGER_BROTHER, Relation.SON


def said(relation: Relation, name: str | None, *others: str) -> Relative:
    return Relative(relation=relation, name=name, other_readings=others)


@pytest.mark.parametrize(
    ("relatives", "expected"),
    [
        ([], []),
        ([said(B, "刘福贵"), said(B, "刘福贵")], [said(B, "刘福贵")]),
        ([said(B, "刘福贵"), said(B, "刘福桂")], [said(B, "刘福贵", "刘福桂")]),
        ([said(B, "福贵", "刘福贵"), said(B, "刘福贵")], [said(B, "福贵", "刘福贵")]),
        ([said(B, "刘福贵"), said(B, "刘建国")], [said(B, "刘福贵"), said(B, "刘建国")]),
        ([said(B, "刘福贵"), said(S, "刘福贵")], [said(B, "刘福贵"), said(S, "刘福贵")]),
        ([said(F, "刘大山"), said(F, "刘小海")], [said(F, "刘大山", "刘小海")]),
        ([said(F, "刘"), said(F, "刘大山")], [said(F, "刘大山", "刘")]),
        ([said(F, None), said(F, "刘大山")], [said(F, None), said(F, "刘大山")]),
        ([said(F, None), said(F, None)], [said(F, None)]),
    ],
)
def test_everything_said_of_one_relative_is_one(
    relatives: list[Relative], expected: list[Relative]
) -> None:
    assert list(one_each(relatives)) == expected


def test_joining_again_changes_nothing() -> None:
    once = one_each([said(F, "刘"), said(F, "刘大山"), said(B, "刘福贵"), said(B, "刘福桂")])
    assert one_each(once) == once
