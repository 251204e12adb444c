"""Hypothesis profiles: quick at the desk, thorough and repeatable in CI."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("desk", max_examples=50, deadline=None)
settings.register_profile(
    "ci",
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
#: Thousands of histories: HYPOTHESIS_PROFILE=long pytest tests/properties
settings.register_profile("long", max_examples=3000, deadline=None)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "desk")
)
