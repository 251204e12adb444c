import pytest

from scripts.dialects.ipa import Sound, sound


@pytest.mark.parametrize(
    ("segments", "parts"),
    [
        ("xiɛ̃", ("x", "i", "ɛ", "", "~")),
        ("tsʰuaŋ", ("tsʰ", "u", "a", "", "ŋ")),
        ("fei", ("f", "", "e", "i", "")),
        ("ɿ", ("", "", "ɿ", "", "")),
        ("liau", ("l", "i", "a", "u", "")),
        ("ər", ("", "", "ə", "", "r")),
    ],
)
def test_a_syllable_is_taken_apart(segments: str, parts: tuple[str, ...]) -> None:
    assert sound(segments) == Sound(*parts)


@pytest.mark.parametrize(
    ("segments", "parts"),
    [
        ("wɔŋ", ("", "u", "ɔ", "", "ŋ")),
        ("jɐn", ("", "i", "ɐ", "", "n")),
        ("vu", ("", "", "u", "", "")),
        ("kwa", ("k", "u", "a", "", "")),
        ("ʋai", ("", "u", "a", "i", "")),
    ],
)
def test_glides_are_medials(segments: str, parts: tuple[str, ...]) -> None:
    found = sound(segments)
    assert found is not None
    assert found.initial == parts[0]
    assert (found.medial or found.vowel) == (parts[1] or parts[2])


@pytest.mark.parametrize(("segments", "nasal"), [("ŋ̍", "ŋ"), ("m̩", "m"), ("ŋ", "ŋ"), ("n̩", "n")])
def test_a_nasal_alone_is_a_syllable(segments: str, nasal: str) -> None:
    assert sound(segments) == Sound("", "", "", "", nasal)


def test_h_before_a_syllabic_nasal_stays() -> None:
    assert sound("hŋ̍") == Sound("h", "", "", "", "ŋ")


@pytest.mark.parametrize(
    ("segments", "initial"), [("ᵐba", "b"), ("ⁿdi", "d"), ("ᵑgu", "g"), ("mbo", "b"), ("ŋga", "g")]
)
def test_prenasalised_stops_keep_the_stop(segments: str, initial: str) -> None:
    found = sound(segments)
    assert found is not None
    assert (found.initial, found.coda) == (initial, "")


@pytest.mark.parametrize("coda", ["p", "t", "k", "ʔ"])
def test_checked_syllables_end_in_a_stop(coda: str) -> None:
    assert sound(f"sa{coda}") == Sound("s", "", "a", "", coda)


@pytest.mark.parametrize("segments", ["", "/", "ʰ"])
def test_what_is_no_syllable_has_no_parts(segments: str) -> None:
    assert sound(segments) is None


def test_spellings_of_one_sound_are_one() -> None:
    assert sound("ɡε") == sound("gɛ")
    assert sound("t͡ɕiaŋ") == sound("tɕiaŋ")
    assert sound("saⁿ") == sound("sã")
