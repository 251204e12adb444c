from matching.text.alignment import DROPPED, INSERTED, rules_between
from matching.text.characters import char_readings
from matching.text.heard_name import heard_name
from matching.text.sound_costs import built_in_costs
from matching.text.symbols import Symbols

SOUND = built_in_costs()
NAME = "隆回龙"
SYMBOLS = Symbols.of([(char, char_readings(char)[:1]) for char in NAME])


def _rules(name: str, written: str) -> tuple[str, ...]:
    heard = heard_name(written, longest=9)
    costs = [SYMBOLS.costs(each, SOUND) for each in heard]
    return rules_between([NAME.index(char) for char in name], heard, costs, SYMBOLS, SOUND)


def test_the_same_characters_need_no_rule() -> None:
    assert _rules("隆回", "隆回") == ("同字",)
    assert _rules("龙回", "龍回") == ("繁简异体",)


def test_one_more_or_fewer_is_said() -> None:
    assert _rules("隆回", "隆") == (DROPPED,)
    assert _rules("隆回", "隆天回") == (INSERTED,)


def test_a_merger_is_named_once() -> None:
    found = _rules("隆回隆", "nonghuinong")
    assert len(found) == len(set(found))
    assert any("n" in rule for rule in found)
