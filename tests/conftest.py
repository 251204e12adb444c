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
settings.load_profile("ci" if os.environ.get("CI") else "desk")
