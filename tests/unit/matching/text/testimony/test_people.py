"""Own names and relatives of a whole talk, with other readings."""

import pytest

from matching.model import Relation
from matching.text.testimony.clues import Clue, ClueKind
from matching.text.testimony.known_places import known_places
from matching.text.testimony.people import read_people
from tests.clauses import clauses_of


def read(text: str) -> tuple[Clue, ...]:
    return read_people(text, clauses_of(text), known_places())


def own(text: str) -> list[tuple[str, ...]]:
    return [clue.readings for clue in read(text) if clue.kind is ClueKind.SELF_NAME]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("答：我叫刘福生。", [("刘福生",)]),
        ("答：我是刘福生。", [("刘福生",)]),
        ("答：我是高中生。", []),
        ("答：我是江西人。", []),
        ("答：原名叫刘福生，后来改叫刘建国。", [("刘福生",), ("刘建国",)]),
        ("答：户口本上叫刘福生。", [("刘福生",)]),
        ("答：小名叫狗娃，大名刘福生。", [("狗娃", "刘狗娃"), ("刘福生",)]),
        ("答：我姓刘，名福生。", [("刘",), ("刘福生", "福生")]),
        ("问：你姓啥？\n答：刘。\n问：名字呢？\n答：福生。", [("刘",), ("刘福生", "福生")]),
        ("答：叫朱……玉田。", [("朱玉田",)]),
        ("问：叫什么？\n答：肖……肖新年。", [("肖新年",)]),
        ("答：我不叫刘福生。", []),
        ("答：我系阳春人。", []),
        ("答：我个名叫黎观生。", [("黎观生",)]),
        ("问：大爷贵姓？\n答：姓崔，崔振海。", [("崔",), ("崔振海",)]),
        ("问：你叫什么？\n答：豆豆。", [("豆豆",)]),
        ("问：你叫什么？\n答：谢谢。", []),
        ("问：能写名字吗？\n答：（写下“赵春生”）", [("赵春生",)]),
        ("问：你是不是叫王小明？\n答：不晓得。", []),
        ("问：回族还是汉族？\n答：回族，马占彪。", [("马占彪",)]),
    ],
)
def test_own_names(text: str, names: list[tuple[str, ...]]) -> None:
    assert own(text) == names


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("答：我叫刘福生（他说的是“胡生”还是“福生”分不清）。", ("刘福生", "刘胡生")),
        ("答：姓吴（音），会不会是胡？\n答：吴春花。", ("吴春花", "胡春花")),
        ("答：我叫王兴莲，也可能是黄兴莲。", ("王兴莲", "黄兴莲")),
        ("答：我姓余，余（或于）祥妹。", ("余祥妹", "于祥妹")),
        ("答：我叫阿娣，姓区。", ("区娣", "区阿娣", "阿娣")),
        ("答：老母姓黄定系姓王唔知。我叫阿娣。", ("阿娣",)),
    ],
)
def test_doubts_widen_the_readings(text: str, readings: tuple[str, ...]) -> None:
    assert readings in own(text)


def test_a_name_marked_as_heard_only_is_less_sure() -> None:
    (sure,), (doubtful,) = read("答：我叫刘福生。"), read("答：我叫刘福生（音）。")
    assert doubtful.confidence < sure.confidence


@pytest.mark.parametrize(
    ("text", "relatives"),
    [
        ("答：有个老弟叫刘福贵。", [(Relation.YOUNGER_BROTHER, "刘福贵")]),
        ("答：我姐姐叫刘福英。", [(Relation.ELDER_SISTER, "刘福英")]),
        ("答：老公姓钟，钟亚水。", [(Relation.HUSBAND, "钟亚水")]),
        ("答：婆娘姓唐，早就莫得了。", [(Relation.WIFE, "唐")]),
        ("答：两个儿子一个何军一个何兵。", [(Relation.SON, "何军"), (Relation.SON, "何兵")]),
        ("答：兄弟两个，我老大，老二金学俭。", [(Relation.YOUNGER_BROTHER, "金学俭")]),
        ("答：娘是覃氏。", [(Relation.MOTHER, "覃")]),
        ("问：老公呢？\n答：钟亚水。", [(Relation.HUSBAND, "钟亚水")]),
        ("答：老弟在屋里作田。", []),
        ("答：个仔叫黎国强，个女叫阿珍。", [(Relation.SON, "黎国强"), (Relation.DAUGHTER, "阿珍")]),
    ],
)
def test_relatives(text: str, relatives: list[tuple[Relation, str]]) -> None:
    assert [(c.relation, c.value) for c in read(text) if c.relation] == relatives


def test_a_surname_of_the_family_is_an_alternative_and_never_the_value() -> None:
    (name, father) = read("答：我叫阿娣。老窦叫区伯佑。")
    assert (name.value, name.alternatives) == ("阿娣", ("区娣", "区阿娣"))
    assert (father.value, father.alternatives) == ("区伯佑", ())
