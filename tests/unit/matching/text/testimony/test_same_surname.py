import pytest

from matching.model import Relation
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.same_surname import with_family_surnames


def named(value: str, relation: Relation | None = None) -> Clue:
    return Clue(
        kind=ClueKind.RELATIVE if relation else ClueKind.SELF_NAME,
        start=0,
        end=len(value),
        text=value,
        speaker=Speaker.RESIDENT,
        value=value,
        relation=relation,
    )


@pytest.mark.parametrize(
    ("clues", "readings"),
    [
        ([named("刘福生"), named("福贵", Relation.YOUNGER_BROTHER)], ["刘福生", "福贵 刘福贵"]),
        ([named("阿娣"), named("区伯佑", Relation.FATHER)], ["阿娣 区娣 区阿娣", "区伯佑"]),
        ([named("刘军"), named("石头", Relation.SON)], ["刘军", "石头 刘石头"]),
        (
            [named("王英"), named("李军", Relation.HUSBAND), named("小宝", Relation.SON)],
            ["王英", "李军", "小宝 李宝 李小宝"],
        ),
        ([named("刘福生"), named("阿兰", Relation.MOTHER)], ["刘福生", "阿兰"]),
        ([named("刘福生"), named("阿兰", Relation.WIFE)], ["刘福生", "阿兰"]),
        ([named("阿娣")], ["阿娣"]),
        ([], []),
    ],
)
def test_who_may_bear_whose_surname(clues: list[Clue], readings: list[str]) -> None:
    assert [" ".join(clue.readings) for clue in with_family_surnames(clues)] == readings


def test_the_surname_said_most_often_comes_first() -> None:
    clues = [
        named("阿福"),
        named("刘大", Relation.FATHER),
        named("胡二", Relation.ELDER_BROTHER),
        named("胡三", Relation.YOUNGER_BROTHER),
    ]
    first, *_ = with_family_surnames(clues)
    assert first.alternatives == ("胡福", "刘福", "胡阿福", "刘阿福")


def test_what_is_said_stays_as_it_is() -> None:
    clues = [named("阿娣"), named("区伯佑", Relation.FATHER)]
    for before, after in zip(clues, with_family_surnames(clues), strict=True):
        assert (after.value, after.start, after.end) == (before.value, before.start, before.end)
