from matching.dialect.testimony import speech_in, speech_of_clues
from matching.text.testimony.languages import read_languages
from tests.clauses import clauses_of


def test_words_of_the_resident_count_and_those_of_the_worker_do_not() -> None:
    speech = speech_in("问：你屋企喺边度？\n答：冇屋企。")
    assert [marker.word for marker in speech.markers] == ["冇", "屋企"]
    assert all(
        "问：你屋企喺边度？\n答：冇屋企。"[m.start : m.end] == m.word for m in speech.markers
    )


def test_a_speech_named_twice_is_one_witness() -> None:
    speech = speech_in("答：我讲白话，讲白话的。\n记录：口音像湖南。")
    assert len(speech.named) == 2


def test_clues_name_speeches_without_the_text() -> None:
    clues = read_languages(clauses_of("答：我讲客家话。"))
    assert [max(each) for each in speech_of_clues(clues).named] == ["hakka"]
    assert not speech_of_clues(())
