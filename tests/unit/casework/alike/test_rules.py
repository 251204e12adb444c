from casework.alike.rules import policy_for_residents
from matching.policy import load_policy


def test_only_prior_and_limits_differ_from_the_policy_of_records() -> None:
    policy, ours = load_policy(), policy_for_residents(load_policy())
    assert ours.outcomes == policy.outcomes
    assert ours.bands == policy.bands
    assert ours.limits.face_cap == policy.limits.face_cap
    assert ours.prior_bits(1) > policy.prior_bits(1)
