from matching.text.name_index import NameIndex
from matching.text.sound_costs import built_in_costs

SOUND = built_in_costs()
NAMES = ["刘福生", "刘建国", "牛福胜", "欧阳慧", "单雄", "王伟", "阿福", "买买提", "刘福生"]


def found(heard: str, limit: int = 3) -> list[str]:
    index = NameIndex.build(NAMES)
    return [index.names[hit.number] for hit in index.nearest(heard, SOUND, limit)]


def test_names_are_found_through_mishearing() -> None:
    assert found("刘胡生")[0] == "刘福生"
    assert found("欧羊会")[0] == "欧阳慧"
    assert found("善雄")[0] == "单雄"


def test_a_clerks_alternatives_are_all_tried() -> None:
    assert found("黄为/汪卫（音）")[0] == "王伟"


def test_each_name_comes_once_and_unreadable_text_finds_none() -> None:
    assert len(set(found("刘福生", 20))) == len(found("刘福生", 20))
    assert found("😀") == []


def test_an_empty_list_answers_nothing() -> None:
    assert NameIndex.build([]).nearest("刘福生", SOUND, 5) == ()
