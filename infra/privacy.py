"""Whom people write to about their data: ``contact`` of ``web/site.toml``, shown on the pages.

A data subject must have whom to write to (GDPR, articles 12 and 13): a stage open to the public is
not even synthesised without one, nor deployed while it is a placeholder (``infra/config.py``).
"""

import tomllib
from pathlib import Path
from typing import Final


SITE: Final = Path(__file__).parents[1] / "web" / "site.toml"

MISSING: Final = "contact is empty: people must have whom to write to about their data"


class ContactMissing(ValueError):
    """A stage open to the public names nobody to write to."""


def contact() -> str:
    """The address, perhaps a placeholder; empty when there is none."""
    return str(tomllib.loads(SITE.read_text(encoding="utf-8"))["contact"])


def require_contact(stage: str) -> None:
    """Refuse a stage open to the public without one. Raises ContactMissing."""
    if stage != "local" and not contact():
        message = f"{SITE.parent.name}/{SITE.name}: {MISSING}"
        raise ContactMissing(message)
