import pytest

from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.known_places import known_places
from matching.text.testimony.places_said import place_stretches, read_places
from tests.clauses import clauses_of


def read(text: str) -> tuple[Clue, ...]:
    return read_places(clauses_of(text), known_places())


def said(text: str, kind: ClueKind) -> list[str]:
    return [c.text for c in read(text) if c.kind is kind and c.speaker is not Speaker.WORKER]


@pytest.mark.parametrize(
    ("text", "homes"),
    [
        ("问：老家哪里？\n答：湖南邵阳，龙回，荷田那边。", ["湖南邵阳", "龙回", "荷田"]),
        ("答：我家在湖南省邵阳市隆回县荷田乡。", ["湖南省邵阳市隆回县荷田乡"]),
        ("答：我是四川人。", ["四川"]),
        ("答：我屋企喺英德，大站嗰边。", ["英德", "大站"]),
        ("答：我不是安徽的，我是河南周口的。", ["河南周口"]),
        ("答：我在贵州长大，生在四川。", ["贵州", "四川"]),
        ("答：嫁到河北去了。", ["河北"]),
        ("答：我十八岁嫁到河南沈丘县刘湾。", ["河南沈丘县刘湾"]),
        ("答：我老家离县城三十里，县城叫隆回。", ["隆回"]),
        ("答：我们那里叫荷田。", ["荷田"]),
        ("答：七八年的。", []),
        ("问：家在哪？\n答：不晓得，好远。", []),
        ("答：就一个闺女，嫁到日照了。", []),
        ("问：以前干啥的？\n答：在村里种花生。", []),
        ("问：从哪里来？\n答：广州。", []),
    ],
)
def test_stretches_that_may_be_home(text: str, homes: list[str]) -> None:
    assert said(text, ClueKind.HOME_PLACE) == homes


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("答：我在深圳打工。", ["深圳"]),
        ("答：坐火车到过怀化。", ["怀化"]),
        ("问：从哪里来？\n答：广州。", ["广州"]),
        ("答：女儿嫁到绵阳去了。", ["绵阳"]),
        ("答：不是安徽，是湖南。", ["安徽"]),
        ("答：娘家在毕节。", ["毕节"]),
        ("答：大名刘福生。", []),
    ],
)
def test_places_that_are_not_home(text: str, places: list[str]) -> None:
    assert said(text, ClueKind.OTHER_PLACE) == places


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("问：系唔系梅州？\n答：系。", 0.5),
        ("问：老家是安徽吧？\n答：不是，湖南。", 0.1),
        ("问：老家是安徽吧？\n答：（摇头）", 0.1),
        ("问：老家是安徽吧？\n答：我头痛。", 0.3),
    ],
)
def test_what_the_worker_named_first_is_marked_as_the_workers(text: str, confidence: float) -> None:
    (clue,) = (c for c in read(text) if c.speaker is Speaker.WORKER)
    assert (clue.kind, clue.confidence) == (ClueKind.HOME_PLACE, confidence)


def test_the_home_somebody_was_born_into_is_marked() -> None:
    found = read("答：我嫁到河北去了，娘家是贵州毕节。")
    assert [(c.text, c.kind, c.is_mothers_home) for c in found] == [
        ("河北", ClueKind.HOME_PLACE, False),
        ("贵州毕节", ClueKind.OTHER_PLACE, True),
    ]


def test_a_guess_in_an_aside_is_the_workers() -> None:
    found = read("问：老家哪里？\n答：镇熊（记录人猜测镇雄）那边。")
    assert [(c.text, c.speaker) for c in found] == [
        ("镇熊", Speaker.RESIDENT),
        ("镇雄", Speaker.WORKER),
    ]


def test_what_a_home_place_is_called_today_is_home_too() -> None:
    assert said("问：老家？\n答：畲坑。\n记录：畲坑现在好像叫畲江。", ClueKind.HOME_PLACE) == [
        "畲坑",
        "畲江",
    ]


@pytest.mark.parametrize(
    ("words", "stretches"),
    [
        ("我老家在湖南邵阳那边", ["湖南邵阳"]),
        ("惠来", ["惠来"]),
        ("好像是毕节纳雍的", ["毕节纳雍"]),
        ("英德以前归韶关管", ["英德", "韶关"]),
        ("不晓得", []),
        ("", []),
        ("abc", []),
    ],
)
def test_what_is_left_when_all_that_is_no_place_is_cut_away(
    words: str, stretches: list[str]
) -> None:
    assert [words[start:end] for start, end in place_stretches(words)] == stretches
