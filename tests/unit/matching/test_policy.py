import tomllib
from importlib.resources import files
from typing import Any

import pytest

from matching.errors import BadPolicyError
from matching.evidence import Signal
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


@pytest.mark.parametrize("chance", [0.0, -0.1, 1.5, float("nan")])
@pytest.mark.parametrize("signal", ["name", "home"])
def test_a_figure_that_is_no_chance_is_refused(signal: str, chance: float) -> None:
    broken = table()
    broken[signal]["exact"]["m"] = chance
    with pytest.raises(BadPolicyError):
        parse_policy(broken)


@pytest.mark.parametrize(
    ("section", "figure", "value"),
    [
        ("bands", "strong_without_face", 0.0),
        ("bands", "strong_without_face", -6.0),
        ("limits", "face_cap", float("nan")),
        ("limits", "leads", 0),
        ("limits", "least_bits", float("-inf")),
        ("name", "different", 2.5),
        ("name", "rarest", 0.0),
        ("relatives", "homophone", 9.0),
        ("relatives", "different", float("nan")),
        ("relatives", "each_after_first", 1.2),
        ("home", "county_conflict", float("nan")),
        ("home", "most", -15.0),
        ("sex", "same", -0.95),
        ("marks", "shared", -1.0),
        ("dates", "found_before_missing", 7.0),
        ("birth", "beyond", float("nan")),
    ],
)
def test_a_figure_that_would_mislead_a_search_is_refused(
    section: str, figure: str, value: float
) -> None:
    broken = table()
    broken[section][figure] = value
    with pytest.raises(BadPolicyError):
        parse_policy(broken)


def test_a_negative_cap_on_correlated_signals_is_refused() -> None:
    broken = table()
    broken["caps"]["origin"]["most"] = -22.0
    with pytest.raises(BadPolicyError):
        parse_policy(broken)


def test_every_cap_of_the_shipped_policy_names_real_signals() -> None:
    capped = frozenset(signal for cap in load_policy().caps for signal in cap.signals)
    assert capped
    assert capped <= frozenset(Signal)
