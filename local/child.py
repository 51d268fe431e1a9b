"""A child process that cannot outlive its parent, even one that was killed.

The parent holds the other end of the child's standard input. When the parent goes, however it goes,
the pipe closes and the child ends, with every process it started.

    python -m local.child <module> <arguments>
"""

import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from local.places import ROOT


GRACE: Final = 5.0
"""Seconds a child has to end by itself."""


@contextmanager
def child(
    module: str, *arguments: str, log: Path, env: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``module`` beside us, its output in ``log``, for as long as the block lasts."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "local.child", module, *arguments],
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for us: we end it in order
        )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(GRACE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # whatever it left behind
    process.wait()


def _end_with_parent() -> None:
    os.read(sys.stdin.fileno(), 1)  # nothing is ever written: this returns when the parent is gone
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE - 1)
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    """Run the module named first on the command line, watched."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
