from casework.cases.case import Entry
from casework.cases.manner_of_speech import speech_of
from casework.cases.statements import statements_of
from casework.search.probe import probe_of
from matching.dialect.inference import SpeechEvidence
from tests.samples import an_admission
from tests.talks import a_talk, judged


def speech(*entries: Entry) -> SpeechEvidence:
    return speech_of(entries, statements_of(entries))


def test_a_name_put_right_is_evidence_of_sounds() -> None:
    assert not speech(a_talk()).corrected
    assert speech(a_talk(), judged("刘胡生", value="刘福生")).corrected == (("刘胡生", "刘福生"),)


def test_a_name_vouched_for_as_heard_is_none() -> None:
    assert not speech(a_talk(), judged("刘胡生")).corrected


def test_how_somebody_speaks_reaches_the_search() -> None:
    entries = (a_talk(), judged("刘胡生", value="刘福生"))
    chances = dict(probe_of("c1", entries).dialect)
    assert chances
    assert abs(sum(chances.values()) - 1) < 1e-6


def test_without_a_talk_nothing_is_known_of_the_speech() -> None:
    assert not speech(an_admission())
    assert probe_of("c1", (an_admission(),)).dialect == ()
