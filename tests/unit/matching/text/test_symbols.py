import numpy as np

from matching.text.heard_name import heard_name
from matching.text.sound_costs import built_in_costs
from matching.text.syllables import UNREAD, syllable_numbers
from matching.text.symbols import Symbols

N = syllable_numbers()
SOUND = built_in_costs()
SYMBOLS = Symbols.of(
    [("隆", (N["long"],)), ("铅", (N["qian"], N["yan"])), ("\ue000", ()), ("王", (N["wang"],))]
)


def test_each_symbol_has_its_own_readings() -> None:
    assert SYMBOLS.readings_of(1).tolist() == [N["qian"], N["yan"]]
    assert SYMBOLS.readings_of(2).tolist() == [UNREAD]
    assert SYMBOLS.readings_of(3).tolist() == [N["wang"]]


def test_a_homophone_is_nearest_after_the_character_itself() -> None:
    (said,) = heard_name("龙", longest=1)
    (own,) = heard_name("隆", longest=1)
    costs = SYMBOLS.costs(said, SOUND)
    assert int(np.argmin(costs)) == 0
    assert SYMBOLS.costs(own, SOUND)[0] < costs[0]


def test_typed_pinyin_reaches_every_reading() -> None:
    (said,) = heard_name("yan", longest=1)
    assert int(np.argmin(SYMBOLS.costs(said, SOUND))) == 1
    assert SYMBOLS.reading_meant(1, said, SOUND) == (N["yan"], N["yan"])


def test_a_private_use_character_is_known_by_its_form() -> None:
    (said,) = heard_name("\ue000", longest=1)
    assert int(np.argmin(SYMBOLS.costs(said, SOUND))) == 2
    assert np.isfinite(SYMBOLS.costs(heard_name("王", longest=1)[0], SOUND)).all()
