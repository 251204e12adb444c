import pytest

from matching.frequencies import Frequencies, rarity_bits
from matching.text.names import split_name
from tests.people import LONGHUI, TRUE, YINGDE, strangers

COUNTED = Frequencies.count([TRUE, *strangers()])


def test_rare_values_have_small_shares_and_unseen_ones_smaller_still() -> None:
    common, rare = split_name("王伟伟"), split_name("刘福胜")
    unseen = split_name("缪承煌")
    assert (
        COUNTED.surname_share(common) > COUNTED.surname_share(rare) > COUNTED.surname_share(unseen)
    )
    assert COUNTED.surname_share(unseen) > 0
    assert COUNTED.given_share(rare) > COUNTED.given_share(unseen)
    assert COUNTED.character_share("伟") > COUNTED.character_share("胜")


def test_a_county_counts_everybody_below_it() -> None:
    assert COUNTED.place_share(YINGDE[:3]) == COUNTED.place_share(YINGDE)
    assert COUNTED.place_share(YINGDE) > COUNTED.place_share(LONGHUI)


def test_an_empty_registry_knows_no_shares_of_zero() -> None:
    assert Frequencies.count(()).place_share(LONGHUI) == 0.5


def test_rarity_is_the_log_of_a_ratio() -> None:
    assert rarity_bits(0.5, 0.125, 1e-6) == pytest.approx(2.0)
    assert rarity_bits(0.5, 0.0, 0.25) == pytest.approx(1.0)
