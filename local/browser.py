"""Find Chromium for the browser tests; install Debian's where we may, else say what to install.

python -m local.browser      prints where it is
"""

import os
import shutil
import subprocess
import sys
from typing import Final


NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MAC: Final = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find() -> str | None:
    """Path of a Chromium: the one ``CHROMIUM`` names, or the first there is."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [*NAMES, _MAC]
    return next(filter(None, map(shutil.which, candidates)), None)


def _install() -> None:
    """Install Debian's, without a question; its output must not mix with ours."""
    for command in (
        ("apt-get", "update", "--quiet"),
        ("apt-get", "install", "--quiet", "--yes", "--no-install-recommends", "chromium"),
    ):
        subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=sys.stderr,
            check=True,
        )


def main() -> int:
    """Print the path, after installing Chromium if need be and allowed."""
    found = find()
    if not found and "CHROMIUM" not in os.environ and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = find()
    if not found:
        print(
            "The browser tests need Chromium: install it (Debian, Ubuntu: `apt install chromium`;\n"
            "macOS: `brew install --cask chromium`) or set CHROMIUM to the path of a Chrome.",
            file=sys.stderr,
        )
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
