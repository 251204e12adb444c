"""Signs of abduction, sale and forced labour: every one by itself, and what is none."""

import pytest

from matching.text.testimony.abduction import read_abduction, sign_words, signs
from matching.text.testimony.clues import Speaker
from matching.text.testimony.turns import read_turns


def found(text: str) -> list[str]:
    return [clue.value for clue in read_abduction(read_turns(text))]


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ("我是被人骗来的。", "taken"),
        ("网上认识的男朋友把我骗到缅甸。", "taken"),
        ("小时候被人抱走。", "taken"),
        ("那女的给我喝水，我就晕了。", "taken"),
        ("被亲戚带到广东，嫁给一个残疾人。", "taken"),
        ("后来把我卖到山里了。", "sold"),
        ("妈妈把我卖了。", "sold"),
        ("我是买来的媳妇。", "sold"),
        ("他花了三万块买的我。", "sold"),
        ("人贩子抱的我。", "sold"),
        ("他们把我锁在屋里。", "held"),
        ("那边不许我打电话。", "held"),
        ("护照被他们收走了。", "papers"),
        ("手机被拿走。", "papers"),
        ("在厂里干了三年没给钱。", "unpaid"),
        ("他们逼我在街上要饭。", "unpaid"),
        ("老板打我。", "beaten"),
    ],
)
def test_every_sign_counts_by_itself(said: str, sign: str) -> None:
    assert sign in found("答：" + said)


@pytest.mark.parametrize(
    "said",
    [
        "手机被人偷了，身份证也丢了。",
        "钱包被抢了。",
        "儿子结婚花了十万块。",
        "派出所民警带我来的。",
        "我跟老板吵架，不干了。",
        "被我儿子送来的。",
        "没有人骗我，自己走丢的。",
        "坐车被骗了两百块。",
        "我把手机卖了。",
        "我在街上卖菜。",
        "",
    ],
)
def test_what_is_no_sign(said: str) -> None:
    assert found("答：" + said) == []


def test_a_question_counts_only_when_it_was_agreed_to() -> None:
    assert found("问：是不是被人骗来的？\n答：是的。") == ["taken"]
    assert found("问：是不是被人骗来的？\n答：不是，自己来的。") == []


def test_a_note_counts_a_little_less_than_the_residents_words() -> None:
    (own,) = read_abduction(read_turns("答：身份证被收走了。"))
    (noted,) = read_abduction(read_turns("记录：身份证被收走了。"))
    assert (own.speaker, noted.speaker) == (Speaker.RESIDENT, Speaker.NOTE)
    assert noted.confidence < own.confidence


def test_a_sign_far_into_a_sentence_without_stops_is_found() -> None:
    text = "答：" + "哦" * 900 + "把我卖了"
    (clue,) = read_abduction(read_turns(text))
    assert text[clue.start : clue.end] == clue.text == "把我卖"


def test_every_sign_has_a_chinese_name() -> None:
    assert set(sign_words()) == {sign.name for sign in signs()}
    assert all(sign_words().values())
