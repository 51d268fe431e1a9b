"""The unmodified CDK command line against the emulator; synthesises only what has changed."""

import fcntl
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from infra.config import api_parameter
from local.checks import CDK
from local.emulator import ACCOUNT, REGION, aws_environment
from local.places import ROOT, Places


STACK: Final = "depot-local"
ASSEMBLY: Final = ROOT / "build" / "cdk.local"

# All that a synthesis reads: when none of it changed, the last one still stands.
_SOURCES: Final = (
    *("infra", "functions", "layers", "cdk.json", "requirements-dev.txt"),
    *("web/pages", "web/site.toml"),  # the layer of public pages
)


class DeploymentFailed(Exception):
    """The CDK said no; the message is the end of what it printed."""


def deploy(places: Places, *, apis: Mapping[str, str]) -> dict[str, Any]:
    """Deploy to a running, empty emulator and give the stack's outputs.

    ``apis`` says where each API of other people answers.
    """
    with _alone(), ThreadPoolExecutor(1) as beside:
        synthesis = beside.submit(_synthesise, places)  # needs no emulator
        _cdk(places, "bootstrap", f"aws://{ACCOUNT}/{REGION}")
        synthesis.result()
        outputs = places.home / "outputs.json"
        _cdk(
            places,
            "deploy",
            *("--app", str(ASSEMBLY), "--require-approval", "never", "--progress", "events"),
            *("--parameters", f"Port={places.emulator_port}"),
            *(
                part
                for api, url in apis.items()
                for part in ("--parameters", f"{api_parameter(api)}={url}")
            ),
            *("--outputs-file", str(outputs)),
        )
    return dict(json.loads(outputs.read_text(encoding="utf-8"))[STACK])


@contextmanager
def _alone() -> Iterator[None]:
    """Let one instance at a time use the assembly; others wait their turn."""
    ASSEMBLY.parent.mkdir(exist_ok=True)
    with Path(f"{ASSEMBLY}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _synthesise(places: Places) -> None:
    stamp, key = Path(f"{ASSEMBLY}.key"), _key()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == key:
        return
    stamp.unlink(missing_ok=True)
    app = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["app"]
    _cdk(
        places, "synth", "--quiet", "-c", "stage=local", "-o", str(ASSEMBLY), "--app", app, cwd=ROOT
    )
    stamp.write_text(key, encoding="utf-8")


def _key() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for source in _SOURCES:
        top = ROOT / source
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _cdk(places: Places, *arguments: str, cwd: Path | None = None) -> None:
    # Outside the project by default: with a cdk.json in sight, even `bootstrap` would synthesise.
    done = subprocess.run(
        [str(CDK), *arguments],
        cwd=cwd or places.home,
        env={**aws_environment(places), **_QUIET},
        capture_output=True,
        text=True,
        check=False,
    )
    log = places.home / f"cdk-{arguments[0]}.log"
    log.write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        raise DeploymentFailed(f"cdk {arguments[0]} failed (see {log}):\n{done.stderr[-2000:]}")


_QUIET: Final[Mapping[str, str]] = {
    "CDK_DISABLE_CLI_TELEMETRY": "true",  # `make local` works without a network
    "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION": "20",
}
