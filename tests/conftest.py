"""Shared by every test: how hard hypothesis looks.

Same examples at each run, so that a red build is red again; ``HYPOTHESIS_PROFILE=deep`` looks
elsewhere, longer.
"""

import os

from hypothesis import HealthCheck, settings


settings.register_profile(
    "fast",
    max_examples=60,
    deadline=None,  # the machine may be shared: slow is not wrong
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("deep", settings.get_profile("fast"), max_examples=2000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
