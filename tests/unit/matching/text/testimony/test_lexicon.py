import pytest

from matching.text.testimony.lexicon import Lexicon, word_set

WORDS = Lexicon({"隆回": 1, "隆回县": 2, "回县": 3, "": 4})


def test_the_longest_word_wins_and_words_do_not_overlap() -> None:
    assert [(hit.start, hit.end, hit.word, hit.value) for hit in WORDS.find("在隆回县隆回")] == [
        (1, 4, "隆回县", 2),
        (4, 6, "隆回", 1),
    ]


def test_every_occurrence_may_overlap() -> None:
    assert {hit.word for hit in WORDS.every("隆回县")} == {"隆回", "隆回县", "回县"}


def test_the_first_and_whether_there_is_any() -> None:
    first = WORDS.first("去隆回")
    assert first is not None
    assert first.word == "隆回"
    assert WORDS.first("去安徽") is None
    assert not WORDS.is_in("")


def test_an_empty_lexicon_finds_nothing() -> None:
    empty: Lexicon[None] = Lexicon({})
    assert list(empty.find("隆回")) == list(empty.every("隆回")) == []


def test_a_set_of_words_is_made_of_a_list_only() -> None:
    assert word_set(["隆回"]).is_in("隆回")
    with pytest.raises(TypeError):
        word_set("隆回")
