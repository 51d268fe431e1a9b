"""A Python that sees what a Lambda sees: the function, the two layers, what AWS brings; no more."""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from infra.layers import BUILD, COMMON, install


ROOT: Final = Path(__file__).resolve().parents[2]
FUNCTIONS: Final = ROOT / "functions"
BROUGHT_BY_AWS: Final = (
    *("boto3", "botocore", "s3transfer", "jmespath"),
    *("python-dateutil", "six", "urllib3"),
)

# Runs first in the new Python. What it watches is written down, not refused: somebody could catch
# the refusal.
_WATCH: Final = """
import json, os, sys
sys.path[:0] = {paths!r}
done = []

def ours(name):
    return name == "handler" or name.split(".")[0] == "depot"

def watch(event, details):
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen"):
        done.append(event)
    path = str(details[0]) if event == "open" else ""
    if "/depot/" in path and not path.endswith((".py", ".pyc")):
        done.append("read " + path)

def read(environ, name):
    frame = sys._getframe(1)
    while frame.f_globals["__name__"] in ("os", "collections.abc"):
        frame = frame.f_back
    if ours(frame.f_globals["__name__"]):
        done.append("environment " + name)
    return environ_read(environ, name)

def make(*_args, **_options):
    done.append("client")

import boto3
boto3.client = boto3.resource = boto3.Session = boto3.session.Session = make
environ_read, os._Environ.__getitem__ = os._Environ.__getitem__, read
sys.addaudithook(watch)
{code}
print(json.dumps({{"done": done, "modules": sorted(sys.modules), "result": result}}))
"""


@dataclass(frozen=True)
class Imported:
    """What an import left behind."""

    done: Sequence[str]
    modules: frozenset[str]
    result: Any


def run(code: str, *folders: Path) -> Imported:
    """Run code that sets ``result``, with these folders, the layers and what AWS brings."""
    layers = [COMMON / "python", install("local", compiler=sys.executable) / "python"]
    paths = [str(path) for path in (*folders, *layers, brought_by_aws())]
    command = [sys.executable, "-I", "-S", "-B", "-c", _WATCH.format(paths=paths, code=code)]
    ran = subprocess.run(command, env={}, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    left = json.loads(ran.stdout)
    return Imported(left["done"], frozenset(left["modules"]), left["result"])


def brought_by_aws() -> Path:
    """A folder with boto3 and its dependencies alone, as locked; made once."""
    locked = (ROOT / "requirements-dev.txt").read_text("utf-8")
    blocks = [
        re.search(rf"^{name}==.*\n(?:    --hash.*\n)+", locked, re.MULTILINE)
        for name in BROUGHT_BY_AWS
    ]
    wanted = "".join(block[0] for block in blocks if block)
    assert all(blocks), wanted
    key = hashlib.sha256((wanted + sys.version).encode()).hexdigest()[:16]
    folder = BUILD.parent / f"runtime-{key}"
    if not folder.exists():
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            requirements, fresh = Path(scratch, "requirements.txt"), Path(scratch, "fresh")
            requirements.write_text(wanted, "utf-8")
            _install(requirements, fresh)
            with suppress(OSError):  # another run was faster
                fresh.rename(folder)
    return folder


def _install(requirements: Path, destination: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    options = ["--no-input", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    target = ["--target", str(destination), "--requirement", str(requirements)]
    subprocess.run([*pip, *options, *target], check=True)
