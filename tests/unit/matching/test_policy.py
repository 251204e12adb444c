from copy import deepcopy
from math import log2
from typing import Any

import pytest

from matching.errors import BadPolicyError
from matching.evidence import Signal
from matching.policy import Channel, Outcomes, load_policy, parse_policy, policy_with
from matching.tables import toml_table


def table() -> dict[str, Any]:
    return deepcopy(toml_table("matching", "policy.toml"))


def test_the_shipped_policy_is_whole_and_has_a_version() -> None:
    policy = load_policy()
    assert policy.version
    assert policy.bands.possible < policy.bands.strong


def test_the_prior_falls_by_one_bit_when_the_gallery_doubles() -> None:
    policy = load_policy()
    assert policy.prior_bits(100_000) - policy.prior_bits(200_000) == pytest.approx(1.0)


def test_a_small_registry_is_a_part_of_a_whole_one() -> None:
    policy = load_policy()
    assert policy.prior_bits(0) == policy.prior_bits(1) == policy.prior_bits(policy.whole_registry)


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


def test_bits_fall_from_the_best_outcome_to_the_worst() -> None:
    table = Outcomes(m=(0.6, 0.3, 0.1), u=(0.1, 0.1, 0.8), limits=(0, 2), source="assumed")
    assert [table.outcome(gap) for gap in (0, 1, 2, 3)] == [0, 1, 1, 2]
    assert table.bits() == pytest.approx((log2(6), log2(3), -3.0))


def test_the_registrys_own_frequencies_take_the_place_of_u() -> None:
    table = Outcomes(m=(0.6, 0.4), u=(0.1, 0.9), source="assumed")
    common, _ = table.bits([900, 100], background=1)
    rare, _ = table.bits([1, 999], background=1)
    assert common < 0 < rare


def test_a_worse_outcome_never_says_more_however_rare_it_is_in_the_registry() -> None:
    table = Outcomes(m=(0.6, 0.3, 0.1), u=(0.1, 0.1, 0.8), limits=(0, 2), source="assumed")
    bits = table.bits([500, 500, 0], background=1)
    assert list(bits) == sorted(bits, reverse=True)
    assert bits[-1] <= 0


def test_a_channel_never_says_less_than_a_slip() -> None:
    channel = Channel(slip=0.125, most=10.0, source="assumed")
    assert channel.bits(0.0) == -3.0
    assert channel.bits(1.0) == 0.0
    assert channel.bits(1e9) == 10.0


@pytest.mark.parametrize("chance", [0.0, -0.1, 1.5, float("nan")])
@pytest.mark.parametrize("signal", ["name", "home", "relatives"])
def test_a_figure_that_is_no_chance_is_refused(signal: str, chance: float) -> None:
    broken = table()
    broken[signal]["slip"] = chance
    with pytest.raises(BadPolicyError):
        parse_policy(broken)


@pytest.mark.parametrize(
    ("section", "figure", "value"),
    [
        ("bands", "strong_without_face", 0.0),
        ("bands", "strong_without_face", -6.0),
        ("limits", "face_cap", float("nan")),
        ("limits", "leads", 0),
        ("prior", "whole_registry", 0),
        ("caps", "origin", {"signals": ["home"], "further": 1.5, "most": 3.0}),
        ("caps", "again", {"signals": ["home"], "further": 0.5, "most": 3.0}),
        ("numbers", "shortest", 0),
        ("numbers", "wrong", 0.0),
        ("dialect", "slip", 0.0),
        ("limits", "least_evidence", float("nan")),
        ("limits", "least_probability", 0.0),
        ("background", "records", 0),
        ("background", "records", float("inf")),
        ("calibration", "share", 0.0),
        ("relatives", "each_after_first", 1.2),
        ("home", "parts_at_province", float("nan")),
        ("home", "parts_at_village", 0.9),
        ("home", "most", -15.0),
        ("sex", "m", [0.4, 0.6]),
        ("sex", "m", [0.9, 0.2]),
        ("sex", "u", [1.0]),
        ("marks", "shared", -1.0),
        ("dates", "u", [0.999, 0.001]),
        ("birth", "limits", [0, 2, 1, 4, 8, 15]),
        ("birth", "limits", [0]),
        ("height", "m", [float("nan"), 0.2, 0.2, 0.1, 0.1]),
    ],
)
def test_a_figure_that_would_mislead_a_search_is_refused(
    section: str, figure: str, value: object
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


def test_a_station_may_put_its_own_figures_over_the_shipped_ones() -> None:
    own = policy_with({"version": "x", "name": {"slip": 0.2, "source": "estimated"}})
    assert (own.version, own.name.slip, own.name.source) == ("x", 0.2, "estimated")
    assert own.name.most == load_policy().name.most


@pytest.mark.parametrize("tables", [{"nmae": {"slip": 0.2}}, {"name": {"slip": 2.0}}])
def test_a_wrong_table_of_a_station_is_refused(tables: dict[str, Any]) -> None:
    with pytest.raises(BadPolicyError):
        policy_with(tables)
