"""The emulator (ministack): one process, bound to this machine, empty at each start."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import boto3
import requests

from local.child import child
from local.places import HOST, Places


REGION: Final = "eu-west-3"
ACCOUNT: Final = "000000000000"

_PATIENCE: Final = 60  # seconds for a slow machine; it takes less than one

# What of our environment the emulator, hence each function, may see: enough to run, and to reach
# the network with LIVE=1. Not PYTHONPATH: our package must come from the layer, as on AWS.
_KEPT: Final = frozenset(
    (
        *("PATH", "HOME", "LANG", "LC_ALL", "TZ"),
        *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"),
        *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
    )
)


class EmulatorFailed(Exception):
    """The emulator did not start; the message names its log."""


def aws_environment(places: Places) -> dict[str, str]:
    """Environment in which AWS tools speak to the emulator and know nothing of a real account."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {
        **kept,
        "AWS_ENDPOINT_URL": places.emulator,  # the address, not a name: S3 is then path-style
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def client(service: str, places: Places) -> Any:  # noqa: ANN401 - typed by service name only
    """Make a boto3 client of the emulator, whatever the environment says."""
    return boto3.client(  # type: ignore[call-overload]
        service,
        endpoint_url=places.emulator,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator wants one, any one
    )


@contextmanager
def emulator(places: Places) -> Iterator[None]:
    """Run the emulator for as long as the block lasts."""
    scratch = places.home / "tmp"  # functions are unpacked here
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    log = places.home / "emulator.log"
    try:
        with child("ministack", log=log, env=_environment(places, str(scratch))) as process:
            _wait(places, process)
            yield
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _environment(places: Places, scratch: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if name in _KEPT},
        "BIND_HOST": HOST,  # its default is every interface
        "GATEWAY_PORT": str(places.emulator_port),
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        # Functions inherit it: their mails pass by the mailbox (local/mailbox.py).
        "AWS_ENDPOINT_URL_SESV2": places.standin,
        "IOT_MTLS_ENABLED": "0",  # on by default, on every interface
        "SFTP_ENABLED": "0",
        "TMPDIR": scratch,
        "PYTHONDONTWRITEBYTECODE": "1",  # each worker unpacks its code anew
    }


def _wait(places: Places, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _PATIENCE
    while not _healthy(places):
        if process.poll() is not None or time.monotonic() > deadline:
            raise EmulatorFailed(f"The emulator did not start: see {places.home / 'emulator.log'}")
        time.sleep(0.05)


def _healthy(places: Places) -> bool:
    try:
        return requests.get(f"{places.emulator}/_ministack/health", timeout=1).ok
    except requests.RequestException:
        return False
