"""The runner of `make local`: it leaves nothing behind, and says plainly what is in the way."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from local import checks
from local.child import child
from local.places import ROOT, Places
from local.seed import content_type


PARENT = """
import os, sys, time
from pathlib import Path
from local.child import child
with child("http.server", "0", "--bind", "127.0.0.1", log=Path(sys.argv[1]), env=os.environ) as it:
    print(it.pid, flush=True)
    time.sleep(60)
"""


def ended(pid):
    for _ in range(100):
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
        if not state or state.startswith("Z"):  # in a container, perhaps nobody collects the dead
            return True
        time.sleep(0.1)
    return False


def test_a_child_ends_with_the_block(tmp_path):
    with child("http.server", "0", log=tmp_path / "log", env=os.environ) as process:
        assert process.poll() is None

    assert process.poll() is not None


def test_a_child_does_not_outlive_a_killed_parent(tmp_path):
    command = [sys.executable, "-c", PARENT, str(tmp_path / "log")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)

    assert ended(pid)


def test_a_busy_port_is_named_with_the_way_out():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]

        with pytest.raises(
            checks.Unready, match=f"Port {port} .* used(.|\n)*DEPOT_PORT={port + 100}"
        ):
            checks.check(Places(port, port))


def test_no_node_is_said_plainly(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(checks.Unready, match=r"Node.js is not installed"):
        checks.check(Places())


def test_an_old_node_is_said_plainly(monkeypatch, tmp_path):
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho v18.20.4\n")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(checks.Unready, match=r"v18\.20\.4 is too old"):
        checks.check(Places())


def test_an_instance_on_other_ports_has_its_own_folder():
    assert Places(4766, 4780).facts == ROOT / ".local" / "4766" / "stack.json"
    assert Places().facts == ROOT / ".local" / "stack.json"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("form.js", "text/javascript; charset=utf-8"),
        ("metiers.json", "application/json; charset=utf-8"),
        ("Marianne.woff2", "font/woff2"),
        ("icon.svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_a_browser_is_told_what_a_file_is(name, expected):
    assert content_type(Path(name)) == expected
