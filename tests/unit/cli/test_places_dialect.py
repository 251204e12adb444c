from cli.places import _sound
from matching.dialect.matrices import dialect_costs
from matching.text.sound_costs import built_in_costs


def test_a_row_may_name_the_dialect_and_an_unknown_one_is_said() -> None:
    assert _sound("xiang") == (dialect_costs("xiang"), None)
    assert _sound(None) == (built_in_costs(), None)
    sound, warning = _sound("klingon")
    assert sound is built_in_costs()
    assert warning is not None
    assert "方言区" in warning
