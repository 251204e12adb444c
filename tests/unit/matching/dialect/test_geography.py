import numpy as np
import pytest

from matching.dialect.geography import groups_by_place, homes, shares_by_division
from matching.dialect.groups import dialect_groups, group_numbers
from matching.text.gazetteer import gazetteer

N = group_numbers()
PLACES = gazetteer()


def at(name: str) -> int:
    (node,) = PLACES.find(name)
    return int(PLACES.upper_of(np.array([node]))[0])


@pytest.mark.parametrize(
    ("place", "group"),
    [
        ("娄底市", "xiang"),
        ("广州市", "yue"),
        ("温州市", "wu"),
        ("梅州市", "hakka"),
        ("吕梁市", "jin"),
    ],
)
def test_a_dialect_is_likelier_where_it_is_spoken(place: str, group: str) -> None:
    shares = shares_by_division(PLACES)[at(place)]
    assert dialect_groups()[int(shares.argmax())].id == group
    assert homes(PLACES)[at(place), N[group]] > 1
    assert homes(PLACES)[at(place), N["dongbei"]] < 1


def test_shares_are_chances_and_nothing_is_impossible() -> None:
    shares = shares_by_division(PLACES)
    assert shares.shape == (len(PLACES.upper), len(dialect_groups()))
    assert shares.sum(1) == pytest.approx(1)
    assert shares.min() > 0
    assert homes(PLACES).min() > 0.1


def test_corrections_by_hand_hold_inside_their_division() -> None:
    table = groups_by_place()
    assert table[("香港特别行政区", "香港", "沙田区")].argmax() == N["yue"]
