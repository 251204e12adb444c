from matching.text.confusions import built_in_confusions
from matching.text.syllables import syllable_numbers, syllable_table

TABLE = built_in_confusions()


def test_every_part_exists_and_every_chance_is_one() -> None:
    rows = syllable_table()
    for confusions, known in (
        (TABLE.initials, {each.initial for each in rows}),
        (TABLE.finals, {each.final for each in rows}),
        (TABLE.syllables, set(syllable_numbers())),
    ):
        for each in confusions:
            assert set(each.pair) <= known
            assert 0 < each.chance < 1
            assert each.rule


def test_a_pair_stands_once() -> None:
    for confusions in (TABLE.initials, TABLE.finals, TABLE.syllables):
        pairs = [frozenset(each.pair) for each in confusions]
        assert len(pairs) == len(set(pairs))
