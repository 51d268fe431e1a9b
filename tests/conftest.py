"""Shared by every test: no way to a real account, AWS in this process, how hard hypothesis looks.

Same examples at each run, so that a red build is red again; ``HYPOTHESIS_PROFILE=deep`` looks
elsewhere, longer.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from moto import mock_aws

from depot.wiring import publishing, services
from depot.wiring import settings as environment


settings.register_profile(
    "fast",
    max_examples=60,
    deadline=None,  # the machine may be shared: slow is not wrong
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep", settings.get_profile("fast"), max_examples=2000, derandomize=False
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(scope="session", autouse=True)
def _no_real_account() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-3")
        patch.setenv("AWS_CONFIG_FILE", os.devnull)
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        # moto does not know the account-based addresses newer botocore prefers.
        patch.setenv("AWS_ACCOUNT_ID_ENDPOINT_MODE", "disabled")
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Each test is a new process to what our code keeps for a process."""
    yield
    services.services.cache_clear()
    publishing.publishing.cache_clear()
    environment.read.cache_clear()


@pytest.fixture
def aws() -> Iterator[None]:
    """AWS in this process, empty."""
    # A new session would read botocore's models again, a quarter of a second each time.
    with mock_aws(config={"core": {"reset_boto3_session": False}}):
        yield
