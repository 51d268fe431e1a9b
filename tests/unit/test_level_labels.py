"""The levels of diplomas: one wording for mails, pages and scripts."""

import re
from typing import get_args

from depot.domain.life.offer import Level
from depot.words import french
from tests.architecture.runtime import ROOT


def test_every_level_has_a_label() -> None:
    assert tuple(french.LEVELS) == get_args(Level)


def test_scripts_say_levels_as_mails_and_forms_do() -> None:
    """Forms are built from ``french.LEVELS``; a script is sent as it is written."""
    script = (ROOT / "web/js/phrases.js").read_text("utf-8")
    (table,) = re.findall(r"^const LEVELS = \{\n(.*?)^\};", script, re.DOTALL | re.MULTILINE)

    assert dict(re.findall(r'^  (\d): "(.*)",$', table, re.MULTILINE)) == french.LEVELS
