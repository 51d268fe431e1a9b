"""`python -m local`: run everything until Ctrl-C."""

import os
import signal
import sys
from types import FrameType

from local.checks import Unready
from local.deploy import DeploymentFailed
from local.emulator import EmulatorFailed
from local.places import Places
from local.run import Facts, stack
from local.seed import ImportFailed


def main() -> int:
    """Start, say where things are, wait, stop."""
    # Both: a program started in the background of a shell inherits an ignored SIGINT.
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _interrupt)
    live = os.environ.get("LIVE", "") not in {"", "0"}
    try:
        with stack(Places.from_env(), live=live, say=_say) as facts:
            _show(facts, live=live)
            signal.pause()
    except KeyboardInterrupt:
        _say("Stopped.")
        return 0
    except (Unready, EmulatorFailed, DeploymentFailed, ImportFailed) as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return 0


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(text: str) -> None:
    print(text, flush=True)


def _show(facts: Facts, *, live: bool) -> None:
    directory = "the public one" if live else f"stand-in, {facts['standin']}/search"
    _say(
        f"""
  Site                {facts["site"]}/
  Mailbox             {facts["mailbox"]}
  Feed                {facts["feed"]}
  API                 {facts["api"]}
  Company directory   {directory}
  Facts and logs      {facts["logs"]}/

The address of the site works in Chromium, Chrome, Edge and Firefox as it is.
Press Ctrl-C to stop; nothing is kept."""
    )


if __name__ == "__main__":
    sys.exit(main())
