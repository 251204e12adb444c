from matching.text.characters import simplified
from matching.text.sound_classes import sound_classes
from matching.text.syllables import syllable_numbers, syllable_table

N = syllable_numbers()


def test_characters_of_one_syllable_that_dialects_keep_apart_have_rows_of_their_own() -> None:
    row = sound_classes().row
    assert row("江", N["jiang"]) == row("讲", N["jiang"]) != row("姜", N["jiang"])
    assert row("湖", N["hu"]) == row("胡", N["hu"]) != row("忽", N["hu"])


def test_traditional_characters_share_the_row_of_the_simplified_ones() -> None:
    row = sound_classes().row
    assert row("講", N["jiang"]) == row("讲", N["jiang"])


def test_another_reading_and_an_unknown_character_have_the_row_of_the_syllable() -> None:
    assert sound_classes().row("铅", N["yan"]) == N["yan"]
    assert sound_classes().row("\ue000", N["yan"]) == N["yan"]


def test_rows_know_their_syllable() -> None:
    classes = sound_classes()
    assert classes.syllables[: len(syllable_table())].tolist() == list(range(len(syllable_table())))
    usual = [(char, at) for char, at in classes.rows.items() if simplified(char) == char]
    assert all(classes.row(char, int(classes.syllables[at])) == at for char, at in usual)
