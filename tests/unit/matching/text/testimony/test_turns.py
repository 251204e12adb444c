import pytest

from matching.text.testimony.clues import Speaker
from matching.text.testimony.turns import BLANK, Topic, agrees, denies, read_turns, topics_of

R, W, N = Speaker.RESIDENT, Speaker.WORKER, Speaker.NOTE


def speakers(text: str) -> list[tuple[Speaker, str]]:
    return [(turn.speaker, turn.words.strip()) for turn in read_turns(text)]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("问：叫啥？\n答：刘福生。", [(W, "叫啥？"), (R, "刘福生。")]),
        ("问：叫啥？ 答：刘福生。问：多大？", [(W, "叫啥？"), (R, "刘福生。"), (W, "多大？")]),
        ("工作人员：你好。\n受助人员：我叫刘福生。", [(W, "你好。"), (R, "我叫刘福生。")]),
        ("【10:05】问：叫啥？", [(W, "叫啥？")]),
        ("记录：口音像湖南。", [(N, "口音像湖南。")]),
        ("该男子约六十岁。", [(N, "该男子约六十岁。")]),
        ("我叫刘福生。", [(R, "我叫刘福生。")]),
        ("答：我叫刘福生。\n老家隆回。", [(R, "我叫刘福生。"), (R, "老家隆回。")]),
        ("姓名：刘福生", [(N, "刘福生")]),
        ("", []),
        ("  \n\n ", []),
    ],
)
def test_who_speaks(text: str, turns: list[tuple[Speaker, str]]) -> None:
    assert speakers(text) == turns


def test_turns_keep_their_place_in_the_text() -> None:
    text = "问：叫啥？ 答：刘福生（音）。\n记录：哭了。"
    for turn in read_turns(text):
        said = text[turn.start : turn.start + len(turn.words)]
        assert said == turn.words or (turn.words.replace(BLANK, "") and BLANK in turn.words)


def test_an_aside_is_the_writers_and_a_guess_the_workers() -> None:
    turns = read_turns("答：老家镇熊（记录人猜测镇雄）那边（听不清）。")
    assert [(t.speaker, t.is_aside) for t in turns] == [(R, False), (W, True), (N, True)]
    assert turns[0].words == "老家镇熊" + BLANK * 9 + "那边" + BLANK * 5 + "。"


def test_a_question_goes_with_the_answer_right_behind_it() -> None:
    first, second = (
        t for t in read_turns("问：叫啥？\n答：刘福生。\n答：六十二。") if t.speaker is R
    )
    assert (first.question, second.question) == ("叫啥？", "")
    assert first.topics == second.topics == frozenset({Topic.NAME})


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("你叫什么名字？", {Topic.NAME}),
        ("老家哪里的？", {Topic.HOME}),
        ("你从哪里来？", {Topic.CAME_FROM}),
        ("家里还有谁？", {Topic.KIN}),
        ("多大岁数了？", {Topic.AGE}),
        ("你讲什么话？", {Topic.LANGUAGE}),
        ("你好吗？", set()),
    ],
)
def test_what_a_question_asks_for(question: str, topics: set[Topic]) -> None:
    assert topics_of(question) == topics


@pytest.mark.parametrize(
    ("answer", "does_agree", "does_deny"),
    [("是的，那边。", True, False), ("不是，安徽。", False, True), ("“对对”", True, False), ("隆回", False, False)],
)  # fmt: skip
def test_answers_take_over_or_refuse(answer: str, does_agree: bool, does_deny: bool) -> None:  # noqa: FBT001
    assert (agrees(answer), denies(answer)) == (does_agree, does_deny)
