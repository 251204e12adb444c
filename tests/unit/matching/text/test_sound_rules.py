from matching.text.sound_rules import in_dialect, names_a_merger, sound_rules
from matching.text.syllables import UNREAD, syllable_numbers

N = syllable_numbers()
RULES = sound_rules()


def test_the_same_sound_needs_no_rule() -> None:
    assert RULES.between(N["long"], N["long"]) == ()


def test_no_reading_is_said_so() -> None:
    assert RULES.between(UNREAD, UNREAD) == ("无读音",)
    assert RULES.between(N["long"], UNREAD) == ("无读音",)


def test_a_merger_has_its_rule_in_either_direction() -> None:
    found = RULES.between(N["long"], N["nong"])
    assert found == RULES.between(N["nong"], N["long"])
    assert len(found) == 1
    assert "→" not in found[0]


def test_what_no_rule_explains_names_both_syllables() -> None:
    assert RULES.between(N["long"], N["pi"]) == ("音近（long→pi）",)


def test_only_mergers_are_a_dialects() -> None:
    assert in_dialect(("同字", "h/f 混"), "湘语") == ("同字", "h/f 混（湘语）")
    assert in_dialect(("平翘舌不分（zh/z）",), "湘语") == ("平翘舌不分（zh/z，湘语）",)
    assert in_dialect(("h/f 混",), "西南官话（川黔）") == ("h/f 混（西南官话·川黔）",)
    assert names_a_merger(("同字", "h/f 混"))
    assert not names_a_merger(("同字", "音近（long→pi）"))
