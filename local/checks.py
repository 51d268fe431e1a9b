"""Say in plain words what is missing or in the way, before anything is started."""

import re
import shutil
import socket
import subprocess
from typing import Final

from local.places import HOST, ROOT, Places


NODE_MAJOR: Final = 20
CDK: Final = ROOT / "node_modules" / ".bin" / "cdk"

# Each prints the process that listens on a port; a machine has at least one of them, or neither.
_LISTENERS: Final = (
    ("lsof", "-nP", "-iTCP:{port}", "-sTCP:LISTEN", "-Fpc"),
    ("ss", "-Hltnp", "sport = :{port}"),
)


class Unready(Exception):
    """Something must be done first; the message says what."""


def check(places: Places) -> None:
    """Raise ``Unready`` for the first thing that stands in the way."""
    _node()
    if not CDK.exists():
        raise Unready("The Node packages are not installed: run `make setup`.")
    for port, variable in (
        (places.emulator_port, "DEPOT_PORT"),
        (places.standin_port, "DEPOT_STANDIN_PORT"),
    ):
        _free(port, variable)


def _node() -> None:
    node = shutil.which("node")
    if node is None:
        raise Unready(f"Node.js is not installed: install version {NODE_MAJOR} or newer.")
    version = _output(node, "--version")
    found = re.match(r"v(\d+)", version)
    if found is None or int(found[1]) < NODE_MAJOR:
        raise Unready(f"Node.js {version} is too old: install version {NODE_MAJOR} or newer.")


def _free(port: int, variable: str) -> None:
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((HOST, port)) != 0:
            return
    raise Unready(
        f"Port {port} is already used by {_owner(port)}.\n"
        f"Stop that program, or choose another port: {variable}={port + 100} make local"
    )


def _owner(port: int) -> str:
    for command in _LISTENERS:
        if shutil.which(command[0]):
            found = _output(*(part.format(port=port) for part in command))
            pid = re.search(r"^p(\d+)|pid=(\d+)", found, re.MULTILINE)
            if pid:
                return _describe(pid[1] or pid[2])
    return "another program"


def _describe(pid: str) -> str:
    command = _output("ps", "-o", "args=", "-p", pid)
    ours = " (another `make local`)" if "local" in command and "ministack" in command else ""
    return f"process {pid}{ours}: {command[:100]}"


def _output(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()
