"""The lock files are all that is ever installed."""

import re

from tests.architecture.runtime import ROOT


INSTALLS = ("Makefile", "infra/layers.py")


def test_a_new_release_of_a_dependency_never_breaks_a_fresh_install() -> None:
    """pip 23 resolves an extra anew, beside its locked version, and then refuses what it found."""
    for name in INSTALLS:
        text = (ROOT / name).read_text("utf-8")
        found = re.findall(r"^.*--require-hashes.*$", text, re.MULTILINE)

        assert found, name
        assert [line for line in found if "--no-deps" not in line] == []
