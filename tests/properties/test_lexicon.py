"""Finding many words at once, against looking for each of them at every place."""

from hypothesis import given
from hypothesis import strategies as st

from matching.text.testimony.lexicon import Lexicon

LETTERS = st.text(alphabet="爸妈我弟和", min_size=1, max_size=4)
SETS = st.sets(LETTERS, max_size=8)
TEXTS = st.text(alphabet="爸妈我弟和，", max_size=20)


@given(SETS, TEXTS)
def test_every_occurrence_of_every_word(words: set[str], text: str) -> None:
    lexicon = Lexicon(dict.fromkeys(words))
    found = sorted((hit.start, hit.word) for hit in lexicon.every(text))
    assert found == sorted(
        (at, word) for word in words for at in range(len(text)) if text.startswith(word, at)
    )
    assert lexicon.is_in(text) is any(word in text for word in words)


@given(SETS, TEXTS)
def test_from_left_to_right_the_longest_first(words: set[str], text: str) -> None:
    expected, at = [], 0
    while at < len(text):
        here = [word for word in words if text.startswith(word, at)]
        if here:
            expected.append((at, max(here, key=len)))
            at += len(max(here, key=len))
        else:
            at += 1
    lexicon = Lexicon(dict.fromkeys(words))
    assert [(hit.start, hit.word) for hit in lexicon.find(text)] == expected
    first = lexicon.first(text)
    assert (first.start, first.word) == expected[0] if first else not expected
