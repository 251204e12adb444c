import pytest

from matching.model import Relation
from matching.text.testimony.kinship import kin_in, kin_table


def found(words: str) -> list[tuple[str, Relation]]:
    return [(kin.word, kin.relation) for kin in kin_in(words)]


@pytest.mark.parametrize(
    ("words", "kin"),
    [
        ("有个老弟叫刘福贵", [("老弟", Relation.YOUNGER_BROTHER)]),
        ("我弟弟叫刘福贵", [("弟弟", Relation.YOUNGER_BROTHER)]),
        ("我姐姐嫁了", [("姐姐", Relation.ELDER_SISTER)]),
        ("我儿子开车", [("儿子", Relation.SON)]),
        ("俺姐夫", [("姐夫", Relation.OTHER)]),
        ("老窦区伯佑", [("老窦", Relation.FATHER)]),
        ("堂客走了", [("堂客", Relation.WIFE)]),
        ("细佬喺东莞", [("细佬", Relation.YOUNGER_BROTHER)]),
        ("婆娘姓唐", [("婆娘", Relation.WIFE)]),
        ("大女儿叫什么", [("大女儿", Relation.DAUGHTER)]),
        ("我爸和我妈", [("爸", Relation.FATHER), ("妈", Relation.MOTHER)]),
        ("去找工作", []),
        ("叫叶三妹", []),
        ("叫金阿弟", []),
        ("", []),
    ],
)
def test_kin_words_of_many_dialects(words: str, kin: list[tuple[str, Relation]]) -> None:
    assert found(words) == kin


def test_a_kin_word_knows_its_place_without_its_pronoun() -> None:
    words = "那是我弟弟"
    (kin,) = kin_in(words)
    assert words[kin.start : kin.end] == "弟弟"


@pytest.mark.parametrize(
    "word", ["老窦", "阿嫲", "堂客", "崽", "细佬", "婆娘", "达", "俺爹", "阿姆", "囡儿"]
)
def test_dialect_words_are_in_the_table(word: str) -> None:
    assert word in kin_table()


def test_several_may_follow_a_word_for_many() -> None:
    (kin,) = kin_in("两个儿子一个何军一个何兵")
    assert kin.is_many
