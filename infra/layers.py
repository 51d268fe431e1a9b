"""The two layers: our code as it is, and the locked third-party packages, both without Docker.

Third parties are installed once per content of ``requirements.txt``, target and interpreter, under
``build/layers``. Byte code is shipped whenever the runtime's own interpreter is at hand: without it
each cold start compiles every module again and takes more than twice as long.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from aws_cdk import Annotations
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import routing
from infra.config import Stage


ROOT: Final = Path(__file__).parent.parent
COMMON: Final = ROOT / "layers" / "common"
REQUIREMENTS: Final = COMMON / "requirements.txt"
BUILD: Final = ROOT / "build" / "layers"

PYTHON: Final = "3.13"
RUNTIME: Final = lambda_.Runtime.PYTHON_3_13
ARCHITECTURE: Final = lambda_.Architecture.ARM_64
AWS_WHEELS: Final = ("--platform=manylinux2014_aarch64", f"--python-version={PYTHON}")

PAGE_SOURCES: Final = (
    *("pages/layout.html", "pages/offre.html", "pages/offre_terminee.html"),
    "site.toml",
)

SKIP: Final = "skip-dependencies"
"""Context key: leave the third-party layer empty (template tests need no packages)."""


class Layers(Construct):
    """Both layers of one deployment, in the order Lambda mounts them."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        skip = bool(self.node.try_get_context(SKIP))
        folder = BUILD / "skipped" if skip else self._dependencies(stage)
        (folder / "python").mkdir(parents=True, exist_ok=True)
        self.all: list[lambda_.ILayerVersion] = [
            self._layer(
                "Common", COMMON, exclude=["requirements.txt", "**/__pycache__", "**/*.pyc"]
            ),
            self._layer("Dependencies", folder),
        ]

    def _layer(
        self, name: str, folder: Path, exclude: list[str] | None = None
    ) -> lambda_.LayerVersion:
        return lambda_.LayerVersion(
            self,
            name,
            code=lambda_.Code.from_asset(str(folder), exclude=exclude),
            compatible_runtimes=[RUNTIME],
            compatible_architectures=[ARCHITECTURE],
        )

    def _dependencies(self, stage: Stage) -> Path:
        if stage.emulated:  # the emulator runs functions on the interpreter that runs this
            return install("local", compiler=sys.executable)
        compiler = shutil.which(f"python{PYTHON}")
        if not compiler or not _runs(compiler):
            Annotations.of(self).add_info(
                f"no python{PYTHON} here: the layer ships no byte code, cold starts are slower"
            )
            compiler = None
        return install("aws", *AWS_WHEELS, compiler=compiler)


class RoutingBroken(Exception):
    """The file would be unreadable for the functions; the message says where."""


def routing_layer(scope: Construct, stage: Stage) -> lambda_.LayerVersion:
    """Where the OPCOs of this stage read their mail, as a module of data: refused when broken."""
    path = routing.path_of(stage.name)
    if found := routing.faults(path):
        raise RoutingBroken("\n".join([str(path), *found]))
    package = BUILD / f"routing-{stage.name}" / "python" / "depot_stage"
    package.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, package / "opco_routing.json")
    return lambda_.LayerVersion(
        scope,
        "Routing",
        code=lambda_.Code.from_asset(str(package.parent.parent)),
        compatible_runtimes=[RUNTIME],
        compatible_architectures=[ARCHITECTURE],
    )


def pages_layer(scope: Construct) -> lambda_.LayerVersion:
    """Make a module of data of the templates of public pages, as they are in ``web/``."""
    package = BUILD / "pages" / "python" / "depot_web"
    (package / "pages").mkdir(parents=True, exist_ok=True)
    for name in PAGE_SOURCES:
        shutil.copyfile(ROOT / "web" / name, package / name)
    return lambda_.LayerVersion(
        scope,
        "Pages",
        code=lambda_.Code.from_asset(str(package.parent.parent)),
        compatible_runtimes=[RUNTIME],
        compatible_architectures=[ARCHITECTURE],
    )


def install(target: str, *wheels: str, compiler: str | None) -> Path:
    """Install the locked packages for ``target`` and return the layer folder; cached.

    ``wheels`` are pip options that choose another platform than this one.
    """
    key = hashlib.sha256(REQUIREMENTS.read_bytes() + repr((wheels, compiler)).encode())
    folder = BUILD / f"{target}-{key.hexdigest()[:16]}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside its final place, then renamed: an interrupted install leaves nothing half done.
        with tempfile.TemporaryDirectory(dir=BUILD) as scratch:
            fresh = Path(scratch, "layer")
            _pip(fresh / "python", wheels)
            _compile(fresh, compiler)
            shutil.rmtree(fresh / "python" / "bin", ignore_errors=True)
            _publish(fresh, folder)
    return folder


def _pip(destination: Path, wheels: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    options = ["--no-input", "--no-deps", "--require-hashes", "--no-compile", "--only-binary=:all:"]
    target = ["--target", str(destination), "--requirement", str(REQUIREMENTS)]
    subprocess.run([*command, *options, *wheels, *target], check=True)


def _compile(folder: Path, compiler: str | None) -> None:
    """Write byte code that stays valid although zipping loses every file's time."""
    if compiler:
        options = ["-q", "--invalidation-mode", "unchecked-hash", "-s", str(folder), "-p", "/opt"]
        subprocess.run([compiler, "-m", "compileall", *options, str(folder)], check=True)


def _runs(command: str) -> bool:
    """Tell a real interpreter from a version manager's stand-in for one that is not installed."""
    return subprocess.run([command, "--version"], check=False, capture_output=True).returncode == 0


def _publish(fresh: Path, folder: Path) -> None:
    try:
        fresh.rename(folder)
    except OSError:
        if not folder.exists():  # otherwise another process was faster, with the same content
            raise
