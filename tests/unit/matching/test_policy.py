import tomllib
from importlib.resources import files
from typing import Any

import pytest

from matching.errors import BadPolicyError
from matching.policy import Steps, load_policy, parse_policy


def table() -> dict[str, Any]:
    return tomllib.loads(files("matching").joinpath("policy.toml").read_text(encoding="utf-8"))


def test_the_shipped_policy_is_whole_and_has_a_version() -> None:
    policy = load_policy()
    assert policy.version
    assert policy.possible < policy.strong


def test_the_prior_falls_by_one_bit_when_the_gallery_doubles() -> None:
    policy = load_policy()
    assert policy.prior_bits(1000) - policy.prior_bits(2000) == pytest.approx(1.0)
    assert policy.prior_bits(0) == policy.prior_bits(1)


@pytest.mark.parametrize("missing", ["prior", "name", "home", "caps", "birth", "version"])
def test_a_policy_without_a_table_is_refused(missing: str) -> None:
    broken = table()
    del broken[missing]
    with pytest.raises(BadPolicyError):
        parse_policy(broken)


def test_bands_in_the_wrong_order_are_refused() -> None:
    broken = table()
    broken["bands"]["possible"] = 0.99
    with pytest.raises(BadPolicyError):
        parse_policy(broken)


def test_a_share_of_one_is_refused() -> None:
    broken = table()
    broken["prior"]["share_with_record"] = 1
    with pytest.raises(BadPolicyError):
        parse_policy(broken)


def test_steps_must_fall_with_distance() -> None:
    assert Steps(within=((0, 2.0), (3, 1.0)), beyond=-1.0).bits(2) == 1.0
    for within in (((3, 1.0), (0, 2.0)), ((0, 1.0), (3, 2.0))):
        with pytest.raises(BadPolicyError):
            Steps(within=within, beyond=-1.0)
